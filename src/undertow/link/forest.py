"""The inner loops of `networks`: parts grow along links in order, then each is walked from its smallest record."""

import numpy as np
from numba import njit

from undertow.engine.components import root, settle
from undertow.link.graph import Flags, Ints, offsets, sorted_pairs

NONE = -1


@njit(cache=True)
def grow(starts: Ints, members: Ints, alone: Flags, named: Ints, limit: int) -> tuple[Ints, ...]:
    """Joins the records of every link in turn; see `networks` for what is refused.

    Gives each record's part (its smallest record) and, at that record, the part's size; for each link how many parts
    and records it touched where it was refused, else 0; and the links and records of the forest, in the order of links:
    one record for each part that a link joined.
    """
    nodes, count = len(named), len(starts) - 1
    parent, size = np.arange(nodes), np.ones(nodes, np.int64)
    seen, touched, met = np.full(nodes, NONE, np.int64), np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    refused_parts, refused_records = np.zeros(count, np.int64), np.zeros(count, np.int64)
    edge_link, edge_record = np.empty(2 * nodes, np.int64), np.empty(2 * nodes, np.int64)
    edges = 0
    for link in range(count):
        parts = _touch(link, members[starts[link] : starts[link + 1]], parent, (seen, touched, met))
        if alone[link]:
            parts = _leave_named(parts, named, touched, met)
        records = size[touched[:parts]].sum()
        if parts > 1 and records > max(limit, 2 * (starts[link + 1] - starts[link])):
            refused_parts[link], refused_records[link] = parts, records
        elif parts > 1:
            _unite(touched[:parts], parent, size, named)
            edge_link[edges : edges + parts] = link
            edge_record[edges : edges + parts] = met[:parts]
            edges += parts
    settle(parent)
    return parent, size, refused_parts, refused_records, edge_link[:edges], edge_record[:edges]


@njit(cache=True)
def _touch(link: int, records: Ints, parent: Ints, notes: tuple[Ints, Ints, Ints]) -> int:
    """Notes the parts of `records` and the first record met in each; `notes` begins with the link that saw a part."""
    seen, touched, met = notes
    parts = 0
    for record in records:
        part = root(parent, record)
        if seen[part] != link:
            seen[part] = link
            touched[parts], met[parts] = part, record
            parts += 1
    return parts


@njit(cache=True)
def _leave_named(parts: int, named: Ints, touched: Ints, met: Ints) -> int:
    """Leaves out the parts that name contacts where more than one does."""
    if named[touched[:parts]].sum() < 2:
        return parts
    kept = 0
    for at in range(parts):
        if not named[touched[at]]:
            touched[kept], met[kept] = touched[at], met[at]
            kept += 1
    return kept


@njit(cache=True)
def _unite(touched: Ints, parent: Ints, size: Ints, named: Ints) -> None:
    least = touched.min()
    for part in touched:
        if part != least:
            parent[part] = least
            size[least] += size[part]
            named[least] |= named[part]


def walk(part: Ints, edge_link: Ints, edge_record: Ints, links: int) -> tuple[Ints, Ints]:
    """For every record the record it is reached from and the link between them; NONE for the smallest of a part."""
    record, link = sorted_pairs(edge_record, edge_link, links)
    of_record = offsets(np.bincount(record, minlength=len(part)))
    of_link = offsets(np.bincount(edge_link, minlength=links))
    came_from, by = np.full(len(part), NONE, np.int64), np.full(len(part), NONE, np.int64)
    _reach(part, (of_record, link), (of_link, edge_record), came_from, by)
    return came_from, by


@njit(cache=True)
def _reach(part: Ints, links: tuple[Ints, Ints], records: tuple[Ints, Ints], came_from: Ints, by: Ints) -> None:
    """Fills `came_from` and `by`; `links` are those of each record, `records` those of each link."""
    (of_record, link_at), (of_link, record_at) = links, records
    queue, used = np.empty(len(part), np.int64), np.zeros(len(of_link), np.bool_)
    for start in range(len(part)):
        if part[start] != start:
            continue
        queue[0], head, tail = start, 0, 1
        while head < tail:
            record = queue[head]
            head += 1
            for link in link_at[of_record[record] : of_record[record + 1]]:
                if used[link]:
                    continue
                used[link] = True
                for other in record_at[of_link[link] : of_link[link + 1]]:
                    if other != record:
                        came_from[other], by[other] = record, link
                        queue[tail] = other
                        tail += 1

"""The inner loops of `networks`: parts grow along links in order, then each is walked from its smallest record."""

import numpy as np
from numba import njit

from undertow.engine.components import root, settle
from undertow.link.bars import Bars, barring, carry, chained, fitting, ordered
from undertow.link.graph import NONE, Flags, Ints, offsets, sorted_pairs


@njit(cache=True)
def grow(links: tuple[Ints, Ints], rules: tuple[Flags, Flags], named: Ints, limit: int, bars: Bars) -> tuple[Ints, ...]:
    """Joins the records of every link in turn; see `networks` for what is refused.

    `links` are where each begins, and their records; `rules` are which are by text alone, and which a person said.
    Gives each record's part (its smallest record) and, at that record, the part's size; for each link how many parts
    and records it touched where it was refused, else 0, and the code of the bar that kept its parts from meeting, else
    NONE; and the joins of the forest, in the order of links: the link of each, and pairs of a join and one record of
    each part that it joined.
    """
    (starts, members), (alone, said), (marked, codes) = links, rules, bars
    nodes, count, bar = len(named), len(starts) - 1, (codes, np.empty(len(marked), np.int64))
    head, stamp, token = chained(marked, bar, nodes), np.zeros(2 + codes.max(), np.int64) if len(codes) else codes, 0
    parent, size = np.arange(nodes), np.ones(nodes, np.int64)
    seen, touched, met = np.full(nodes, NONE, np.int64), np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    refused_parts, refused_records = np.zeros(count, np.int64), np.zeros(count, np.int64)
    barred, join_link = np.full(count, NONE, np.int64), np.empty(nodes, np.int64)
    edge_join, edge_record = np.empty(2 * nodes, np.int64), np.empty(2 * nodes, np.int64)
    edges = joins = 0
    for link in range(count):
        held = members[starts[link] : starts[link + 1]]
        parts = _touch(link, held, parent, (seen, touched, met))
        if alone[link]:
            parts = _leave_named(parts, named, touched, met)
        bound = barring(touched[:parts], head)
        if bound:
            ordered(touched[:parts], met[:parts], size)
        begin = 0
        while begin < parts:
            end, token = parts, token + 1
            if bound:
                end, code = fitting(touched[begin:parts], met[begin:parts], head, bar, (stamp, token))
                end, barred[link] = begin + end, max(code, barred[link])
            group, records = touched[begin:end], size[touched[begin:end]].sum()
            giant = end - begin > 1 and not said[link] and records > limit
            if giant and records > 2 * (_holders(held, parent, group, seen) if bound else len(held)):
                if records > refused_records[link]:
                    refused_parts[link], refused_records[link] = end - begin, records
            elif end - begin > 1:
                token += 1
                carry(group, head, bar, (stamp, token))
                _unite(group, parent, size, named)
                join_link[joins] = link
                edge_join[edges : edges + end - begin] = joins
                edge_record[edges : edges + end - begin] = met[begin:end]
                edges, joins = edges + end - begin, joins + 1
            begin = end
    settle(parent)
    forest = (join_link[:joins], edge_join[:edges], edge_record[:edges])
    return parent, size, refused_parts, refused_records, barred, *forest


@njit(cache=True)
def _holders(records: Ints, parent: Ints, group: Ints, seen: Ints) -> int:
    """How many of the records of a link are in these parts."""
    for part in group:
        seen[part] = NONE - 1
    count = 0
    for record in records:
        count += seen[root(parent, record)] == NONE - 1
    for part in group:
        seen[part] = NONE
    return count


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


def walk(part: Ints, join_link: Ints, edge_join: Ints, edge_record: Ints) -> tuple[Ints, Ints]:
    """For every record the record it is reached from and the link between them; NONE for the smallest of a part."""
    joins = len(join_link)
    record, join = sorted_pairs(edge_record, edge_join, joins)
    of_record = offsets(np.bincount(record, minlength=len(part)))
    of_join = offsets(np.bincount(edge_join, minlength=joins))
    came_from, by = np.full(len(part), NONE, np.int64), np.full(len(part), NONE, np.int64)
    _reach(part, (of_record, join), (of_join, edge_record), came_from, by)
    return came_from, np.append(join_link, NONE)[by]


@njit(cache=True)
def _reach(part: Ints, links: tuple[Ints, Ints], records: tuple[Ints, Ints], came_from: Ints, by: Ints) -> None:
    """Fills `came_from` and `by`; `links` are the joins of each record, `records` those of each join."""
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

"""Joins records into networks along links, the strongest first, and remembers the step by which each is held.

This is Kruskal's maximum spanning forest over links: the steps kept are the strongest by which a network can be held
together, and its weakest step is the weakest link. Two rules bend it:

- a link by text alone joins at most one part that names contacts with those that name none; parts that name different
  contacts stay apart, however alike their texts;
- a join that would make a giant (see `Options.giant`) is refused, unless half the giant's records share the very value:
  since weaker links come later, a giant is left in the parts between which only its weakest links run.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from undertow.link.graph import Flags, Graph, Ints
from undertow.link.links import NONE, Links


@dataclass(frozen=True, slots=True)
class Networks:
    """`root[r]` is the smallest record of record r's network; `size[r]` how many records that network has.

    `came_from[r]` and `link[r]` are the step by which r is held: another record and the link they share (NONE for the
    smallest record). `refused` lists links that would have made a giant, with how many parts and records they touched.
    """

    root: Ints
    size: Ints
    came_from: Ints
    link: Ints
    refused: Ints
    refused_parts: Ints
    refused_records: Ints


def join(graph: Graph, links: Links, named: Flags, limit: int) -> Networks:
    """Networks of all records; `named` marks records that give a contact of their own, `limit` is a giant's size."""
    root, size, parts, records, edge_link, edge_record = _grow(
        links.starts, links.members, links.alone, named.astype(np.int64), limit
    )
    came_from, link = _walk(root, edge_link, edge_record, len(links.first))
    refused = np.flatnonzero(records)
    return Networks(root, size[root], came_from, link, refused, parts[refused], records[refused])


def named_records(graph: Graph, chosen: Flags) -> Flags:
    """Which records hold one of the chosen values."""
    named = np.zeros(len(graph.records), np.bool_)
    named[graph.members[chosen[graph.via_of_members()]]] = True
    return named


@njit(cache=True)
def _find(parent: Ints, node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@njit(cache=True)
def _grow(
    starts: Ints, members: Ints, alone: Flags, named: Ints, limit: int
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    nodes, count = len(named), len(starts) - 1
    parent, size = np.arange(nodes), np.ones(nodes, np.int64)
    seen = np.full(nodes, NONE, np.int64)
    refused_parts, refused_records = np.zeros(count, np.int64), np.zeros(count, np.int64)
    edge_link, edge_record = np.empty(2 * nodes, np.int64), np.empty(2 * nodes, np.int64)
    edges = 0
    touched, met = np.empty(nodes, np.int64), np.empty(nodes, np.int64)  # the parts of a link; a record in each
    for link in range(count):
        parts, records, with_name = 0, 0, 0
        for place in range(starts[link], starts[link + 1]):
            part = _find(parent, members[place])
            if seen[part] != link:
                seen[part] = link
                touched[parts], met[parts] = part, members[place]
                parts += 1
                with_name += named[part]
        nameless_only = alone[link] and with_name > 1
        kept, least = 0, nodes
        for at in range(parts):
            part = touched[at]
            if not (nameless_only and named[part]):
                touched[kept], met[kept] = part, met[at]
                kept += 1
                records += size[part]
                least = min(least, part)
        if kept < 2:
            continue
        if records > max(limit, 2 * (starts[link + 1] - starts[link])):
            refused_parts[link], refused_records[link] = kept, records
            continue
        for at in range(kept):
            part = touched[at]
            if part != least:
                parent[part] = least
                size[least] += size[part]
                named[least] |= named[part]
            edge_link[edges], edge_record[edges] = link, met[at]
            edges += 1
    for node in range(nodes):
        parent[node] = _find(parent, node)
    return parent, size, refused_parts, refused_records, edge_link[:edges], edge_record[:edges]


@njit(cache=True)
def _walk(root: Ints, edge_link: Ints, edge_record: Ints, links: int) -> tuple[Ints, Ints]:
    nodes, edges = len(root), len(edge_link)
    starts = np.zeros(nodes + 1, np.int64)
    for edge in range(edges):
        starts[edge_record[edge] + 1] += 1
    starts = np.cumsum(starts)
    fill, of_record = starts.copy(), np.empty(edges, np.int64)
    first_edge, last_edge = (
        np.full(links, NONE, np.int64),
        np.full(links, NONE, np.int64),
    )  # a link's edges stand together
    for edge in range(edges):
        of_record[fill[edge_record[edge]]] = edge_link[edge]
        fill[edge_record[edge]] += 1
        if first_edge[edge_link[edge]] == NONE:
            first_edge[edge_link[edge]] = edge
        last_edge[edge_link[edge]] = edge
    came_from, by = np.full(nodes, NONE, np.int64), np.full(nodes, NONE, np.int64)
    queue, used = np.empty(nodes, np.int64), np.zeros(links, np.bool_)
    for start in range(nodes):
        if root[start] != start:
            continue
        queue[0], head, tail = start, 0, 1
        while head < tail:
            record = queue[head]
            head += 1
            for place in range(starts[record], starts[record + 1]):
                link = of_record[place]
                if used[link]:
                    continue
                used[link] = True
                for edge in range(first_edge[link], last_edge[link] + 1):
                    other = edge_record[edge]
                    if other != record:
                        came_from[other], by[other] = record, link
                        queue[tail] = other
                        tail += 1
    return came_from, by

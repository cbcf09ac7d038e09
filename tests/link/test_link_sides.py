"""Sides of nodes: exact against taking each node away and walking through what is left."""

from collections.abc import Mapping

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from undertow.link.graph import offsets
from undertow.link.sides import Sides, of_nodes, of_values

Edges = set[tuple[int, int]]
Near = Mapping[int, set[int]]

RECORDS = 8
sizes = st.integers(0, 2)
ends = st.tuples(st.integers(0, RECORDS - 1), st.integers(RECORDS, RECORDS + 6))
graphs = st.sets(ends, max_size=18)
spoken = st.lists(st.tuples(sizes, sizes), min_size=RECORDS + 7, max_size=RECORDS + 7)


def near_of(edges: Edges) -> Near:
    return {node: {b if a == node else a for a, b in edges if node in (a, b)} for node in range(RECORDS + 7)}


def measured(edges: Edges, voices: list[tuple[int, int]]) -> Sides:
    near = near_of(edges)
    neighbours = np.array([other for node in near for other in sorted(near[node])], np.int64)
    records = (np.arange(len(near)) < RECORDS).astype(np.int64)
    accounts, contacts = np.array(voices, np.int64).T.copy()
    return of_nodes(offsets(np.array([len(near[node]) for node in near])), neighbours, (records, accounts, contacts))


def walked(near: Near, without: int) -> list[set[int]]:
    """The parts that hold a record and touched a node, once it is taken away."""
    parts: list[set[int]] = []
    for start in near[without]:
        if not any(start in part for part in parts):
            part, queue = {start}, [start]
            while queue:
                fresh = near[queue.pop()] - part - {without}
                part |= fresh
                queue += fresh
            parts.append(part)
    return parts


def expected(parts: list[set[int]], voices: list[tuple[int, int]]) -> tuple[int, ...]:
    sizes = sorted((sum(node < RECORDS for node in part) for part in parts), reverse=True)
    heard = sorted((min(sum(voices[node][at] for node in part) for at in (0, 1)) for part in parts), reverse=True)
    two = [*([*found, 0, 0][at] for found in (sizes, heard) for at in (0, 1))]
    pairs = (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
    return len(parts), pairs, *two[:2], two[2] * two[3]


def told(sides: Sides, at: int) -> tuple[int, ...]:
    columns = (sides.parts, sides.pairs, sides.largest, sides.second, sides.reach)
    return tuple(int(column[at]) for column in columns)


@settings(max_examples=200, deadline=None)
@given(graphs, spoken)
def test_sides_of_a_value_are_those_of_taking_it_away(edges: Edges, voices: list[tuple[int, int]]) -> None:
    near, found = near_of(edges), measured(edges, voices)
    for value in range(RECORDS, len(near)):
        assert told(found, value) == expected(walked(near, value), voices)


@settings(max_examples=100, deadline=None)
@given(graphs, spoken)
def test_a_value_of_several_networks_has_the_sides_it_has_in_all(edges: Edges, voices: list[tuple[int, int]]) -> None:
    apart = {(a, b) for a, b in edges if (a < 4) == (b < RECORDS + 3)}  # two networks, each with its own nodes
    one, other = RECORDS + 1, RECORDS + 5
    found = of_values(measured(apart, voices), np.array([7, 7]), np.array([one, other]))
    parts = [part for node in (one, other) for part in walked(near_of(apart), node)]
    assert told(found, 0) == expected(parts, voices)

"""What stands on each side of a node: the parts in which its records are left without it, and who speaks in them.

All nodes are measured in one pass over the graph (Hopcroft and Tarjan 1973, Algorithm 447). Removing a node leaves each
branch of the search tree from which no way leads above it, and the rest; what a side holds is what its branch holds,
for a value shared by two records of a network holds them together, and so stands on one side of any other node.

A side is organised so far as it speaks through several accounts and gives several contacts. Its voices are its accounts
or its contacts, whichever are fewer, the value itself left out: a campaign of many accounts that give no contact has
none, a person who advertises alone has one or two. The reach of a value is the product of the voices of the two sides
that have the most: who drives ten people that advertise alone reaches less than who serves two networks.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from undertow.link.graph import Ints


class Sides(NamedTuple):
    """For each node, or each of some values: its sides, as sums that can be added up, and the two largest of them.

    `parts` counts sides, `records` and `squares` are the sums of their sizes and of the squares of these, `largest` and
    `second` the records in the two that have the most, `heard` and `less` the voices in the two that speak most, and
    `organised` counts the sides of two voices or more.
    """

    parts: Ints
    records: Ints
    squares: Ints
    largest: Ints
    second: Ints
    heard: Ints
    less: Ints
    organised: Ints

    @property
    def pairs(self) -> Ints:
        """Pairs of records on different sides."""
        return (self.records * self.records - self.squares) // 2

    @property
    def reach(self) -> Ints:
        """The product of the voices of the two sides that speak most."""
        return self.heard * self.less


def of_nodes(starts: Ints, neighbours: Ints, weights: tuple[Ints, Ints, Ints]) -> Sides:
    """The sides of every node; records stand first among the nodes.

    `weights` are, of each node, whether it is a record, and the accounts and contacts that it alone stands for.
    """
    made = _empty(len(starts) - 1)
    _measure(starts, neighbours, tuple(weight.copy() for weight in weights), made)
    return made


def of_values(each: Sides, value: Ints, node: Ints) -> Sides:
    """The sides of every value, in order: `node` are the nodes that stand for each `value`, one for every network."""
    begins = np.flatnonzero(np.diff(value, prepend=-1))
    made = _empty(len(begins))
    _add_up(each, np.append(begins, len(value)), node, made)
    return made


def _empty(size: int) -> Sides:
    return Sides(*np.zeros((len(Sides._fields), size), np.int64))


@njit(cache=True)
def _measure(starts: Ints, neighbours: Ints, weights: tuple[Ints, Ints, Ints], made: Sides) -> None:
    """Fills `made`; `weights` become those of each node's whole branch."""
    nodes, (records, accounts, contacts) = len(starts) - 1, weights
    found, above, at = np.full(nodes, -1, np.int64), np.full(nodes, -1, np.int64), starts[:-1].copy()
    low, visited, time = np.zeros(nodes, np.int64), np.empty(nodes, np.int64), 0
    cut = np.zeros((nodes, 2), np.int64)  # accounts and contacts on the sides below each node
    own = np.stack(weights, 1)
    for start in range(nodes):
        if found[start] >= 0:
            continue
        begin, node = time, start
        while node >= 0:
            if found[node] < 0:
                found[node], low[node], visited[time] = time, time, node
                time += 1
            if at[node] < starts[node + 1]:
                other = neighbours[at[node]]
                at[node] += 1
                if found[other] < 0:
                    above[other], node = node, other
                elif other != above[node]:
                    low[node] = min(low[node], found[other])
                continue
            up = above[node]
            if up >= 0:
                low[up] = min(low[up], low[node])
                for weight in weights:
                    weight[up] += weight[node]
                if low[node] >= found[up]:
                    cut[up, 0] += accounts[node]
                    cut[up, 1] += contacts[node]
                    _add_side(made, up, records[node], min(accounts[node], contacts[node]))
            node = up
        for node in visited[begin:time]:
            rest = records[start] - made.records[node] - own[node, 0]
            if rest > 0:
                spoken = min(
                    accounts[start] - cut[node, 0] - own[node, 1], contacts[start] - cut[node, 1] - own[node, 2]
                )
                _add_side(made, node, rest, spoken)


@njit(cache=True)
def _add_side(made: Sides, at: int, records: int, voices: int) -> None:
    made.parts[at] += 1
    made.records[at] += records
    made.squares[at] += records * records
    made.largest[at], made.second[at] = _two(records, made.largest[at], made.second[at])
    made.heard[at], made.less[at] = _two(voices, made.heard[at], made.less[at])
    made.organised[at] += voices > 1


@njit(cache=True)
def _two(number: int, most: int, next_: int) -> tuple[int, int]:
    """The two largest of three, where `most` is not below `next_`."""
    if number > most:
        return number, most
    return most, max(number, next_)


@njit(cache=True)
def _add_up(each: Sides, spans: Ints, node: Ints, made: Sides) -> None:
    for at in range(len(spans) - 1):
        for one in node[spans[at] : spans[at + 1]]:
            made.parts[at] += each.parts[one]
            made.records[at] += each.records[one]
            made.squares[at] += each.squares[one]
            made.organised[at] += each.organised[one]
            for records in (each.largest[one], each.second[one]):
                made.largest[at], made.second[at] = _two(records, made.largest[at], made.second[at])
            for voices in (each.heard[one], each.less[one]):
                made.heard[at], made.less[at] = _two(voices, made.heard[at], made.less[at])

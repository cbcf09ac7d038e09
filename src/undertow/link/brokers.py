"""Finds middlemen: values and records without which parts of a network would not meet.

They are the articulation points of the graph of records and the values they share, found for all networks in one pass
(Hopcroft and Tarjan 1973, Algorithm 447). The score is exact: the number of pairs of other records between which no way
would be left. Every tie that is not capped counts here, weak ones too, so a middleman is named only where nothing else
at all holds the parts together.

A value is listed only where some record of the network does not hold it, and two of its parts hold two records or more:
the one phone of a single author joins everything, but is no middleman.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit

from undertow import tables
from undertow.link import words
from undertow.link.graph import Flags, Graph, Ints, offsets

_KINDS = {letter: table.removesuffix("s") for table, letter in tables.RECORDS.items()}


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Records first, then every value once for each network it stands in; both numbered."""

    network: Ints
    via: Ints  # -1 for records
    starts: Ints
    neighbours: Ints


def find(graph: Graph, network: Ints, names: pa.Array, capped: Flags, most: int) -> pa.Table:
    """The rows of `brokers`: at most `most` a network. `network[r]` is that of record r (-1: none), `names` its ids."""
    nodes = _nodes(graph, network, capped)
    score, parts, largest, second = _articulate(nodes.starts, nodes.neighbours, len(graph.records))
    size = np.bincount(network[network >= 0], minlength=1)[np.maximum(nodes.network, 0)]
    between = (second > 1) & (np.diff(nodes.starts) < size)
    listed = np.flatnonzero((score > 0) & ((nodes.via < 0) | between))
    order = listed[np.lexsort((listed, -score[listed], nodes.network[listed]))]
    chosen = order[_turn(nodes.network[order]) < most]
    kind, node, thing = _said(graph, nodes, chosen)
    rows = {
        "network_id": names.take(pa.array(nodes.network[chosen])),
        "node_kind": kind,
        "node": node,
        "score": pa.array(score[chosen]),
        "parts": pa.array(parts[chosen]),
        "largest_part": pa.array(largest[chosen]),
        "apart": _sentences(thing, parts[chosen], largest[chosen], second[chosen]),
    }
    return pa.table(rows, tables.TABLES["brokers"].schema).sort_by(
        [("network_id", "ascending"), ("score", "descending"), ("node_kind", "ascending"), ("node", "ascending")]
    )


def _nodes(graph: Graph, network: Ints, capped: Flags) -> _Nodes:
    via, networks = graph.via_of_members(), int(network.max(initial=0)) + 1
    kept = (~capped & (graph.shared > 1))[via] & (network[graph.members] >= 0)
    record, via = graph.members[kept], via[kept]
    keys, node = np.unique(via * networks + network[record], return_inverse=True)
    joining = np.bincount(node, minlength=len(keys)) > 1  # what one record of a network holds joins nothing in it
    keys, record, node = keys[joining], record[joining[node]], (np.cumsum(joining) - 1)[node[joining[node]]]
    records = len(graph.records)
    ends = np.concatenate([record, node + records])
    return _Nodes(
        np.concatenate([network, keys % networks]),
        np.concatenate([np.full(records, -1, np.int64), keys // networks]),
        offsets(np.bincount(ends, minlength=records + len(keys))),
        np.concatenate([node + records, record])[np.argsort(ends, kind="stable")],
    )


def _turn(groups: Ints) -> Ints:
    """For sorted groups: the place of every entry within its own group, from 0."""
    begins = np.flatnonzero(np.diff(groups, prepend=-1))
    sizes = np.diff(np.append(begins, len(groups)))
    return np.arange(len(groups), dtype=np.int64) - np.repeat(begins, sizes)


def _said(graph: Graph, nodes: _Nodes, chosen: Ints) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Kind, value and name in a sentence of the chosen nodes."""
    via = nodes.via[chosen]
    is_value = pa.array(via >= 0)
    value, record = pa.array(np.maximum(via, 0)), pa.array(np.where(via < 0, chosen, 0))
    if not len(graph.vias):
        return (pa.array([], pa.string()),) * 3
    kinds = pa.array(graph.kinds, pa.string()).take(pa.array(graph.kind[np.maximum(via, 0)]))
    record_id = graph.records.take(record)
    letters, tables_of = pa.array(list(_KINDS)), pa.array([*_KINDS.values(), "record"])
    letter = pc.fill_null(pc.index_in(pc.utf8_slice_codeunits(record_id, 0, 1), value_set=letters), len(letters))
    record_kind = tables_of.take(letter)
    named = pc.binary_join_element_wise("the", record_kind, record_id, " ")
    return (
        pc.if_else(is_value, kinds, record_kind),
        pc.if_else(is_value, graph.vias.take(value), record_id),
        pc.if_else(is_value, words.things(graph, value.to_numpy()), named),
    )


def _sentences(thing: pa.Array, parts: Ints, largest: Ints, second: Ints) -> pa.Array:
    count, first, next_ = (pa.array(numbers).cast(pa.string()) for numbers in (parts, largest, second))
    said = (
        "Without ",
        thing,
        ", ",
        count,
        " parts would not meet; records in the two largest: ",
        first,
        " and ",
        next_,
    )
    return pc.binary_join_element_wise(*said, ".", "")


@njit(cache=True)
def _articulate(starts: Ints, neighbours: Ints, records: int) -> tuple[Ints, Ints, Ints, Ints]:
    """For every node: pairs of records that would not meet without it, parts, records in the two largest parts."""
    nodes = len(starts) - 1
    found, above, at = np.full(nodes, -1, np.int64), np.full(nodes, -1, np.int64), starts[:-1].copy()
    low, weight, cut = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    squares, parts = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    largest, second = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    visited, time = np.empty(nodes, np.int64), 0
    for start in range(records):
        if found[start] >= 0:
            continue
        begin, node = time, start
        while node >= 0:
            if found[node] < 0:
                found[node], low[node], weight[node], visited[time] = time, time, node < records, node
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
                weight[up] += weight[node]
                if low[node] >= found[up]:
                    cut[up] += weight[node]
                    _add_part(up, weight[node], (squares, parts, largest, second))
            node = up
        for node in visited[begin:time]:
            rest = weight[start] - cut[node] - (node < records)
            if parts[node] > 0 and rest > 0:
                cut[node] += rest
                _add_part(node, rest, (squares, parts, largest, second))
    return (cut * cut - squares) // 2, parts, largest, second


@njit(cache=True)
def _add_part(node: int, records: int, sums: tuple[Ints, Ints, Ints, Ints]) -> None:
    squares, parts, largest, second = sums
    parts[node] += 1
    squares[node] += records * records
    if records > largest[node]:
        largest[node], second[node] = records, largest[node]
    elif records > second[node]:
        second[node] = records

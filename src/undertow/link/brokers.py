"""Finds middlemen: values and records without which parts of a network, or whole networks, would not meet.

Within networks they are the articulation points of the graph of records and the values they share, found for all in one
pass (Hopcroft and Tarjan 1973, Algorithm 447). Every tie that is not capped counts here, weak ones too, so a middleman
is named only where nothing else at all holds the parts together. A value is listed only where some record of the
network does not hold it, and two of its parts hold two records or more: the one phone of a single author joins
everything, but is no middleman.

A contact that records of several networks hold is one too, and stands under each of them: a number given without its
country joins no networks, but says well enough who serves both (see `Evidence.of`).

The score is exact: the number of pairs of other records between which no way would be left. They are ranked by reach
(see `sides`), which only accounts and contacts have: templates and records are no persons.
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow import tables
from undertow.link import words
from undertow.link.contract import Evidence
from undertow.link.graph import Flags, Graph, Ints
from undertow.link.nodes import CONTACT, Nodes, build, meanings, roles
from undertow.link.sides import Sides, of_nodes, of_values

_KINDS = {letter: table.removesuffix("s") for table, letter in tables.RECORDS.items()}
_ORDER = [
    (name, "descending" if name in ("reach", "score") else "ascending")
    for name in ("network_id", "reach", "score", "node_kind", "node")
]


def find(
    graph: Graph, evidence: Mapping[str, Evidence], network: Ints, names: pa.Array, capped: Flags, *, most: int
) -> pa.Table:
    """The rows of `brokers`: at most `most` a network. `network[r]` is that of record r (-1: none), `names` its ids."""
    role = roles(graph, evidence)
    nodes = build(graph, network, capped, (meanings(graph, evidence), role))
    is_record = (nodes.via < 0).astype(np.int64)
    each = of_nodes(nodes.starts, nodes.neighbours, (is_record, nodes.accounts, nodes.contacts))
    size = np.bincount(network[network >= 0], minlength=1)[np.maximum(nodes.network, 0)]
    between = (each.second > 1) & (np.diff(nodes.starts) < size)
    is_value = nodes.via >= 0
    listed, across = (each.pairs > 0) & (~is_value | between), _across(nodes, role)
    said = is_value & (role[nodes.via] > 0)
    whole = np.flatnonzero(said & np.isin(nodes.via, nodes.via[said & (listed | across)]))
    whole = whole[np.lexsort((whole, nodes.via[whole]))]
    score, parts, largest, second = each.pairs, each.parts, each.largest, each.second
    reach = _spread(nodes, whole, across, each, (score, parts, largest, second))
    networks = np.where(across, np.bincount(nodes.via[is_value], minlength=1)[np.maximum(nodes.via, 0)], 1)
    order = np.flatnonzero(listed | across)
    order = order[np.lexsort((order, -score[order], -reach[order], nodes.network[order]))]
    chosen = order[_turn(nodes.network[order]) < most]
    kind, node, thing = _said(graph, nodes, chosen)
    rows = {
        "network_id": names.take(pa.array(nodes.network[chosen])),
        "node_kind": kind,
        "node": node,
        "reach": pa.array(reach[chosen]),
        "score": pa.array(score[chosen]),
        "parts": pa.array(parts[chosen]),
        "largest_part": pa.array(largest[chosen]),
        "apart": _sentences(thing, networks[chosen], parts[chosen], largest[chosen], second[chosen]),
    }
    return pa.table(rows, tables.TABLES["brokers"].schema).sort_by(_ORDER)


def _spread(nodes: Nodes, whole: Ints, across: Flags, each: Sides, numbers: tuple[Ints, ...]) -> Ints:
    """The reach of every node, 0 but for those in `whole`; fills in `numbers` for values of several networks."""
    made = of_values(each, nodes.via[whole], whole)
    of = np.unique(nodes.via[whole], return_inverse=True)[1]
    reach = np.zeros(len(nodes.via), np.int64)
    reach[whole] = made.reach[of]
    many, of = whole[across[whole]], of[across[whole]]
    for held, known in zip(numbers, (made.pairs, made.parts, made.largest, made.second), strict=True):
        held[many] = known[of]
    return reach


def _across(nodes: Nodes, role: Ints) -> Flags:
    """Which nodes are contacts that stand in several networks."""
    values = np.flatnonzero(nodes.via >= 0)
    contacts = values[role[nodes.via[values]] == CONTACT]
    times = np.bincount(nodes.via[contacts], minlength=len(role))
    across = np.zeros(len(nodes.via), np.bool_)
    across[contacts] = times[nodes.via[contacts]] > 1
    return across


def _turn(groups: Ints) -> Ints:
    """For sorted groups: the place of every entry within its own group, from 0."""
    begins = np.flatnonzero(np.diff(groups, prepend=-1))
    sizes = np.diff(np.append(begins, len(groups)))
    return np.arange(len(groups), dtype=np.int64) - np.repeat(begins, sizes)


def _said(graph: Graph, nodes: Nodes, chosen: Ints) -> tuple[pa.Array, pa.Array, pa.Array]:
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


def _sentences(thing: pa.Array, networks: Ints, parts: Ints, largest: Ints, second: Ints) -> pa.Array:
    spread, count, first, next_ = (
        pa.array(numbers).cast(pa.string()) for numbers in (networks, parts, largest, second)
    )
    where = pc.if_else(
        pa.array(networks > 1), pc.binary_join_element_wise("Of ", spread, " networks: without ", ""), "Without "
    )
    said = (thing, ", ", count, " parts would not meet; records in the two largest: ", first, " and ", next_)
    return pc.binary_join_element_wise(where, *said, ".", "")

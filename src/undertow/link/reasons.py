"""Writes down what was capped, and why: nothing that holds nothing is left unsaid."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow import tables
from undertow.link import words
from undertow.link.bars import Barred
from undertow.link.graph import NONE, Flags, Graph
from undertow.link.hubs import Hubs
from undertow.link.links import Links
from undertow.link.networks import Networks

Reasons = dict[tuple[str, str], str]
"""Kind and value, and why it holds nothing."""

BOTH = " + "
"""Stands between the two values of a link that rests on two."""

_NO_FIGURES = {"records": 0, "templates": 0, "accounts": 0, "places": 0}


def cut_values(graph: Graph, cuts: Reasons) -> Flags:
    """Which values a person cut."""
    values = pa.array([via for _, via in cuts], pa.string())
    marked = np.zeros(len(graph.vias), np.bool_)
    for via in np.flatnonzero(pc.is_in(graph.vias, value_set=values).to_numpy(zero_copy_only=False)).tolist():
        marked[via] = graph.name(via) in cuts
    return marked


def of_hubs(graph: Graph, hubs: Hubs) -> Reasons:
    """Why the data made a hub of a value."""
    said = {}
    for via in np.flatnonzero(hubs.capped & (hubs.limit > 0)).tolist():
        name = graph.name(via)
        said[name] = (
            f"Hub: {words.thing(*name)} ties together {hubs.breadth[via]} groups of records, most of "
            f"which share nothing else; in this data more than {hubs.limit[via]} is too many."
        )
    for via in np.flatnonzero(hubs.beside).tolist():
        name = graph.name(via)
        said[name] = (
            f"Shared: {words.thing(*name)} is given beside another contact by {hubs.breadth[via]} parts that share "
            "nothing else; it is shown as what they share, and joins none of them."
        )
    for via in np.flatnonzero(hubs.between).tolist():
        name = graph.name(via)
        said[name] = (
            f"Between: {words.thing(*name)} is on few records of {hubs.breadth[via]} networks, each with accounts and "
            "contacts of its own, that nothing else ties; it is shown as a middleman, and joins none of them."
        )
    return said


def of_bars(graph: Graph, links: Links, networks: Networks, bars: Barred) -> pa.Table:
    """The rows of `kept_apart`: what would have joined records that a person called not the same, and does not."""
    rows = {}
    for link, bar in zip(networks.barred.tolist(), networks.barred_by.tolist(), strict=True):
        names = _names(graph, links, link)
        rows["+".join(kind for kind, _ in names), BOTH.join(value for _, value in names)] = (
            bars.numbers[bar],
            f"Kept apart: {' with '.join(words.thing(*name) for name in names)} would bring together what a person "
            f"called not the same: {bars.because[bar]}",
        )
    schema = tables.TABLES["kept_apart"].schema
    held = [(*name, *said) for name, said in sorted(rows.items())]
    columns = list(zip(*held, strict=True)) or [()] * len(schema)
    return pa.table([pa.array(one, field.type) for one, field in zip(columns, schema, strict=True)], schema=schema)


def _names(graph: Graph, links: Links, link: int) -> list[tuple[str, str]]:
    return [graph.name(via) for via in (links.first[link], links.second[link]) if via != NONE]


def of_splits(graph: Graph, links: Links, networks: Networks) -> Reasons:
    """Why a link was refused: it would have made a giant."""
    said = {}
    for link, parts, records in zip(networks.refused, networks.refused_parts, networks.refused_records, strict=True):
        names = _names(graph, links, link)
        key = "+".join(kind for kind, _ in names), BOTH.join(value for _, value in names)
        said[key] = (
            f"Split: {' with '.join(words.thing(*name) for name in names)} would have made one network of {records} "
            f"records out of {parts} parts, too large to be one; nothing stronger runs between them."
        )
    return said


def of_cuts(cuts: Reasons) -> Reasons:
    """Why a person cut a value."""
    return {name: f"Cut by a person: {because}" for name, because in cuts.items()}


def to_table(why: Reasons, figures: Mapping[tuple[str, str], Mapping[str, int]]) -> pa.Table:
    """The rows of `hubs`, by kind and value; `figures` has the counts of values that records hold."""
    rows = [
        {"via_kind": kind, "via": via, **figures.get((kind, via), _NO_FIGURES), "why": said}
        for (kind, via), said in sorted(why.items())
    ]
    schema = tables.TABLES["hubs"].schema
    return pa.table({name: pa.array([row[name] for row in rows], schema.field(name).type) for name in schema.names})

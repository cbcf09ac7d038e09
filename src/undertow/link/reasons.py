"""Writes down what was capped, and why: nothing that holds nothing is left unsaid."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from undertow import tables
from undertow.link import words
from undertow.link.graph import Flags, Graph
from undertow.link.hubs import Hubs
from undertow.link.links import NONE, Links
from undertow.link.networks import Networks

Cuts = Mapping[tuple[str, str], str]
"""Kind and value that a person cut, and why."""

BOTH = " + "
"""Stands between the two values of a link that rests on two."""


def cut_values(graph: Graph, cuts: Cuts) -> Flags:
    """Which values a person cut."""
    keys = pa.array([via for _, via in cuts], pa.string())
    hit = np.flatnonzero(pa.compute.is_in(graph.vias, value_set=keys).to_numpy(zero_copy_only=False))
    marked = np.zeros(len(graph.vias), np.bool_)
    marked[[v for v in hit if (graph.kinds[graph.kind[v]], graph.vias[v].as_py()) in cuts]] = True
    return marked


def to_table(graph: Graph, counted: pa.Table, hubs: Hubs, links: Links, networks: Networks, cuts: Cuts) -> pa.Table:
    """The rows of `hubs`; `counted` has the figures of every capped value."""
    why = dict(_why(graph, hubs, links, networks, cuts))
    figures = {(row["via_kind"], row["via"]): row for row in counted.to_pylist()}
    rows: list[dict[str, Any]] = [
        {"via_kind": kind, "via": via, **figures.get((kind, via), _NOTHING), "why": said}
        for (kind, via), said in sorted(why.items())
    ]
    schema = tables.TABLES["hubs"].schema
    return pa.table({name: pa.array([row[name] for row in rows], schema.field(name).type) for name in schema.names})


_NOTHING = {"records": 0, "templates": 0, "accounts": 0, "places": 0}


def _why(
    graph: Graph, hubs: Hubs, links: Links, networks: Networks, cuts: Cuts
) -> Iterator[tuple[tuple[str, str], str]]:
    for via in np.flatnonzero(hubs.limit):
        kind, value = graph.kinds[graph.kind[via]], graph.vias[via].as_py()
        yield (
            (kind, value),
            f"Hub: {words.thing(kind, value)} is shared by {graph.shared[via]} records in {hubs.breadth[via]} groups "
            f"that have nothing else in common; in this data more than {hubs.limit[via]} is too many.",
        )
    limit = 0
    for link, parts, records in zip(networks.refused, networks.refused_parts, networks.refused_records, strict=True):
        pair = [via for via in (links.first[link], links.second[link]) if via != NONE]
        kinds, values = [graph.kinds[graph.kind[via]] for via in pair], [graph.vias[via].as_py() for via in pair]
        what = " with ".join(words.thing(*one) for one in zip(kinds, values, strict=True))
        yield (
            ("+".join(kinds), BOTH.join(values)),
            f"Split: {what} would have joined {parts} parts into a network of {records} records, too many to be one; "
            "it is the weakest that runs between them.",
        )
    for (kind, value), because in cuts.items():
        yield (kind, value), f"Cut by a person: {because}"

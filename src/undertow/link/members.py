"""Writes down which record is in which network, and by what strongest step."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow import tables
from undertow.link import words
from undertow.link.graph import NONE, Graph
from undertow.link.links import Links
from undertow.link.networks import Networks
from undertow.link.reasons import BOTH


def to_table(graph: Graph, links: Links, networks: Networks, names: pa.Array) -> pa.Table:
    """The rows of `network_members`, by network and record; `names` are the networks' ids."""
    rank = np.argsort(np.argsort(np.array(names.to_pylist(), dtype="S32")))
    held = np.flatnonzero(networks.network != NONE)
    held = held[np.argsort(rank[networks.network[held]], kind="stable")]
    first = pa.array(networks.link[held] == NONE)
    kind, via, does = _steps(graph, links)
    at = pa.array(
        np.where(networks.link[held] == NONE, len(links.first), networks.link[held])
    )  # the last entry: no step
    origin = pc.if_else(first, "", graph.records.take(pa.array(np.maximum(networks.came_from[held], 0))))
    why = pc.binary_join_element_wise(does.take(at), ", as does ", origin, "")
    rows = {
        "network_id": names.take(pa.array(networks.network[held])),
        "record_id": graph.records.take(pa.array(held)),
        "from_record": origin,
        "via_kind": kind.take(at),
        "via": via.take(at),
        "weight": pa.array(np.append(links.weight, 0)).take(at),
        "why": pc.if_else(first, "the first record of the network", why),
    }
    return pa.table(rows, tables.TABLES["network_members"].schema)


def _steps(graph: Graph, links: Links) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Kind, value and deed of every link, and empty ones at the end."""
    names = pa.array(graph.kinds, pa.string())
    of = [
        (names.take(pa.array(graph.kind[via])), graph.vias.take(pa.array(via)), words.phrases(graph, via))
        for via in (links.first, np.maximum(links.second, 0))
    ]
    double = pa.array(links.second != NONE)
    kind, via, does = (
        pa.concat_arrays([pc.if_else(double, pc.binary_join_element_wise(one, other, mark), one), pa.array([""])])
        for one, other, mark in zip(*of, ("+", BOTH, " and "), strict=True)
    )
    return kind, via, does

"""The link stage: ties, hubs, networks with the step that holds each record, lineage, and middlemen."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow import tables
from undertow.engine.base import Engine
from undertow.events import Emit, Event, silent
from undertow.link import brokers, hubs, lineage, links, networks, reasons, summary, ties, words
from undertow.link.contract import PERSONAL
from undertow.link.graph import Flags, Graph, Ints
from undertow.link.options import Options

STAGE = "link"


def run(engine: Engine, options: Options | None = None, emit: Emit = silent) -> None:
    """Writes `ties`, `hubs`, `networks`, `network_members`, `lineage` and `brokers` from what earlier stages wrote.

    The members of the run before give networks their lasting ids; `cuts` are what people marked as shared or wrong.
    """
    options = options or Options()
    before = engine.fetch(engine.read("network_members"))
    graph = ties.gather(engine)
    emit(Event(STAGE, "ties gathered", len(graph.members), unit="ties"))
    cuts = {(row["via_kind"], row["via"]): row["because"] for row in engine.fetch(engine.read("cuts")).to_pylist()}
    found = hubs.find(graph, ties.kinds(), reasons.cut_values(graph, cuts), options)
    usable = links.find(graph, ties.kinds(), found.capped, _telling(engine, graph, options), options)
    personal = graph.of(frozenset(name for name, one in ties.kinds().items() if one.strong and one.family in PERSONAL))
    named = networks.named_records(graph, personal & ~found.capped)
    joined = networks.join(graph, usable, named, options.giant(graph.total))
    emit(Event(STAGE, "networks joined", len(graph.records), unit="records"))
    capped = _capped(found.capped, usable, joined)
    engine.write("ties", ties.to_table(graph, capped))
    network = _numbered(joined)
    named_networks = lineage.name(graph.records, network, before)
    names = pa.array(named_networks.names, pa.string())
    engine.write("network_members", _members(graph, usable, joined, network, names))
    engine.write("lineage", named_networks.events)
    engine.write("brokers", brokers.find(graph, network, names, capped, options.brokers))
    engine.write("networks", summary.networks(engine))
    counted = engine.fetch(summary.hubs(engine))
    engine.write("hubs", reasons.to_table(graph, counted, found, usable, joined, cuts))
    facts: dict[str, int | float | str] = {
        "ties": len(graph.members),
        "hubs": int(capped.sum()),
        "networks": len(names),
        "unpaired": usable.left_out,
    }
    emit(Event(STAGE, "networks written", len(names), len(names), unit="networks", facts=facts))


def _telling(engine: Engine, graph: Graph, options: Options) -> Flags:
    """Which values are templates whose every further copy saves enough to speak for itself."""
    templates = engine.fetch(engine.read("templates"))
    each = templates["saving"].to_numpy() / np.maximum(templates["posts"].to_numpy() - 1, 1)
    enough = templates["template_id"].filter(pa.array(each >= options.text_saving))
    among = pc.is_in(graph.vias, value_set=enough.combine_chunks()).to_numpy(zero_copy_only=False)
    result: Flags = graph.of(frozenset({"template"})) & among
    return result


def _capped(capped: Flags, usable: links.Links, joined: networks.Networks) -> Flags:
    alone = joined.refused[(usable.second[joined.refused] == links.NONE) & ~usable.alone[joined.refused]]
    capped = capped.copy()
    capped[usable.first[alone]] = True
    return capped


def _numbered(joined: networks.Networks) -> Ints:
    """The network of every record, counted from 0 in the order of their smallest records; -1 for a record alone."""
    held = joined.size > 1
    network = np.full(len(held), -1, np.int64)
    network[held] = np.unique(joined.root[held], return_inverse=True)[1]
    return network


def _members(graph: Graph, usable: links.Links, joined: networks.Networks, network: Ints, names: pa.Array) -> pa.Table:
    held = np.flatnonzero(network >= 0)
    link, came_from = joined.link[held], joined.came_from[held]
    first = link == links.NONE
    kind, via, does = _steps(graph, usable)
    at = pa.array(np.where(first, len(usable.first), link))  # one more entry at the end: no step
    origin = pc.if_else(pa.array(first), "", graph.records.take(pa.array(np.maximum(came_from, 0))))
    why = pc.binary_join_element_wise(does.take(at), ", as does ", origin, ".", "")
    rows = {
        "network_id": names.take(pa.array(network[held])),
        "record_id": graph.records.take(pa.array(held)),
        "from_record": origin,
        "via_kind": kind.take(at),
        "via": via.take(at),
        "weight": pa.array(np.append(usable.weight, 0)).take(at),
        "why": pc.if_else(pa.array(first), "the first record of the network", why),
    }
    return pa.table(rows, tables.TABLES["network_members"].schema).sort_by(
        [("network_id", "ascending"), ("record_id", "ascending")]
    )


def _steps(graph: Graph, usable: links.Links) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Kind, value and deed of every link, and empty ones at the end."""
    kinds = pa.array(graph.kinds, pa.string())
    columns = [
        (kinds.take(pa.array(graph.kind[via])), graph.vias.take(pa.array(via)), words.phrases(graph, via))
        for via in (usable.first, np.maximum(usable.second, 0))
    ]
    double = pa.array(usable.second != links.NONE)
    between = ("+", reasons.BOTH, " and ")
    joined = (
        pc.if_else(double, pc.binary_join_element_wise(one, other, mark), one)
        for one, other, mark in zip(*columns, between, strict=True)
    )
    kind, via, does = (pa.concat_arrays([column, pa.array([""])]) for column in joined)
    return kind, via, does

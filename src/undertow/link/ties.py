"""Gathers what every kind of evidence says, and writes it down as weighted ties."""

from collections.abc import Mapping

import pyarrow as pa

from undertow import plugins, tables
from undertow.engine.base import Dataset, Engine
from undertow.link.contract import Evidence
from undertow.link.graph import Flags, Graph, build, sorted_pairs

FOLDER = "undertow.link.evidence"


def kinds() -> Mapping[str, Evidence]:
    """Every kind of evidence, by name."""
    return plugins.load(FOLDER, Evidence)


def gather(engine: Engine) -> Graph:
    """All that records hold, by every kind of evidence, as one graph."""
    total = sum(engine.read(name).rows for name in tables.RECORDS)
    return build(engine.fetch(held(engine, kinds())), total)


def held(engine: Engine, evidence: Mapping[str, Evidence]) -> Dataset:
    """Rows (record_id, via_kind, via), without empty values, with repeats: to fold them as numbers is far cheaper."""
    every = " UNION ALL ".join(
        f"SELECT record_id, '{name}' AS via_kind, via FROM ({one.sql}) AS {name}_rows" for name, one in evidence.items()
    )
    return engine.query(f"SELECT record_id, via_kind, via FROM ({every}) AS every_row WHERE via <> ''")


def to_table(graph: Graph, capped: Flags) -> pa.Table:
    """The rows of `ties`, by record, kind and value."""
    record, via = sorted_pairs(graph.members, graph.via_of_members(), len(graph.vias))
    names = pa.array(graph.kinds, pa.string())
    return pa.table(
        {
            "record_id": graph.records.take(pa.array(record)),
            "via_kind": names.take(pa.array(graph.kind[via])),
            "via": graph.vias.take(pa.array(via)),
            "weight": graph.weight[via],
            "records": graph.shared[via],
            "capped": capped[via],
        },
        tables.TABLES["ties"].schema,
    )

"""What a network holds and how broad a hub is: counted on the graph, and in SQL where only the records know."""

import numpy as np
import pyarrow as pa

from undertow import tables
from undertow.engine.base import Engine
from undertow.link.graph import Flags, Graph, Ints
from undertow.link.options import LIMITS

_RECORDS = """
    SELECT post_id AS record_id, site, posted_at AS seen_at FROM posts
    UNION ALL SELECT account_id AS record_id, site, created_at AS seen_at FROM accounts
    UNION ALL SELECT payment_id AS record_id, site, paid_at AS seen_at FROM payments
    UNION ALL SELECT booking_id AS record_id, site, coalesce(starts_at, booked_at) AS seen_at FROM bookings
    UNION ALL SELECT picture_id AS record_id, site, taken_at AS seen_at FROM pictures
    UNION ALL SELECT incident_id AS record_id, site, reported_at AS seen_at FROM incidents
"""

_PLACES = f"SELECT record_id, value FROM mentions WHERE kind = 'place' AND confidence >= {LIMITS['confidence']}"

_SEEN = f"""
    SELECT m.network_id, count(*) AS records, count(DISTINCT CASE WHEN r.site <> '' THEN r.site END) AS sites,
        min(r.seen_at) AS first_seen, max(r.seen_at) AS last_seen,
        coalesce(min(CASE WHEN m.via <> '' THEN m.weight END), 0) AS weakest
    FROM network_members AS m LEFT JOIN ({_RECORDS}) AS r ON m.record_id = r.record_id
    GROUP BY m.network_id
"""

_STOOD = f"""
    SELECT m.network_id, count(DISTINCT p.value) AS places
    FROM network_members AS m JOIN ({_PLACES}) AS p ON m.record_id = p.record_id
    GROUP BY m.network_id
"""

_HUB_PLACES = f"""
    SELECT t.via_kind, t.via, count(DISTINCT p.value) AS places
    FROM ties AS t JOIN ({_PLACES}) AS p ON t.record_id = p.record_id
    WHERE t.capped GROUP BY t.via_kind, t.via
"""


def networks(engine: Engine, graph: Graph, network: Ints, names: pa.Array, capped: Flags) -> pa.Table:
    """The rows of `networks`, by id; `network_members` is written already."""
    seen = engine.fetch(engine.query(_SEEN))
    stood = engine.fetch(engine.query(_STOOD))
    held = _held(graph, network, names, capped)
    rows = seen.join(held, "network_id", join_type="inner").join(stood, "network_id", join_type="left outer")
    rows = rows.set_column(rows.schema.get_field_index("places"), "places", rows["places"].fill_null(0))
    return rows.select(tables.TABLES["networks"].schema.names).sort_by("network_id")


def _held(graph: Graph, network: Ints, names: pa.Array, capped: Flags) -> pa.Table:
    """Distinct accounts, templates and selectors (hubs left out) of every network."""
    group = network[graph.members]
    inside = group >= 0
    distinct = np.unique(graph.via_of_members()[inside] * max(len(names), 1) + group[inside])
    via, group = distinct // max(len(names), 1), distinct % max(len(names), 1)
    wanted = {
        "accounts": graph.of(frozenset({"account"})),
        "templates": graph.of(frozenset({"template"})),
        "selectors": graph.of(frozenset(tables.SELECTORS)) & ~capped,
    }
    counts = {name: np.bincount(group[chosen[via]], minlength=len(names)) for name, chosen in wanted.items()}
    return pa.table({"network_id": names, **counts})


def hubs(engine: Engine, graph: Graph, capped: Flags) -> dict[tuple[str, str], dict[str, int]]:
    """Records, templates, accounts and places of every capped value, by kind and value; `ties` is written already."""
    of = {name: _values_by_record(graph, name) for name in ("template", "account")}
    figures = {}
    for via in np.flatnonzero(capped).tolist():
        records = graph.members[graph.starts[via] : graph.starts[via + 1]]
        templates, accounts = (_distinct(*of[name], records) for name in ("template", "account"))
        figures[graph.name(via)] = {"records": len(records), "templates": templates, "accounts": accounts, "places": 0}
    for row in engine.fetch(engine.query(_HUB_PLACES)).to_pylist():
        figures[row["via_kind"], row["via"]]["places"] = row["places"]
    return figures


def _values_by_record(graph: Graph, kind: str) -> tuple[Ints, Ints]:
    """The values of one kind with the records that hold them, by record."""
    via = graph.via_of_members()
    chosen = graph.of(frozenset({kind}))[via]
    order = np.argsort(graph.members[chosen], kind="stable")
    return graph.members[chosen][order], via[chosen][order]


def _distinct(records: Ints, values: Ints, among: Ints) -> int:
    first, last = np.searchsorted(records, among), np.searchsorted(records, among, side="right")
    spans = [values[begin:end] for begin, end in zip(first, last, strict=True)]
    return len(np.unique(np.concatenate(spans)))

"""What a person asks of the tables: leads, one lead, one network, a value in any form, what could not be read."""

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from undertow.errors import UserError

Ask = Callable[[str], pa.Table]
"""Runs portable SQL over the current tables and brings the rows."""

Row = dict[str, Any]


def quoted(value: str) -> str:
    """`value` as an SQL text literal."""
    return "'" + value.replace("'", "''") + "'"


def among(values: Sequence[str]) -> str:
    """`values` as an SQL list for IN; never empty."""
    return "(" + ", ".join(quoted(value) for value in sorted(set(values)) or [""]) + ")"


def leads(ask: Ask) -> pa.Table:
    """All leads, the most pressing first."""
    return ask("SELECT * FROM leads").sort_by([("score", "descending"), ("lead_id", "ascending")])


def lead(ask: Ask, lead_id: str) -> Row:
    """The lead of that id, or of the network of that id; raises `UserError` where there is none."""
    rows = ask(f"SELECT * FROM leads WHERE lead_id = {quoted(lead_id)} OR network_id = {quoted(lead_id)}").to_pylist()
    if not rows:
        raise UserError(
            f"no lead {lead_id}", hint="`undertow leads` lists them; `undertow network` shows one that is no lead"
        )
    return dict(rows[0])


def network(ask: Ask, network_id: str) -> Row:
    """The network of that id; raises `UserError` where there is none."""
    rows = ask(f"SELECT * FROM networks WHERE network_id = {quoted(network_id)}").to_pylist()
    if not rows:
        raise UserError(f"no network {network_id}", hint="`undertow leads` names the network of every lead")
    return dict(rows[0])


def members(ask: Ask, network_id: str) -> pa.Table:
    """The records of a network, each with the strongest step by which it is held."""
    rows = ask(f"SELECT * FROM network_members WHERE network_id = {quoted(network_id)}")
    return rows.sort_by([("weight", "descending"), ("record_id", "ascending")])


def part(ask: Ask, table: str, column: str, values: Sequence[str]) -> pa.Table:
    """The rows of `table` whose `column` is one of `values`, sorted by that column."""
    return ask(f'SELECT * FROM {table} WHERE "{column}" IN {among(values)}').sort_by(column)


def mentions_of(ask: Ask, values: Sequence[tuple[str, str]], text: str) -> pa.Table:
    """Mentions of a selector in any of its forms: `values` are (kind, normalised value), `text` is as it was asked."""
    exact = " OR ".join(f"(m.kind = {quoted(kind)} AND m.value = {quoted(value)})" for kind, value in values)
    asked = quoted(text.strip().lower())
    where = f"lower(m.value) = {asked} OR lower(m.original) = {asked}" + (f" OR {exact}" if exact else "")
    rows = ask(
        "SELECT m.record_id, m.field, m.kind, m.value, m.detail, m.original, m.start, m.end, m.confidence, "
        "coalesce(n.network_id, '') AS network_id "
        f"FROM mentions m LEFT JOIN network_members n ON n.record_id = m.record_id WHERE {where}"
    )
    return rows.sort_by(
        [("kind", "ascending"), ("value", "ascending"), ("record_id", "ascending"), ("start", "ascending")]
    )


def ties_of(ask: Ask, records: Sequence[str]) -> pa.Table:
    """The ties of these records, capped ones too."""
    return ask(f"SELECT * FROM ties WHERE record_id IN {among(records)}").sort_by(
        [("record_id", "ascending"), ("via_kind", "ascending"), ("via", "ascending")]
    )


def record_exists(ask: Ask, record_tables: Sequence[tuple[str, str]], record_id: str) -> Row:
    """The record of that id with its `table`; raises `UserError` where no table holds it."""
    for table, key in record_tables:
        rows = ask(f"SELECT * FROM {table} WHERE {key} = {quoted(record_id)}").to_pylist()
        if rows:
            return {"table": table, **rows[0]}
    raise UserError(
        f"no record {record_id}", hint="record ids stand in `undertow network ID` and `undertow search VALUE`"
    )

"""What a person asks of the tables: leads, one lead, one network, a value in any form, what could not be read."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from undertow import tables
from undertow.errors import UserError

Ask = Callable[[str], pa.Table]
"""Runs portable SQL over the current tables and brings the rows."""

Row = dict[str, Any]

_AND = " + "  # between the two things that a step rests on together
_EXCERPT = 120  # characters of a record that stand for it

Strongest = Callable[[pa.Table, str, str], Sequence[Any]]
"""The steps of the strongest path between two records over some ties; see `undertow.link.paths`."""


def quoted(value: str) -> str:
    """`value` as an SQL text literal."""
    return "'" + value.replace("'", "''") + "'"


def among(values: Sequence[str]) -> str:
    """`values` as an SQL list for IN; never empty."""
    return "(" + ", ".join(quoted(value) for value in sorted(set(values)) or [""]) + ")"


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
        'SELECT m.record_id, m.field, m.kind, m.value, m.detail, m.original, m.start, m."end", m.confidence, '
        "coalesce(n.network_id, '') AS network_id "
        f"FROM mentions m LEFT JOIN network_members n ON n.record_id = m.record_id WHERE {where}"
    )
    return rows.sort_by(
        [("kind", "ascending"), ("value", "ascending"), ("record_id", "ascending"), ("start", "ascending")]
    )


def rejects(ask: Ask) -> pa.Table:
    """What could not be read, with the name of its file; "" for a plug-in that failed."""
    rows = ask(
        "SELECT coalesce(o.name, '') AS file, r.position, r.stage, r.reason, r.excerpt, r.original_id "
        "FROM rejects r LEFT JOIN originals o ON o.original_id = r.original_id"
    )
    return rows.sort_by([(name, "ascending") for name in ("file", "stage", "position", "reason")])


def selector(ask: Ask, forms: Sequence[tuple[str, str]], text: str, kind: str = "") -> tuple[str, str]:
    """The one (kind, value) among the ties that `text` means in any of its forms.

    Raises `UserError` where there is none, or where there are several and `kind` does not choose.
    """
    values = [value for _, value in forms] + [text.strip(), text.strip().lower()]
    of_kind = f" AND via_kind = {quoted(kind)}" if kind else ""
    known = f"via IN {among(values)} AND via_kind <> 'judgement'{of_kind}"  # a person's word is taken back, never cut
    held = ask(f"SELECT DISTINCT via_kind, via FROM ties WHERE {known}").to_pylist()
    found = sorted((row["via_kind"], row["via"]) for row in held)
    if not found:
        raise UserError(f"{text!r} ties no records", hint="`undertow search VALUE` shows where a value stands")
    if len(found) > 1:
        listed = ", ".join(f"--kind {one} ({via})" for one, via in found)
        raise UserError(f"{text!r} could be several things", hint=f"say which: {listed}")
    return found[0]


def path(ask: Ask, strongest: Strongest, a: str, b: str) -> list[Row]:
    """The strongest path between two records as sentences, each with the mentions that are its evidence.

    Raises `UserError` for a record that does not exist, and where nothing joins the two.
    """
    for record_id in (a, b):
        record(ask, record_id)
    steps = strongest(_ties_around(ask, a, b), a, b)
    if not steps:
        raise UserError(f"nothing ties {a} to {b}", hint="`undertow network ID` shows what holds a network together")
    return [_step(ask, step) for step in steps]


def _ties_around(ask: Ask, a: str, b: str) -> pa.Table:
    held = ask(f"SELECT DISTINCT network_id FROM network_members WHERE record_id IN {among([a, b])}")
    networks = among(held["network_id"].to_pylist())
    inside = f"SELECT record_id FROM network_members WHERE network_id IN {networks}"
    return ask(f"SELECT * FROM ties WHERE record_id IN ({inside}) OR record_id IN {among([a, b])}")


def _step(ask: Ask, step: Any) -> Row:
    """A step with its evidence: what is shared as each record gives it, or the record's own words where it has none.

    A template and an account are no mentions: there the beginning of the text, and the account, are what to look at.
    """
    records = [step.from_record, step.to_record]
    mentions = ask(
        'SELECT record_id, field, original, start, "end" FROM mentions '
        f"WHERE record_id IN {among(records)} AND value IN {among(step.via.split(_AND))}"
    )
    evidence = mentions.to_pylist()
    for record_id in sorted(set(records) - {row["record_id"] for row in evidence}):
        held = record(ask, record_id)
        for name in ("account", "text"):
            words = str(held.get(name) or "")[:_EXCERPT]
            if words:
                evidence.append(
                    {"record_id": record_id, "field": name, "original": words, "start": 0, "end": len(words)}
                )
    evidence.sort(key=lambda row: (row["record_id"], row["field"], row["start"]))
    return {**asdict(step), "evidence": evidence}


def record(ask: Ask, record_id: str) -> Row:
    """The record of that id with its `table`; raises `UserError` where no table holds it."""
    for table, letter in tables.RECORDS.items():
        if record_id.startswith(letter):
            rows = ask(f"SELECT * FROM {table} WHERE {tables.TABLES[table].key[0]} = {quoted(record_id)}").to_pylist()
            if rows:
                return {"table": table, **rows[0]}
    hint = "record ids stand in `undertow network ID` and `undertow search VALUE`"
    raise UserError(f"no record {record_id}", hint=hint)

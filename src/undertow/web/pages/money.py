"""What else a lead holds: accounts, payments, and journeys and rooms booked."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from undertow.share import gather, records, redact
from undertow.share.contract import Record
from undertow.tables import RECORDS
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk
from undertow.web.leads import Opened, opened

MOST = 200  # rows of a table

Row = dict[str, Any]


def money(desk: Desk, asked: Asked) -> Answer:
    """The tables, each as far as it goes on one page, with sums by currency over all of it."""
    held = opened(desk, asked, "money")
    parts = {name: _part(held, name) for name in ("accounts", "payments", "bookings")}
    sums = {name: _sums(rows) for name, (rows, _) in parts.items() if name != "accounts"}
    shown = {name: _shown(held, name, rows) for name, (rows, _) in parts.items()}
    many = {name: count for name, (_, count) in parts.items()}
    facts = {"lead": held.lead, "path": held.path, "sums": sums, "many": many, "most": MOST, **shown}
    return Shown("money.html", "money", facts)


def _part(held: Opened, name: str) -> tuple[list[Row], int]:
    ids = [one for one in held.members() if one.startswith(RECORDS[name])]
    rows = held.desk.reader.part(name, records.key_of(name), ids).to_pylist()
    time = {"accounts": "created_at", "payments": "paid_at", "bookings": "starts_at"}[name]
    rows.sort(key=lambda row: (row[time] is None, row[time], row[records.key_of(name)]))
    return rows, len(rows)


def _sums(rows: list[Row]) -> list[tuple[str, Decimal, int]]:
    """Currency, sum and how many, the most first."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    for row in rows:
        if row["amount"] is not None:
            found[row["currency"] or "?"].append(row["amount"])
    return sorted(((name, sum(held, Decimal()), len(held)) for name, held in found.items()), key=lambda one: -one[2])


def _shown(held: Opened, name: str, rows: list[Row]) -> list[Row]:
    """The first rows, each with its record as it may be shown."""
    key = records.key_of(name)
    ids = [row[key] for row in rows[:MOST]]
    read = held.desk.reader.part
    parts = {kind: read(kind, records.key_of(kind), ids if kind == name else []) for kind in RECORDS}
    found: Mapping[str, Record] = records.records(parts, ids, {})
    if held.masked:
        spans = gather.telling(read("mentions", "record_id", ids).to_pylist())
        found = {one: redact.record(record, spans) for one, record in found.items()}
    return [
        {"row": row, "id": row[key], "record": found[row[key]], "said": found[row[key]].fields} for row in rows[:MOST]
    ]


PAGE = Page(
    name="money",
    says="The accounts, payments and bookings of a lead.",
    routes=(Route("/leads/{lead_id}/money", "read", money),),
    view=6,
)

"""Records of every kind as a report shows them, from the tables that collect writes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from undertow.share.contract import Original, Record
from undertow.tables import RECORDS, TEXT_FIELDS

Tables = Mapping[str, pa.Table]

TIMES = ("posted_at", "paid_at", "starts_at", "booked_at", "taken_at", "reported_at", "created_at")
TIME_TEXTS = ("posted_text", "paid_text", "starts_text", "taken_text", "reported_text", "created_text")


def where(table: pa.Table, column: str, values: Iterable[str]) -> pa.Table:
    """The rows whose `column` is one of `values`."""
    return table.filter(pc.is_in(table[column], value_set=pa.array(sorted(set(values)), pa.string())))


def rows(table: pa.Table) -> list[dict[str, Any]]:
    """The rows as dicts, in the order of the table."""
    return table.to_pylist()


def key_of(kind: str) -> str:
    """The id column of a record table: `post_id` of `posts`."""
    return kind.removesuffix("s") + "_id"


def originals(tables: Tables) -> dict[str, Original]:
    """Every file received, by its hash."""
    names = ("original_id", "name", "origin", "marking", "lawful_basis", "collected_at", "rows", "rejects")
    made = (
        Original(**{name: row[name] for name in names if row.get(name) is not None})
        for row in rows(tables["originals"])
    )
    return {original.original_id: original for original in made}


def records(tables: Tables, ids: Iterable[str], known: Mapping[str, Original]) -> dict[str, Record]:
    """The records with these ids, by id; one that no table holds is left out."""
    wanted = set(ids)
    made: dict[str, Record] = {}
    for kind in RECORDS:
        key = key_of(kind)
        for row in rows(where(tables[kind], key, wanted)):
            made[row[key]] = _record(kind, row, known)
    return made


def when_and_where(tables: Tables, ids: Iterable[str]) -> Iterator[tuple[str, datetime | None, str]]:
    """Id, time and site of each record, without its texts; in order of the tables."""
    wanted = set(ids)
    for kind in RECORDS:
        table, key = tables[kind], key_of(kind)
        time = next(name for name in TIMES if name in table.column_names)
        few = where(table.select([key, time, "site"]), key, wanted)
        yield from ((row[key], row[time], row["site"] or "") for row in rows(few))


def _record(kind: str, row: Mapping[str, Any], known: Mapping[str, Original]) -> Record:
    original_id = row.get("original_id") or ""
    return Record(
        record_id=row[key_of(kind)],
        original=known.get(original_id) or Original(original_id),
        position=row.get("position") or "",
        site=row.get("site") or "",
        account=row.get("account") or row.get("handle") or "",
        at=next((row[name] for name in TIMES if row.get(name) is not None), None),
        at_text=next((row[name] for name in TIME_TEXTS if row.get(name)), ""),
        fields={name: row[name] for name in TEXT_FIELDS[kind] if row.get(name)},
    )

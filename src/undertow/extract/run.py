"""The stage extract: every text of every record goes through the finders, once, and gives mentions."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from undertow import tables
from undertow.engine.base import Dataset, Engine
from undertow.events import Emit, Event
from undertow.extract.country import country_of
from undertow.extract.read import Context, Found, finders, read

STAGE = "extract"
_SCHEMA = tables.TABLES["mentions"].schema
_FAILED = "SELECT record_id, field, finder, value FROM found WHERE kind = ''"
_REJECTS = """
    SELECT r.original_id AS original_id, r.position AS position, '{stage}' AS stage,
           'finder ' || f.finder || ' failed on ' || f.field || ': ' || f.value AS reason, '' AS excerpt
    FROM failed AS f JOIN {table} AS r ON r.{id} = f.record_id
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said: the country of numbers where nothing else says (ISO 3166), the key of masked values."""

    country: str = ""
    key: bytes = b""


def run(engine: Engine, options: Options, emit: Emit) -> None:
    """Reads every record table; writes `mentions`, and a row in `rejects` for each finder that failed on a record."""
    engine.write("mentions", tables.empty("mentions"))
    for table in tables.RECORDS:
        records = engine.read(table)
        if records.rows:
            found = engine.map_batches(partial(mentions_of, table, options), records, _SCHEMA, stage=STAGE)
            _write(engine, table, found)
            emit(Event(STAGE, f"mentions of {table}", records.rows, records.rows, facts={"mentions": found.rows}))


def _write(engine: Engine, table: str, found: Dataset) -> None:
    failed = engine.query(_FAILED, found=found)
    if failed.rows:
        row_id = tables.TABLES[table].key[0]
        engine.write("rejects", engine.query(_REJECTS.format(stage=STAGE, table=table, id=row_id), failed=failed))
        found = engine.query("SELECT * FROM found WHERE kind <> ''", found=found)
    engine.write("mentions", found)


def mentions_of(table: str, options: Options, batch: pa.Table) -> pa.Table:
    """The mentions of some rows of a record table; a failed finder is a row without a kind, the reason its value."""
    with _without_collector():
        return _mentions_of(table, options, batch)


@contextmanager
def _without_collector() -> Iterator[None]:
    # millions of tuples without cycles: looking through them again and again took a seventh of the time
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _mentions_of(table: str, options: Options, batch: pa.Table) -> pa.Table:
    said = country_of(_texts(batch, "country"), _texts(batch, "site"), _texts(batch, "place_text"), options.country)
    about = list(zip(said, _texts(batch, "language"), strict=True))
    by_field = {
        field: _read_field(field, texts, about, options.key)
        for field in tables.TEXT_FIELDS[table]
        if any(texts := _texts(batch, field)) and finders(field)
    }
    rows = [
        _row(record, field, one)
        for number, record in enumerate(batch[tables.TABLES[table].key[0]].to_pylist())
        for field, found in by_field.items()
        for one in found[number]
    ]
    columns = zip(*rows, strict=True) if rows else [[] for _ in _SCHEMA]
    return pa.table([pa.array(cells, kind.type) for cells, kind in zip(columns, _SCHEMA, strict=True)], schema=_SCHEMA)


def _read_field(
    field: str, texts: Sequence[str], about: Sequence[tuple[str | None, str]], key: bytes
) -> list[Sequence[Found]]:
    # the same text in the same circumstances is read once: most posts of a batch are copies or empty
    numbers: dict[tuple[str, tuple[str | None, str]], int] = {}
    places = [numbers.setdefault(pair, len(numbers)) if pair[0] else -1 for pair in zip(texts, about, strict=True)]
    contexts = {pair: Context(*pair, key, field) for pair in {pair for _, pair in numbers}}
    results = read([text for text, _ in numbers], [contexts[pair] for _, pair in numbers], finders(field))
    return [results[place] if place >= 0 else () for place in places]


def _row(record: str, field: str, one: Found) -> tuple[object, ...]:
    start, kind, value, end, finder, confidence, detail, original, _ = one
    return record, field, kind, value, detail, original, start, end, confidence, finder.name, finder.version


def _texts(batch: pa.Table, column: str) -> list[str]:
    if column not in batch.schema.names:
        return [""] * len(batch)
    return pc.fill_null(batch[column], "").to_pylist()

"""The stage extract: every text of every record goes through the finders, once, and gives mentions."""

from collections.abc import Sequence
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
    countries = country_of(
        _texts(batch, "country"), _texts(batch, "site"), _texts(batch, "place_text"), options.country
    )
    languages = _texts(batch, "language")
    by_field = {
        field: _read_field(
            texts, [Context(*about, options.key, field) for about in zip(countries, languages, strict=True)]
        )
        for field in tables.TEXT_FIELDS[table]
        if any(texts := _texts(batch, field)) and finders(field)
    }
    columns: list[list[object]] = [[] for _ in _SCHEMA]
    for number, record in enumerate(batch[tables.TABLES[table].key[0]].to_pylist()):
        for field, found in by_field.items():
            for one in found[number]:
                for column, cell in zip(columns, _row(record, field, one), strict=True):
                    column.append(cell)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, _SCHEMA, strict=True)], schema=_SCHEMA)


def _read_field(texts: Sequence[str], contexts: Sequence[Context]) -> list[list[Found]]:
    numbers: dict[tuple[str, Context], int] = {}
    places = [numbers.setdefault(pair, len(numbers)) for pair in zip(texts, contexts, strict=True)]
    once = list(numbers)
    results = read([text for text, _ in once], [about for _, about in once], finders(contexts[0].field))
    return [results[place] for place in places]


def _row(record: str, field: str, one: Found) -> tuple[object, ...]:
    mention, finder = one.mention, one.finder
    return (
        record,
        field,
        mention.kind,
        mention.value,
        mention.detail,
        mention.original,
        mention.start,
        mention.end,
        mention.confidence,
        finder.name,
        finder.version,
    )


def _texts(batch: pa.Table, column: str) -> list[str]:
    if column not in batch.schema.names:
        return [""] * len(batch)
    return pc.fill_null(batch[column], "").to_pylist()

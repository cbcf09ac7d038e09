"""The stage extract: every text of every record goes through the finders, once, and gives mentions."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from undertow import ids, tables
from undertow.engine.base import Dataset, Engine
from undertow.events import Emit, Event
from undertow.extract.country import country_of
from undertow.extract.read import Context, Found, finders, read

STAGE = "extract"
_About = tuple[str | None, str]  # country and language
_Given = tuple[list[int], list[tuple[str, _About]]]
_Numbers = npt.NDArray[np.int64]
_SCHEMA = tables.TABLES["mentions"].schema
_ABOUT = ("country", "site", "place_text", "language")  # what says whose numbers and money a record speaks of
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
            read = partial(mentions_of, table, options)
            memo = " ".join(("mentions", table, options.country, ids.digest(options.key.hex())))
            found = engine.map_batches(read, records, _SCHEMA, stage=STAGE, columns=_columns(table), memo=memo)
            _write(engine, table, found)
            emit(Event(STAGE, f"mentions of {table}", records.rows, records.rows, facts={"mentions": found.rows}))


def _columns(table: str) -> list[str]:
    read = {tables.TABLES[table].key[0], *_ABOUT, *tables.TEXT_FIELDS[table]}
    return [name for name in tables.TABLES[table].schema.names if name in read]


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
    given: dict[str, _Given] = {}
    for field in tables.TEXT_FIELDS[table]:
        texts = _texts(batch, field)
        if any(texts):
            given[field] = _different(texts, about)
    contexts = [_context(field, *pair, options.key) for field, (_, some) in given.items() for _, pair in some]
    found = iter(read([text for _, some in given.values() for text, _ in some], contexts, finders()))
    by_field = {field: (places, list(islice(found, len(some)))) for field, (places, some) in given.items()}
    return _table(batch[tables.TABLES[table].key[0]], by_field)


def _different(texts: Sequence[str], about: Sequence[_About]) -> _Given:
    """The number of each record's text among the different ones (-1: it has none), and these.

    The same text in the same circumstances is read once: most posts of a batch are copies or empty.
    """
    numbers: dict[tuple[str, _About], int] = {}
    places = [numbers.setdefault(pair, len(numbers)) if pair[0] else -1 for pair in zip(texts, about, strict=True)]
    return places, list(numbers)


@lru_cache(maxsize=1000)
def _context(field: str, country: str | None, language: str, key: bytes) -> Context:
    return Context(country, language, key, field)


def _table(records: pa.ChunkedArray, by_field: Mapping[str, tuple[list[int], list[list[Found]]]]) -> pa.Table:
    """One row for each mention of each record: by record, then by field, then in the order found."""
    different = [one for _, results in by_field.values() for found in results for one in found]
    if not different:
        return _SCHEMA.empty_table()
    first, sizes = _where(by_field)
    before = np.cumsum(sizes) - sizes
    rows = np.arange(sizes.sum()) + np.repeat(first - before, sizes)
    record, field = np.divmod(np.repeat(np.arange(len(sizes)), sizes), len(by_field))
    start, kind, value, end, finder, confidence, detail, original, _ = zip(*different, strict=True)
    columns = {
        "kind": kind,
        "value": value,
        "detail": detail,
        "original": original,
        "start": start,
        "end": end,
        "confidence": confidence,
        "finder": [one.name for one in finder],
        "version": [one.version for one in finder],
    }
    made = {name: pa.array(cells, _SCHEMA.field(name).type).take(rows) for name, cells in columns.items()}
    made |= {"record_id": records.take(record), "field": pa.array(list(by_field)).take(field)}
    return pa.table([made[name] for name in _SCHEMA.names], schema=_SCHEMA)


def _where(by_field: Mapping[str, tuple[list[int], list[list[Found]]]]) -> tuple[_Numbers, _Numbers]:
    """For each record and field in turn, the first of its mentions among all different ones, and how many they are."""
    firsts, sizes, done = [], [], 0
    for places, results in by_field.values():
        size = np.array([*map(len, results), 0])  # place -1 is the last: nothing
        firsts.append((np.cumsum(size) - size + done)[places])
        sizes.append(size[places])
        done += int(size.sum())
    return np.stack(firsts, 1).ravel(), np.stack(sizes, 1).ravel()


def _texts(batch: pa.Table, column: str) -> list[str]:
    if column not in batch.schema.names:
        return [""] * len(batch)
    return pc.fill_null(batch[column], "").to_pylist()

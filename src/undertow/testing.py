"""Small worlds for tests and for plug-ins' examples: tables from a few dicts, and an engine over a folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from undertow import tables
from undertow.engine.duckdb import DuckEngine
from undertow.engine.spark import SparkEngine


def table(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The table `name` with these rows; a column that a row leaves out is empty text, zero, false, or no time."""
    schema = tables.TABLES[name].schema
    for row in rows:
        unknown = set(row) - set(schema.names)
        if unknown:
            raise KeyError(f"{name} has no column {sorted(unknown)[0]}")
    return pa.table(
        {
            field.name: pa.array([row.get(field.name, _blank(field.type)) for row in rows], field.type)
            for field in schema
        },
        schema,
    )


def engine(
    folder: Path, given: Mapping[str, Sequence[Mapping[str, Any]]] | None = None, *, threads: int = 1
) -> DuckEngine:
    """An engine whose tables are `given` and nothing else; it writes below `folder`."""
    made = DuckEngine(lambda _table: (), lambda name: folder / "tables" / name, folder / "scratch", threads=threads)
    for name, rows in (given or {}).items():
        made.write(name, table(name, rows))
    return made


def spark_engine(folder: Path, given: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> SparkEngine:
    """As `engine`, on Spark: in the session that this process has, else in one of its own on two cores."""
    made = SparkEngine(
        lambda _table: (), lambda name: folder / "tables" / name, folder / "scratch", "local[2]", memory="1GB"
    )
    for name, rows in (given or {}).items():
        made.write(name, table(name, rows))
    return made


def _blank(kind: pa.DataType) -> Any:
    if pa.types.is_string(kind):
        return ""
    if pa.types.is_boolean(kind):
        return False
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return 0
    return None

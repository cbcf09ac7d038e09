"""How a table is declared: a line a column, with its type and what its name does not say."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa

TYPES: Mapping[str, pa.DataType] = MappingProxyType(
    {
        "text": pa.string(),
        "time": pa.timestamp("us", tz="UTC"),
        "count": pa.int64(),
        "int": pa.int32(),
        "share": pa.float64(),
        "yes_no": pa.bool_(),
        "money": pa.decimal128(38, 8),  # eight places: the smallest unit of bitcoin
    }
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, the stage that writes it, the columns that name a row, and what a row is.

    `notes` says of a column what its name does not.
    """

    name: str
    stage: str
    row: str
    key: tuple[str, ...]
    schema: pa.Schema
    notes: Mapping[str, str]


def table(name: str, stage: str, row: str, *, key: str, columns: str) -> Table:
    """A table from its columns, one a line: `name type -- note`; `key` names the columns that name a row."""
    fields, notes = [], {}
    for line in filter(None, map(str.strip, columns.splitlines())):
        declared, _, note = line.partition(" -- ")
        column, kind = declared.split()
        fields.append(pa.field(column, TYPES[kind]))
        notes[column] = note
    return Table(name, stage, row, tuple(key.split()), pa.schema(fields), MappingProxyType(notes))

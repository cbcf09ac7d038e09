"""Holds found mentions against the true spans of the same records: which are right, and which spans were found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from undertow.evaluate.contract import Coded, Found, Truth
from undertow.evaluate.reading import bundles, coded, numbered

Ints = NDArray[np.int64]
Whole = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]

SURE = 0.5  # confidence below which a mention ties nothing (see link/data/limits.toml; a test compares the two)

_COLUMNS = ("record_id", "field", "kind", "value", "start", "end", "confidence")


@dataclass(frozen=True, slots=True)
class Spans:
    """The true spans by column, and the values and the names of fields and kinds that their numbers stand for."""

    record: Ints
    kind: Coded
    field: Coded
    value: Ints
    values: pa.Array
    start: Ints
    end: Ints
    disguise: Coded
    language: Coded


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of every true span whether it was found; of every mention that counts its kind, its record, if it is right."""

    spans: Spans
    hit: Flags
    kind: NDArray[np.int8]
    record: NDArray[np.int32]
    right: Flags


def spans(truth: Truth) -> Spans:
    """All true spans of records that the workspace holds."""
    parts = [part for part in truth.spans() if part.num_rows]
    columns = {name: numbered(part[name] for part in parts) for name in ("kind", "field", "value")}
    named = {name: Coded(*coded(part[name] for part in parts)) for name in ("disguise", "language")}

    def whole(name: str) -> Ints:
        return np.concatenate([np.zeros(0, np.int64), *(part[name].to_numpy() for part in parts)]).astype(np.int64)

    return Spans(
        whole("record"),
        Coded(columns["kind"][0], columns["kind"][1].to_pylist()),
        Coded(columns["field"][0], columns["field"][1].to_pylist()),
        columns["value"][0].astype(np.int64),
        columns["value"][1],
        whole("start"),
        whole("end"),
        named["disguise"],
        named["language"],
    )


def compare(truth: Truth, found: Found) -> Outcome:
    """Which mentions are right: record, field, kind and value agree with a span, and they overlap where it has a place.

    Mentions count where the truth lists their kind at all, and lists anything in their field of such a record.
    """
    true = spans(truth)
    key = _keys(true, true.record, true.field.codes, true.kind.codes, true.value)
    order = np.argsort(key, kind="stable")
    sorted_keys, hit = key[order], np.zeros(len(key), np.bool_)
    kinds, records, rights = [np.zeros(0, np.int8)], [np.zeros(0, np.int32)], [np.zeros(0, np.bool_)]
    for record, field, kind, rows in _counted(truth, found, true):
        value = pc.index_in(rows["value"], value_set=true.values).fill_null(-1).to_numpy().astype(np.int64)
        asked = np.where(value >= 0, _keys(true, record, field, kind, np.maximum(value, 0)), -1)
        mention, at = _same(sorted_keys, asked)
        span = order[at]
        start, end = rows["start"].to_numpy()[mention], rows["end"].to_numpy()[mention]
        meet = (true.start[span] < 0) | ((start < true.end[span]) & (true.start[span] < end))
        right = np.zeros(len(record), np.bool_)
        right[mention[meet]] = True
        hit[span[meet]] = True
        kinds.append(kind.astype(np.int8))
        records.append(record.astype(np.int32))
        rights.append(right)
    return Outcome(true, hit, np.concatenate(kinds), np.concatenate(records), np.concatenate(rights))


def _keys(true: Spans, record: Ints, field: Whole, kind: Whole, value: Ints) -> Ints:
    made: Ints = (record * len(true.field.names) + field) * len(true.kind.names) + kind
    return made * max(1, len(true.values)) + value


def _same(sorted_keys: Ints, asked: Ints) -> tuple[Ints, Ints]:
    """Every pair of an asked key and a place in `sorted_keys` that holds it."""
    first = np.searchsorted(sorted_keys, asked, "left")
    count = np.searchsorted(sorted_keys, asked, "right") - first
    which = np.repeat(np.arange(len(asked)), count)
    begins = np.cumsum(count) - count
    return which, np.arange(len(which)) - begins[which] + first[which]


def _counted(truth: Truth, found: Found, true: Spans) -> Iterator[tuple[Ints, Ints, Ints, pa.Table]]:
    """Record, field, kind and the other columns of the mentions that count, in bundles."""
    fields = len(true.field.names)
    covered = np.zeros((len(truth.table.names) + 1, fields + 1), np.bool_)
    covered[truth.table.codes[true.record], true.field.codes] = True
    for rows in bundles(_sure(piece) for piece in found.tables.pieces("mentions", _COLUMNS)):
        record = truth.places.find(rows["record_id"])
        field, kind = _number(rows["field"], true.field.names), _number(rows["kind"], true.kind.names)
        kept = (record >= 0) & (field >= 0) & (kind >= 0)
        kept &= covered[truth.table.codes[record] if len(truth.table.codes) else record, field]
        if kept.any():
            yield record[kept], field[kept], kind[kept], rows.filter(pa.array(kept))


def _sure(piece: pa.Table) -> pa.Table:
    return piece.filter(pc.greater_equal(piece["confidence"], SURE)).drop_columns(["confidence"])


def _number(column: pa.ChunkedArray, names: object) -> Ints:
    made: Ints = pc.index_in(column, value_set=pa.array(names, pa.string())).fill_null(-1).to_numpy().astype(np.int64)
    return made

"""Counts what every network shows of every indicator, from signals in their order."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow.assess.worth import Flags, Numbers, numbers


def count(signals: pa.Table, totals: pa.Table) -> pa.Table:
    """One row a network and indicator: subject_id, indicator, rows_shown, records, strength, and `first`.

    `signals` is sorted as the table is; `first` is where its rows for the pair begin, `kept` how many. `totals`
    overrules the counts of pairs of which not all rows were kept.
    """
    group, record = _changes(signals, "subject_id") | _changes(signals, "indicator"), _changes(signals, "record_id")
    first = np.flatnonzero(group)
    kept = np.diff(np.append(first, signals.num_rows))
    counted = pa.table(
        {
            "subject_id": signals["subject_id"].take(pa.array(first)),
            "indicator": signals["indicator"].take(pa.array(first)),
            "rows_shown": pa.array(kept, pa.int64()),
            "records": pa.array(_sums(group | record, first), pa.int64()),
            "strength": pa.array(_most(numbers(signals["strength"]), first), pa.int64()),
            "first": pa.array(first, pa.int64()),
            "kept": pa.array(kept, pa.int64()),
        }
    )
    return _overruled(counted, totals) if totals.num_rows else counted


def _overruled(counted: pa.Table, totals: pa.Table) -> pa.Table:
    joined = counted.join(totals, ["subject_id", "indicator"], right_suffix="_in_all").sort_by("first")
    for name in ("rows_shown", "records", "strength"):
        value = pc.coalesce(joined[f"{name}_in_all"], joined[name])
        joined = joined.set_column(joined.schema.get_field_index(name), name, value)
    return joined.select(counted.schema.names)


def _changes(rows: pa.Table, column: str) -> Flags:
    """Where the value is another than in the row before; the first row is one."""
    codes = numbers(rows[column].combine_chunks().dictionary_encode().indices) if rows.num_rows else np.zeros(0)
    return np.append(np.ones(min(len(codes), 1), bool), codes[1:] != codes[:-1])


def _sums(flags: Flags, first: Numbers) -> Numbers:
    return np.add.reduceat(flags.astype(np.int64), first) if len(first) else first


def _most(values: Numbers, first: Numbers) -> Numbers:
    most: Numbers = np.maximum.reduceat(values, first) if len(first) else first
    return most

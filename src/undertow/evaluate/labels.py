"""Reads a user's own labels: a CSV with `record` and any of organised, network, template, sort, language, site.

A record is named by its id, by a post's url, or all at once by the id of a network or of its lead. An empty cell says
nothing; `none` under network or template says that the record belongs to none.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow import tables, truth
from undertow.errors import UserError
from undertow.evaluate.contract import ALONE, UNKNOWN, About, Coded, Coverage, Truth
from undertow.evaluate.keys import Places, keys
from undertow.evaluate.reading import Tables

COLUMNS = ("organised", "network", "template", "sort", "language", "site")
NONE = "none"
_YES_NO: Mapping[str, int] = {"yes": 1, "no": 0, "": -1}
_NAMED = 20  # labels that fit nothing, named in the evaluation


def about(path: Path) -> About:
    """What the labels are known by: the sha256 of their file."""
    return About("labels", truth.digest(path))


@dataclass(slots=True)
class _Fit:
    """Which row of the labels each record takes: its own before that of its network, the first before later ones."""

    own: dict[str, int] = field(default_factory=dict)
    by_network: dict[str, int] = field(default_factory=dict)
    table: dict[str, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    again: int = 0

    def add(self, record: str, table: str, row: int, *, own: bool) -> None:
        """Takes a row for a record."""
        rows = self.own if own else self.by_network
        self.used.add(row)
        self.table[record] = table
        if rows.setdefault(record, row) != row:
            self.again += 1


def read(path: Path, held: Tables) -> tuple[Truth, Coverage]:
    """The labels of the records that the workspace holds, and how many those are.

    Raises `UserError` for a file that is no CSV of labels.
    """
    rows, columns = _rows(path)
    fit, records = _fit(rows, held)
    chosen = fit.by_network | fit.own
    ids = sorted(chosen)
    missing = [rows[at]["record"] for at in range(len(rows)) if at not in fit.used]
    notes = [f"{len(missing):,} labels fit no record, for instance: {', '.join(missing[:_NAMED])}"] if missing else []
    if fit.again:
        notes.append(f"{fit.again:,} records are labelled more than once; the first label counts")
    named = dict.fromkeys(missing[:_NAMED], 1)
    coverage = Coverage(len(rows), len(fit.used), len(missing), named, records - len(ids), tuple(notes))
    return _truth([rows[chosen[one]] for one in ids], [chosen[one] for one in ids], (ids, fit.table), columns), coverage


def _rows(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [{(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if k} for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"{path} is no CSV in UTF-8: {error}", hint="save it as CSV UTF-8") from error
    if not rows or "record" not in rows[0]:
        hint = "its first line must name the column record, and any of " + ", ".join(COLUMNS)
        raise UserError(f"{path} holds no labels", hint=hint)
    for number, row in enumerate(rows, 2):
        if row.get("organised", "").lower() not in _YES_NO:
            hint = "write yes or no, or leave it empty where you do not know"
            raise UserError(f"{path}, line {number}: organised is {row['organised']!r}", hint=hint)
    return rows, [name for name in COLUMNS if name in rows[0]]


def _fit(rows: Sequence[Mapping[str, str]], held: Tables) -> tuple[_Fit, int]:
    """The records that rows name, and how many records the workspace holds."""
    wanted: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if row["record"]:
            wanted.setdefault(row["record"], []).append(at)
    names, fit, records = pa.array(sorted(wanted), pa.string()), _Fit(), 0
    for table in tables.RECORDS:
        key = tables.TABLES[table].key[0]
        for piece in held.pieces(table, [key, "url"] if table == "posts" else [key]):
            records += piece.num_rows
            for column in piece.column_names:
                here = piece.filter(pc.is_in(piece[column], value_set=names))
                for record, name in zip(here[key].to_pylist(), here[column].to_pylist(), strict=True):
                    for at in wanted[name]:
                        fit.add(record, table, at, own=True)
    for record, at in _of_networks(wanted, held):
        fit.add(record, _table(record), at, own=False)
    return fit, records


def _of_networks(wanted: Mapping[str, list[int]], held: Tables) -> Iterator[tuple[str, int]]:
    names: dict[str, list[int]] = dict(wanted)
    for piece in held.pieces("leads", ["lead_id", "network_id"]):
        for row in piece.to_pylist():
            if row["lead_id"] in wanted:
                names[row["network_id"]] = [*names.get(row["network_id"], []), *wanted[row["lead_id"]]]
    named = pa.array(sorted(names), pa.string())
    for piece in held.pieces("network_members", ["network_id", "record_id"]):
        for row in piece.filter(pc.is_in(piece["network_id"], value_set=named)).to_pylist():
            yield from ((row["record_id"], at) for at in names[row["network_id"]])


def _table(record: str) -> str:
    letters = {letter: table for table, letter in tables.RECORDS.items()}
    return letters.get(record[:1], "")


def _truth(
    rows: Sequence[Mapping[str, str]], label: Sequence[int], found: tuple[list[str], dict[str, str]], columns: list[str]
) -> Truth:
    ids, table = found
    network = _coded([row.get("network", "") for row in rows], UNKNOWN)
    known = network.codes != UNKNOWN
    apart = len(network.names) + len(rows) + np.array(label, np.int64)  # who has no network is the actor of the label
    return Truth(
        frozenset(columns),
        Places.of(keys(pa.array(ids, pa.string()))),
        _coded([table[one] for one in ids], ALONE),
        np.array([table[one] == "posts" for one in ids], np.bool_),
        network,
        _coded([row.get("template", "") for row in rows], UNKNOWN),
        _coded([row.get("sort", "") for row in rows], ALONE),
        _coded([row.get("language", "") for row in rows], ALONE),
        _coded([row.get("site", "") for row in rows], ALONE),
        np.array([_YES_NO[row.get("organised", "").lower()] for row in rows], np.int8),
        np.where(known, network.groups(), apart),
        lambda: iter(()),
        truth.TABLES["brokers"].empty_table().select(["person", "kind", "value"]),
        pa.table({"person": pa.array([], pa.string()), "record": pa.array([], pa.int64())}),
    )


def _coded(values: Sequence[str], empty: int) -> Coded:
    names = sorted(set(values) - {"", NONE})
    number = {name: at for at, name in enumerate(names)} | {"": empty, NONE: ALONE}
    return Coded(np.array([number[value] for value in values], np.int32), names)

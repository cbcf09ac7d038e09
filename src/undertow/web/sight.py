"""What somebody may see of the tables: markings up to theirs, their own cases, and what may be about minors.

Every page reads through this, so none can forget it. A record is marked as its file is. A network, and so a lead, is
as strictly marked as its strictest record, and about minors where one of its records is.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from undertow import tables
from undertow.review.people import MARKINGS, OWNER, Person

UNDER_AGE = ("age_under_18_stated",)  # indicators that a record may be about minors
_KEYS = ("record_id", *(tables.TABLES[name].key[0] for name in tables.RECORDS))


@dataclass(frozen=True, slots=True)
class Sight:
    """Up to which marking, whether also minors, and, where `only`, no more than these leads and records."""

    clearance: str = MARKINGS[-1]
    minors: bool = True
    only: bool = False
    leads: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()

    def sees(self, marking: str) -> bool:
        """Whether a marking is not above the clearance; a word that is no marking is above all but the strictest."""
        return _rank(marking) <= _rank(self.clearance)


EVERYTHING = Sight()


def sight(person: Person, leads: frozenset[str] = frozenset(), records: frozenset[str] = frozenset()) -> Sight:
    """What a person sees; `leads` and `records` are those of the cases that they are on."""
    minors = OWNER in person.roles or "child protection" in person.roles
    if not person.only_cases:
        return Sight(person.clearance, minors)
    return Sight(person.clearance, minors, only=True, leads=leads, records=records)


class Raw(Protocol):
    """How tables are read without sight: the rows of a column's values, or of an Arrow filter."""

    def where(self, name: str, column: str, values: pa.Array) -> pa.Table:
        """The rows whose column is one of the values."""


@dataclass(frozen=True, slots=True)
class Veil:
    """What one sight hides of the tables: files, records, networks; where `open` is None all others are seen."""

    files: pa.Array
    records: pa.Array
    networks: pa.Array
    open: tuple[pa.Array, pa.Array] | None = None  # records, networks

    def through(self, rows: pa.Table) -> pa.Table:
        """The rows that may be seen."""
        for column, hidden, seen in self._columns(rows):
            if len(hidden):
                rows = rows.filter(pc.invert(pc.fill_null(pc.is_in(rows[column], hidden), fill_value=False)))
            if seen is not None:
                rows = rows.filter(pc.fill_null(pc.is_in(rows[column], seen), fill_value=False))
        return rows

    def hides(self, column: str, value: str) -> bool:
        """Whether a record (`record_id`) or a network (`network_id`) is out of sight."""
        return not self.through(pa.table({column: pa.array([value], pa.string())})).num_rows

    def _columns(self, rows: pa.Table) -> list[tuple[str, pa.Array, pa.Array | None]]:
        seen = self.open or (None, None)
        found = [(name, self.records, seen[0]) for name in _KEYS if name in rows.column_names][:1]
        found += [("network_id", self.networks, seen[1])] * ("network_id" in rows.column_names)
        found += [("original_id", self.files, None)] * ("original_id" in rows.column_names)
        return found


def veil(raw: Raw, of: Sight, leads: pa.Table, originals: pa.Table) -> Veil | None:
    """What is hidden; None where nothing is."""
    files = [one["original_id"] for one in originals.to_pylist() if not of.sees(one["marking"])]
    hidden = _texts(files)
    held: list[Any] = []
    if files:
        for name in tables.RECORDS:
            held += raw.where(name, "original_id", hidden)[tables.TABLES[name].key[0]].to_pylist()
    if not of.minors:
        held += raw.where("signals", "indicator", _texts(UNDER_AGE))["record_id"].to_pylist()
    records = _texts(held)
    networks = _networks(raw, records)
    if not of.only:
        return Veil(hidden, records, networks) if files or len(records) else None
    mine = leads.filter(pc.is_in(leads["lead_id"], _texts(of.leads)))["network_id"].to_pylist()
    members = raw.where("network_members", "network_id", _texts(mine))["record_id"].to_pylist()
    return Veil(hidden, records, networks, (_texts([*members, *of.records]), _texts(mine)))


def _networks(raw: Raw, records: pa.Array) -> pa.Array:
    if not len(records):
        return records
    return _texts(raw.where("network_members", "record_id", records)["network_id"].to_pylist())


def _texts(values: Any) -> pa.Array:
    return pa.array(sorted(set(values)), pa.string())


def _rank(marking: str) -> int:
    return MARKINGS.index(marking) if marking in MARKINGS else len(MARKINGS) - 1

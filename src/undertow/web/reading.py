"""How pages read tables: by id, straight from Parquet, the small ones kept until another run is current.

Tables are sorted by their key, so a filter on it reads the row groups that may hold it and no others.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from undertow import tables
from undertow.runs import POINTER, Catalogue
from undertow.tables import RECORDS, TEXT_FIELDS
from undertow.web.sight import EVERYTHING, KEYS, Sight, Veil, veil

T = TypeVar("T")
SMALL = ("leads", "originals")  # shown or looked into as wholes
LATE = 48  # things made for one lead that are held in memory, about six leads' worth: a guess


@dataclass(slots=True)
class Reader:
    """The current tables of a workspace as one sight has them; threads may share it."""

    catalogue: Catalogue
    sight: Sight = EVERYTHING
    _lock: Lock = field(default_factory=Lock)
    _stamp: tuple[int, int] = (0, 0)
    _held: dict[str, Any] = field(default_factory=dict)
    _late: OrderedDict[tuple[str, tuple[int, int]], Any] = field(default_factory=OrderedDict)

    @property
    def run(self) -> str:
        """The run that made the current leads; empty before the first."""
        return self.kept("run", lambda: self.catalogue.current_run("leads"))

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for as long as the same runs are current."""
        with self._lock:
            stamp = self._now()
            if stamp != self._stamp:
                self._stamp, self._held = stamp, {}
            if name in self._held:
                held: T = self._held[name]
                return held
        made = make()
        with self._lock:
            if stamp == self._stamp:
                self._held[name] = made
        return made

    def lately(self, name: str, make: Callable[[], T]) -> T:
        """As `kept`, but only the few things that were asked for last: what is large, and made for one lead."""
        with self._lock:
            key = name, self._now()
            if key in self._late:
                self._late.move_to_end(key)
                held: T = self._late[key]
                return held
        made = make()
        with self._lock:
            self._late[key] = made
            while len(self._late) > LATE:
                self._late.popitem(last=False)
        return made

    def whole(self, name: str) -> pa.Table:
        """All rows of a small table."""
        if name not in SMALL:
            raise ValueError(f"{name} is not read as a whole")
        return self.kept(f"whole {name}", lambda: self.through(self._data(name).to_table()))

    def part(self, name: str, column: str, values: Iterable[str], columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of a table whose column is one of the values; `columns` are those that are read, else all."""
        wanted = pa.array(sorted(set(values)), pa.string())
        if not len(wanted):
            return tables.empty(name).select(columns or tables.TABLES[name].schema.names)
        if not columns or not self.veil:
            return self.through(self.where(name, column, wanted, columns))
        keys = [key for key in KEYS if key in tables.TABLES[name].schema.names and key not in columns]
        return self.through(self.where(name, column, wanted, [*columns, *keys])).select(columns)

    def columns(self, name: str, columns: Sequence[str]) -> pa.Table:
        """All rows of a table, of few columns; what is hidden by an id that is not among them stays."""
        return self.through(self._data(name).to_table(columns=list(columns)))

    def where(self, name: str, column: str, values: pa.Array, columns: Sequence[str] | None = None) -> pa.Table:
        """The same, hidden rows too: for what is about to be hidden by. `values` are sorted."""
        where = pc.field(column).isin(values)
        if len(values) > 1:  # lets row groups be passed over without looking for each value in each
            where &= (pc.field(column) >= values[0]) & (pc.field(column) <= values[-1])
        return self._data(name).to_table(columns=columns, filter=where)

    def through(self, rows: pa.Table) -> pa.Table:
        """The rows that may be seen, of any table with an id of a record, a network or a file."""
        hides = self.veil
        return hides.through(rows) if hides else rows

    @property
    def veil(self) -> Veil | None:
        """What is out of sight; None where nothing is."""
        if self.sight == EVERYTHING:
            return None
        return self.kept(
            "veil",
            lambda: veil(self, self.sight, self._data("leads").to_table(), self._data("originals").to_table()),
        )

    def holding(self, words: str, most: int) -> list[tuple[str, str]]:
        """Records whose title or text holds these words, letters' case apart: (table, id); at most `most`."""
        found: list[tuple[str, str]] = []
        for name in RECORDS:
            key = tables.TABLES[name].key[0]
            columns = [column for column in ("title", "text") if column in TEXT_FIELDS[name]]
            here = [pc.match_substring(pc.field(column), words, ignore_case=True) for column in columns]
            where = here[0] if len(here) == 1 else here[0] | here[1]
            hides = self.veil
            seen = where & hides.of_records(key) if hides else where
            rows = self._data(name).scanner([key], filter=seen).head(most - len(found))
            found += [(name, record) for record in rows[key].to_pylist()]
            if len(found) >= most:
                break
        return found

    def _data(self, name: str) -> Any:
        return self.kept(f"data {name}", lambda: self._dataset(name))

    def _dataset(self, name: str) -> Any:
        files: Sequence[str] = [str(path) for path in self.catalogue.files(name)]
        schema = tables.TABLES[name].schema
        return ds.dataset(files, schema=schema, format="parquet") if files else ds.dataset(tables.empty(name))

    def _now(self) -> tuple[int, int]:
        path = self.catalogue.tables / POINTER
        if not path.exists():
            return (0, 0)
        told = path.stat()
        return (told.st_mtime_ns, told.st_ino)

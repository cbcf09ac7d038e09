"""Reads one opened thing: the surest source reads it, columns are mapped, and nothing ends the run."""

import errno
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import pyarrow as pa

from undertow import plugins
from undertow.collect import dates, formats, mapping
from undertow.collect.contract import Item, Note, Opened, Reject, Rows, Source
from undertow.collect.mapping import Plan
from undertow.collect.options import Options
from undertow.collect.records import Maker
from undertow.collect.showing import MEDIA, Showing
from undertow.errors import OutsideError
from undertow.tables import TABLES

_DOUBTFUL = 0.05  # a source less sure than this does not read


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one record table, and the part of the file that they are from."""

    table: str
    rows: pa.Table
    part: str


def choose(opened: Opened) -> Source | None:
    """The source that is surest of a thing; None where none is sure enough."""
    sources = plugins.load("undertow.collect.sources", Source).values()
    sure = [(source.sniff(opened), source.name, source) for source in sources]
    best = max(sure, key=lambda found: (found[0], found[1]), default=None)
    return best[2] if best and best[0] >= _DOUBTFUL else None


@dataclass(slots=True)
class Reading:
    """One thing being read: iterate `items` to the end, then `plans` and `notes` say how it was read."""

    opened: Opened
    original_id: str
    options: Options
    path: str = ""  # its name below the folder that was collected, with that of its archive
    source: Source | None = None
    notes: list[str] = field(default_factory=list)
    _makers: dict[str, Maker] = field(default_factory=dict)

    @property
    def plans(self) -> dict[str, Plan]:
        """How each part was mapped."""
        return {part: maker.plan for part, maker in self._makers.items()}

    def items(self) -> Iterator[Batch | Reject]:
        """Everything in the thing, as record rows and rejects; positions begin with the member's name."""
        found = False
        for item in chain(self._items(), self.opened.trouble):
            if isinstance(item, Reject):
                found = True
                yield Reject(self._prefix(item.position), item.reason, item.excerpt)
            elif len(item.rows):
                found = True
                yield item
        if not found:
            yield Reject(self.opened.member, "no record in it")
        for maker in self._makers.values():
            self.notes.extend(note.text for note in maker.notes())

    def _items(self) -> Iterator[Batch | Reject]:
        self.source = choose(self.opened)
        if self.source is None:
            yield Reject("", formats.why_not(self.opened.head), "")
            return
        for item in _guarded(self.source, self.opened):
            if isinstance(item, Rows):
                maker = self._maker(item)
                made = maker.table(item)
                yield Batch(maker.plan.table, made, item.part)
                yield from self._shown(item, maker.plan, made)
            elif isinstance(item, Note):
                self.notes.append(item.text)
            else:
                yield item

    def _shown(self, rows: Rows, plan: Plan, made: pa.Table) -> Iterator[Batch]:
        showing = Showing(self.original_id, self.opened.member, self.path, self.options.collection)
        if plan.table == "posts":
            yield Batch(MEDIA, showing.named(rows, plan, made), rows.part)
        elif plan.table == "pictures":
            yield Batch(MEDIA, showing.parts(rows, made), rows.part)

    def _maker(self, rows: Rows) -> Maker:
        if rows.part not in self._makers:
            self._makers[rows.part] = self._new_maker(rows)
        return self._makers[rows.part]

    def _new_maker(self, rows: Rows) -> Maker:
        wanted = self.options.wanted
        plan = mapping.plan(rows.columns, wanted, table=rows.table)
        if not rows.table:
            self.notes.extend(f"no column is called {name}" for name in mapping.missing(wanted, list(rows.columns)))
        elif wanted.table and wanted.table != rows.table:
            self.notes.append(f"read as {rows.table}, not {wanted.table}: the format says what its records are")
        if plan.table == "posts" and not {"text", "title"} & set(plan.fields):
            self.notes.append("no column holds a text: name it with --map text=COLUMN, or say what the records are")
        schema = TABLES[plan.table].schema
        times = {name: column for name, column in plan.fields.items() if pa.types.is_timestamp(schema.field(name).type)}
        decision = self._decide(rows, list(times.values()))
        readers = {name: dates.Reader(name, decision, self.options.timezone) for name in times}
        prefix = f"{self.opened.member}:" if self.opened.member else ""
        defaults = self.options.defaults(plan.kind or ("post" if plan.table == "posts" else ""))
        return Maker(plan, self.original_id, prefix, defaults, readers)

    def _decide(self, rows: Rows, columns: Sequence[str]) -> dates.Decision:
        """The order of day and month; where the first rows leave a doubt, the rest of the file is looked at."""
        values = [value for column in columns for value in rows.columns[column]]
        custom = self.options.country or self.options.custom
        decision = dates.decide(values, setting=self.options.day_first, country=custom)
        if decision.settled or not dates.is_numeric(values) or self.source is None:
            return decision
        later = (
            item for item in _guarded(self.source, self.opened) if isinstance(item, Rows) and item.part == rows.part
        )
        return next(filter(None, map(dates.settles, _dates(later, columns))), decision)

    def _prefix(self, position: str) -> str:
        return ":".join(part for part in (self.opened.member, position) if part)


def _dates(batches: Iterable[Rows], columns: Sequence[str]) -> Iterator[Sequence[object]]:
    for rows in batches:
        yield [value for column in columns for value in rows.columns.get(column, ())]


def _guarded(source: Source, opened: Opened) -> Iterator[Item]:
    """What a source yields; whatever it raises becomes a reject with its name."""
    try:
        yield from source.read(opened)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise OutsideError("the disk is full", hint="free some space, then collect the same files again") from error
        yield Reject("", f"the {source.name} reader could not go on: {type(error).__name__}", str(error)[:200])

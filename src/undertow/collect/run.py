"""Collects files: keeps each original, reads what can be read into records, and accounts for every file given."""

import errno
import posixpath
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain, islice, repeat
from pathlib import Path

import pyarrow as pa

from undertow import ids
from undertow.collect import originals
from undertow.collect.cells import to_json
from undertow.collect.contract import Reject
from undertow.collect.opening import open_original
from undertow.collect.options import Options
from undertow.collect.originals import Kept
from undertow.collect.picturing import PICTURE, is_picture
from undertow.collect.reading import Batch, Reading
from undertow.collect.sink import Sink
from undertow.collect.summary import FileReport, Preview, Status, Summary
from undertow.collect.walking import Received, walk
from undertow.engine.base import Engine
from undertow.errors import OutsideError
from undertow.events import Emit, Event, silent
from undertow.pictures.video import HEAD
from undertow.tables import RECORDS, TABLES

_EXCERPT = 200
_PREVIEW_ROWS = 5
_PREVIEW_ITEMS = 12  # of a thing that a preview reads: enough for the sheets of a workbook
_THREADS, _AHEAD = 4, 16  # files that are copied while one is read
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)

_Given = Received | Reject


def collect(paths: Sequence[Path], *, store: Path, engine: Engine, options: Options, emit: Emit = silent) -> Summary:
    """Reads files and folders into the tables `originals`, the six record tables, and `rejects`.

    Originals are kept below `store`. What an earlier run collected is passed over; only new rows are written. With
    `options.dry_run` nothing is written. Raises `UserError` where a path does not exist, and for nothing inside a file.
    """
    found = list(walk(paths))
    known = set(engine.fetch(engine.read("originals"), ["original_id"])["original_id"].to_pylist())
    collector = _Collector(store, options, Sink(engine), emit, known | options.passed_over)
    if not options.dry_run:
        originals.sweep(store)
    for number, (each, kept) in enumerate(_ahead(found, collector.keep)):
        collector.take(each, kept)
        emit(Event("collect", "", number + 1, len(found), "files"))
    collector.sink.close()
    return Summary(tuple(collector.reports), tuple(collector.previews))


@dataclass(slots=True)
class _Collector:
    """The state of one run."""

    store: Path
    options: Options
    sink: Sink
    emit: Emit
    known: set[str]
    reports: list[FileReport] = field(default_factory=list)
    previews: list[Preview] = field(default_factory=list)

    def take(self, found: Received | Reject, kept: Kept | Reject) -> None:
        """One file, or one thing that is none; `kept` is what `keep` made of it."""
        if isinstance(kept, Reject):
            self._outside(kept)
        elif kept.original_id in self.known:
            self.reports.append(FileReport(_name(found), kept.original_id, "known"))
            with kept.path.open("rb") as file:
                if is_picture(file.read(HEAD)) and not self.options.dry_run:
                    self.received(kept.original_id, _name(found), "")
        else:
            self.known.add(kept.original_id)
            _Original(self, _name(found), kept).read()

    def keep(self, found: Received | Reject) -> Kept | Reject:
        """Puts a file into the store; what is none, or cannot be read, is a reject."""
        if isinstance(found, Reject):
            return found
        try:
            return originals.digest(found.path) if self.options.dry_run else originals.put(self.store, found.path)
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise OutsideError(
                    f"{self.store} cannot be written: {error.strerror}", hint="free some space, then collect again"
                ) from error
            return Reject(found.name, "the file cannot be read", error.strerror or "")

    def received(self, original_id: str, place: str, member: str) -> None:
        """Writes by what path a picture came: posts of the same collection may name it."""
        position = f"{member}:1" if member else "1"
        row = {"collection": self.options.collection, "place": posixpath.normpath(place)}
        row["picture_id"] = ids.record_id(RECORDS["pictures"], original_id, position)
        self.sink.add("received", pa.Table.from_pylist([row], TABLES["received"].schema))

    def _outside(self, reject: Reject) -> None:
        """Something given that never became an original."""
        self.reject("", reject)
        self.reports.append(FileReport(reject.position, "", "rejected", rejects={reject.reason: 1}))

    def reject(self, original_id: str, reject: Reject) -> None:
        """Writes one reject."""
        if not self.options.dry_run:
            row = {
                "original_id": original_id,
                "position": reject.position,
                "stage": "collect",
                "reason": reject.reason,
                "excerpt": _shown(reject.excerpt),
            }
            self.sink.add("rejects", pa.Table.from_pylist([row], TABLES["rejects"].schema))


@dataclass(slots=True)
class _Original:
    """One original being read."""

    collector: _Collector
    name: str
    kept: Kept
    rows: Counter[str] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
    notes: dict[str, int] = field(default_factory=dict)
    read_as: dict[str, dict[str, object]] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    media_type: str = ""

    def read(self) -> None:
        """Reads everything in it, then says what it was."""
        options = self.collector.options
        for thing in open_original(self.kept.path, self.name.rsplit("/", 1)[-1], options.limits):
            if isinstance(thing, Reject):
                self._reject(thing)
                continue
            path = posixpath.join(self.name, thing.member) if thing.member else self.name
            reading = Reading(replace(thing, hash=options.hash), self.kept.original_id, options, path)
            if options.dry_run:
                self._preview(reading)
            else:
                self._records(reading)
            self._remember(reading)
        if not options.dry_run:
            self.collector.sink.add("originals", pa.Table.from_pylist([self._row()], TABLES["originals"].schema))
        self.collector.reports.append(self._report())

    def _records(self, reading: Reading) -> None:
        for item in reading.items():
            if isinstance(item, Batch) and item.table not in RECORDS:
                self.collector.sink.add(item.table, item.rows)
            elif isinstance(item, Batch):
                self.rows[item.table] += item.rows.num_rows
                self.collector.sink.add(item.table, item.rows)
                self.collector.emit(Event("collect", "", self.rows.total(), facts={"records": self.rows.total()}))
            else:
                self._reject(item)

    def _preview(self, reading: Reading) -> None:
        shown: dict[str, list[dict[str, object]]] = {}
        for item in _first(reading.items()):
            if isinstance(item, Reject):
                self._reject(item)
            elif item.part not in shown and item.table in RECORDS:
                shown[item.part] = item.rows.slice(0, _PREVIEW_ROWS).to_pylist()
        for part, rows in shown.items():
            where = ":".join(filter(None, (reading.opened.member, part)))
            source = reading.source.name if reading.source else ""
            self.collector.previews.append(Preview(self.name, where, source, reading.plans[part], rows))

    def _reject(self, reject: Reject) -> None:
        self.rejects[reject.reason] += 1
        self.collector.reject(self.kept.original_id, reject)

    def _remember(self, reading: Reading) -> None:
        for note in reading.notes:
            self.notes[note] = self.notes.get(note, 0) + 1
        if reading.source is None:
            return
        self.sources[reading.source.name] = reading.source.version
        self.media_type = self.media_type or reading.source.media_type
        if reading.source.name == PICTURE and not self.collector.options.dry_run:
            self.collector.received(self.kept.original_id, reading.path, reading.opened.member)
        for part, plan in reading.plans.items():
            said = {"source": reading.source.name, "table": plan.table, "kind": plan.kind, "fields": plan.fields}
            same = self.read_as.setdefault(to_json([said, part, reading.notes]), {**said, "part": part, "members": 0})
            same["members"] = int(str(same["members"])) + 1
            same["why"] = {choice.field: choice.why for choice in plan.choices}
            same["notes"] = list(dict.fromkeys(reading.notes))

    def _row(self) -> dict[str, object]:
        options = self.collector.options
        return {
            "original_id": self.kept.original_id,
            "name": self.name,
            "media_type": self.media_type or "application/octet-stream",
            "bytes": self.kept.size,
            "collected_at": options.collected_at,
            "collector": options.collector,
            "origin": options.origin,
            "lawful_basis": options.lawful_basis,
            "marking": options.marking,
            "retain_until": options.retain_until,
            "source": "+".join(sorted(self.sources)),
            "version": max(self.sources.values(), default=0),
            "mapping": to_json(list(self.read_as.values())),
            "rows": self.rows.total(),
            "rejects": self.rejects.total(),
        }

    def _report(self) -> FileReport:
        status: Status = "collected" if self.rows else "rejected"
        if self.collector.options.dry_run:
            status = "previewed"
        notes = [f"{note} ({count} members)" if count > 1 else note for note, count in self.notes.items()]
        return FileReport(
            self.name, self.kept.original_id, status, sorted(self.sources), dict(self.rows), dict(self.rejects), notes
        )


def _ahead(found: Sequence[_Given], keep: Callable[[_Given], Kept | Reject]) -> Iterator[tuple[_Given, Kept | Reject]]:
    """Each with what `keep` made of it, in order; some are kept ahead: a disk syncs slower than it reads."""
    threads = ThreadPoolExecutor(_THREADS)
    try:
        waiting = deque((one, threads.submit(keep, one)) for one in found[:_AHEAD])
        for one in chain(found[_AHEAD:], repeat(None)):
            if not waiting:
                return
            yield waiting[0][0], waiting.popleft()[1].result()
            if one is not None:
                waiting.append((one, threads.submit(keep, one)))
    finally:
        threads.shutdown(cancel_futures=True)


def _name(found: _Given) -> str:
    return found.name if isinstance(found, Received) else found.position


def _first(items: Iterator[Batch | Reject]) -> Iterator[Batch | Reject]:
    yield from islice(items, _PREVIEW_ITEMS)


def _shown(excerpt: str) -> str:
    return excerpt[:_EXCERPT].encode("utf-8", "replace").decode()

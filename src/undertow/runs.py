"""Runs: atomic and repeatable. A run writes new folders, then replaces one pointer; a killed run leaves nothing.

One run of the stages and one collection may be at work side by side: the stages see what was collected when they began.
"""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from filelock import FileLock, Timeout

from undertow.errors import BusyError, OutsideError, UserError

POINTER = "CURRENT.json"
COLLECT = "collect"  # the kind of run that adds rows; every other replaces them
_ADDED_TO = frozenset({"lineage"})  # a machine table whose earlier runs stay current
_ABSORBED = frozenset({"alerts", "alert_news"})  # of which a run takes over what collections added
_KEPT = frozenset({"leads"})  # superseded rows that stay on the disk: "new since" compares with them

Pointers = dict[str, dict[str, list[str]]]
"""Table, kind of run (collect or run), the runs whose rows are current, oldest first."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Which run of each table is the current one, in the folder `root` of a workspace; `held`: as it was then."""

    root: Path
    held: Pointers | None = None

    @property
    def tables(self) -> Path:
        """The folder that holds every table."""
        return self.root / "tables"

    def pointers(self) -> Pointers:
        """What CURRENT.json says; empty before the first run."""
        if self.held is not None:
            return self.held
        path = self.tables / POINTER
        try:
            held: Pointers = orjson.loads(path.read_bytes())["tables"]
        except FileNotFoundError:
            return {}
        except (orjson.JSONDecodeError, KeyError) as error:
            hint = "restore it from a backup, or remove tables/ and collect again: originals/ holds every file"
            raise OutsideError(f"{path} cannot be read", hint=hint) from error
        return held

    def files(self, table: str) -> list[Path]:
        """The Parquet files of a table's current rows, in a fixed order."""
        by_kind = self.pointers().get(table, {})
        return [path for kind in sorted(by_kind) for run in by_kind[kind] for path in self.files_of(table, run)]

    def files_of(self, table: str, run: str) -> list[Path]:
        """The Parquet files that one run wrote of a table."""
        return sorted((self.tables / table / run).glob("*.parquet"))

    def current_run(self, table: str) -> str:
        """The latest run whose rows of a table are current; empty where there is none."""
        return max((run for runs in self.pointers().get(table, {}).values() for run in runs), default="")

    @property
    def collections(self) -> list[str]:
        """The collections that kept something, oldest first; only later ones are ever added."""
        return self.pointers().get("originals", {}).get(COLLECT, [])

    def made_by(self, table: str) -> str:
        """What the current run of a table said of its code and settings; empty where it said nothing."""
        return str(self.said_of(table).get("made_by", ""))

    def said_of(self, table: str) -> dict[str, Any]:
        """The facts of the current run of a table; none where there is no such run."""
        path = self.root / "runs" / f"{self.current_run(table)}.json"
        said: dict[str, Any] = orjson.loads(path.read_bytes()) if path.is_file() else {}
        return said

    def history(self, table: str) -> list[str]:
        """The finished runs whose rows of a table are still on the disk, oldest first."""
        finished = {path.stem for path in (self.root / "runs").glob("*.json")}
        folder = self.tables / table
        return sorted(path.name for path in folder.iterdir() if path.name in finished) if folder.is_dir() else []

    def run_at(self, table: str, moment: str) -> str:
        """The run of a table that was current at a time (ISO 8601), or is named; empty where there was none yet."""
        runs = self.history(table)
        if moment in runs:
            return moment
        try:
            limit = datetime.fromisoformat(moment)
        except ValueError as error:
            hint = "write a time like 2026-11-20 or 2026-11-20T08:00, or a run's id from the folder runs/"
            raise UserError(f"{moment!r} is neither a time nor a run", hint=hint) from error
        limit = limit if limit.tzinfo else limit.replace(tzinfo=UTC)
        earlier = [run for run in runs if datetime.strptime(run[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) <= limit]
        return earlier[-1] if earlier else ""


@dataclass(slots=True)
class Run:
    """One run in the making: its id, where it writes, what it will say of itself; `catalogue`: as it was at the start.

    Who holds `collecting` may make what it wrote current, and no collection does so meanwhile. A run may take hold
    of it before its end, to write what depends on what collections wrote till then.
    """

    id: str
    kind: str
    catalogue: Catalogue
    started: datetime
    collecting: FileLock
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def scratch(self) -> Path:
        """A folder for this run's steps; it goes with the run."""
        return self.catalogue.tables / ".scratch" / self.id

    def target(self, table: str) -> Path:
        """The folder where this run writes `table`."""
        return self.catalogue.tables / table / self.id


@contextmanager
def running(root: Path, kind: str) -> Iterator[Run]:
    """One run of its kind at a time: what it wrote is current when the block ends well, and removed when it does not.

    A run that is no collection waits at its end for a collection at work.
    """
    catalogue = Catalogue(root)
    (root / "runs").mkdir(exist_ok=True)
    with _alone(root / "runs" / _lock(kind)):
        started = datetime.now(UTC)
        run_id = f"{started:%Y%m%dT%H%M%S}Z-{secrets.token_hex(3)}"
        (root / "runs" / f".{run_id}{_making(kind)}").touch()
        _sweep(catalogue, kind, run_id)
        held = Catalogue(root, catalogue.pointers())
        run = Run(run_id, kind, held, started, FileLock(root / "runs" / _lock(COLLECT)))
        try:
            yield run
            with nullcontext() if kind == COLLECT else run.collecting:
                _commit(run, catalogue)
        finally:
            run.collecting.release(force=True)
            _sweep(catalogue, kind)


def _lock(kind: str) -> str:
    return ".collect.lock" if kind == COLLECT else ".lock"


def _making(kind: str) -> str:
    return ".collecting" if kind == COLLECT else ".running"


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    try:
        with FileLock(path).acquire(timeout=0):
            yield
    except Timeout as error:
        raise BusyError(
            "another run is at work in this workspace", hint="wait until it ends, then try again"
        ) from error


def _commit(run: Run, catalogue: Catalogue) -> None:
    written = _written(run)
    pointers = catalogue.pointers()
    for table in written:
        by_kind = pointers.setdefault(table, {})
        added = run.kind == COLLECT or table in _ADDED_TO
        if table in _ABSORBED and run.kind != COLLECT:
            by_kind.clear()
        by_kind[run.kind] = [*(by_kind.get(run.kind, []) if added else []), run.id]
    seconds = (datetime.now(UTC) - run.started).total_seconds()
    said = {
        "run": run.id,
        "kind": run.kind,
        "started": run.started.isoformat(),
        "seconds": round(seconds, 3),
        **run.facts,
    }
    replace_file(catalogue.root / "runs" / f"{run.id}.json", _json(said))
    replace_file(catalogue.tables / POINTER, _json({"version": 1, "tables": pointers}))


def _written(run: Run) -> list[str]:
    folder = run.catalogue.tables
    return sorted(path.name for path in folder.glob("[!.]*") if (path / run.id).is_dir())


def _sweep(catalogue: Catalogue, kind: str, run_id: str = "") -> None:
    """Removes what killed and superseded runs left; the run before the current one stays for readers still in it.

    What a run of the other kind is making stays too. Who calls is alone with its kind: `run_id` is what it makes.
    """
    for mark in (catalogue.root / "runs").glob(f".*{_making(kind)}"):
        if mark.stem != f".{run_id}":
            mark.unlink()
    # what is there, then what is being made, then what is current: a run that begins or ends meanwhile loses nothing
    there = {table: _folders(table) for table in _swept(catalogue)}
    making = {mark.stem[1:] for end in (COLLECT, "") for mark in (catalogue.root / "runs").glob(f".*{_making(end)}")}
    kept = _in_use(catalogue, there)
    for table, names in there.items():
        for name in names - making - kept.get(table, set()):
            shutil.rmtree(table / name, ignore_errors=True)
    if not making:
        with suppress(OSError):
            (catalogue.tables / ".scratch").rmdir()


def _swept(catalogue: Catalogue) -> list[Path]:
    return [*catalogue.tables.glob("[!.]*"), catalogue.tables / ".scratch"]


def _folders(table: Path) -> set[str]:
    if not table.is_dir():
        return set()
    with os.scandir(table) as found:  # there are as many as collections: a Path for each would take long
        return {one.name for one in found if one.is_dir()}


def _in_use(catalogue: Catalogue, there: Mapping[Path, Set[str]]) -> dict[Path, set[str]]:
    pointers = catalogue.pointers()
    finished = {path.stem for path in (catalogue.root / "runs").glob("*.json")}
    kept: dict[Path, set[str]] = {}
    for table in there.keys() - {catalogue.tables / ".scratch"}:
        current = {run for runs in pointers.get(table.name, {}).values() for run in runs}
        older = sorted((there[table] & finished) - current)
        kept[table] = current | set(older if table.name in _KEPT else older[-1:])
    return kept


def replace_file(path: Path, content: bytes) -> None:
    """Puts `content` at `path` so that a reader sees the old file or the new one, never half of either."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

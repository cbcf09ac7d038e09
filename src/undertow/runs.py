"""Runs: atomic and repeatable. A run writes new folders, then replaces one pointer; a killed run leaves nothing."""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import orjson
from filelock import FileLock, Timeout

from undertow.errors import BusyError, OutsideError, UserError

POINTER = "CURRENT.json"
_ADDED_TO = frozenset({"lineage"})  # a machine table whose earlier runs stay current
_KEPT = frozenset({"leads"})  # superseded rows that stay on the disk: "new since" compares with them

Pointers = dict[str, dict[str, list[str]]]
"""Table, kind of run (collect or run), the runs whose rows are current, oldest first."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Which run of each table is the current one, in the folder `root` of a workspace."""

    root: Path

    @property
    def tables(self) -> Path:
        """The folder that holds every table."""
        return self.root / "tables"

    def pointers(self) -> Pointers:
        """What CURRENT.json says; empty before the first run."""
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

    def made_by(self, table: str) -> str:
        """What the current run of a table said of its code and settings; empty where it said nothing."""
        path = self.root / "runs" / f"{self.current_run(table)}.json"
        return str(orjson.loads(path.read_bytes()).get("made_by", "")) if path.is_file() else ""

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
    """One run in the making: its id, where it writes, and what it will say of itself."""

    id: str
    kind: str
    catalogue: Catalogue
    started: datetime
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
    """One run at a time: what it wrote becomes current when the block ends well, and is removed when it does not."""
    catalogue = Catalogue(root)
    with _alone(root):
        _sweep(catalogue)
        started = datetime.now(UTC)
        run = Run(f"{started:%Y%m%dT%H%M%S}Z-{secrets.token_hex(3)}", kind, catalogue, started)
        try:
            yield run
            _commit(run)
        finally:
            _sweep(catalogue)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    (root / "runs").mkdir(exist_ok=True)
    lock = FileLock(root / "runs" / ".lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout as error:
        raise BusyError(
            "another run is at work in this workspace", hint="wait until it ends, then try again"
        ) from error


def _commit(run: Run) -> None:
    written = _written(run)
    pointers = run.catalogue.pointers()
    for table in written:
        by_kind = pointers.setdefault(table, {})
        added = run.kind == "collect" or table in _ADDED_TO
        by_kind[run.kind] = [*(by_kind.get(run.kind, []) if added else []), run.id]
    seconds = (datetime.now(UTC) - run.started).total_seconds()
    said = {
        "run": run.id,
        "kind": run.kind,
        "started": run.started.isoformat(),
        "seconds": round(seconds, 3),
        **run.facts,
    }
    replace_file(run.catalogue.root / "runs" / f"{run.id}.json", _json(said))
    replace_file(run.catalogue.tables / POINTER, _json({"version": 1, "tables": pointers}))


def _written(run: Run) -> list[str]:
    folder = run.catalogue.tables
    return sorted(path.name for path in folder.iterdir() if (path / run.id).is_dir()) if folder.is_dir() else []


def _sweep(catalogue: Catalogue) -> None:
    """Removes what killed and superseded runs left; the run before the current one stays for readers still in it."""
    shutil.rmtree(catalogue.tables / ".scratch", ignore_errors=True)
    if not catalogue.tables.is_dir():
        return
    for table, kept in _in_use(catalogue).items():
        for folder in sorted((catalogue.tables / table).iterdir()):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)


def _in_use(catalogue: Catalogue) -> Mapping[str, set[str]]:
    pointers = catalogue.pointers()
    kept: dict[str, set[str]] = {}
    for folder in catalogue.tables.iterdir():
        if folder.is_dir() and not folder.name.startswith("."):
            current = {run for runs in pointers.get(folder.name, {}).values() for run in runs}
            finished: Sequence[str] = catalogue.history(folder.name)
            older = [run for run in finished if run not in current]
            kept[folder.name] = current | set(older if folder.name in _KEPT else older[-1:])
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

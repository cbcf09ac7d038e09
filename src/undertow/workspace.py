"""A workspace: a folder the user can see, and everything Undertow does in it. The command line and pages call this."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from undertow import settings as settings_
from undertow import tables
from undertow.engine.duckdb import DuckEngine
from undertow.errors import UserError
from undertow.events import Emit, Event, silent
from undertow.review import queries, store
from undertow.runs import Catalogue, Run, running

if TYPE_CHECKING:
    from undertow.collect.run import Preview, Summary
    from undertow.link.paths import Step

STAGES = ("extract", "match", "link", "assess")

_LIBRARIES = ("duckdb", "numba", "numpy", "phonenumbers", "pyarrow", "undertow")


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did: its id, the rows it wrote by table, the seconds of each stage."""

    run: str
    rows: dict[str, int]
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace on the disk; `start` makes one, `open` finds one."""

    root: Path
    settings: settings_.Settings

    @classmethod
    def start(cls, folder: str | Path, *, name: str = "", country: str = "", timezone: str = "UTC") -> Self:
        """Makes an empty workspace in `folder`, which may exist but may not be a workspace yet."""
        root = Path(folder).resolve()
        path = root / settings_.FILE_NAME
        if path.exists():
            raise UserError(f"{root} is a workspace already", hint="use it as it is, or choose another folder")
        about = {"name": name or root.name, "country": country, "timezone": timezone}
        made = settings_.validate({"about": about}, "the command")
        root.mkdir(parents=True, exist_ok=True)
        for folder_name in ("originals", "tables", "runs", "exports"):
            (root / folder_name).mkdir(exist_ok=True)
        key = root / "secret.key"  # keys the digests under which bank accounts and cards are stored
        key.touch(mode=0o600)
        key.write_text(os.urandom(32).hex() + "\n", "ascii")
        path.write_text(settings_.template(made), "utf-8")
        return cls(root, made)

    @classmethod
    def open(cls, folder: str | Path | None = None) -> Self:
        """The workspace in `folder`, or, where none is given, the nearest one upwards from the current folder."""
        if folder is not None:
            root = Path(folder).resolve()
            if not (root / settings_.FILE_NAME).is_file():
                hint = f"create one with `undertow start {folder}`, or pass a folder that holds {settings_.FILE_NAME}"
                raise UserError(f"no workspace in {folder}", hint=hint)
            return cls(root, settings_.read(root / settings_.FILE_NAME))
        for root in (Path.cwd(), *Path.cwd().parents):
            if (root / settings_.FILE_NAME).is_file():
                return cls(root, settings_.read(root / settings_.FILE_NAME))
        hint = "create one with `undertow start FOLDER`, or name one with `-w FOLDER`"
        raise UserError(f"no workspace in {Path.cwd()} or above it", hint=hint)

    @property
    def catalogue(self) -> Catalogue:
        """Which run of each table is current."""
        return Catalogue(self.root)

    @property
    def decisions(self) -> store.Store:
        """What people decided here."""
        return store.Store(self.root / store.FILE_NAME)

    @property
    def key(self) -> bytes:
        """The secret of this workspace; raises `UserError` where its file is gone."""
        try:
            return bytes.fromhex((self.root / "secret.key").read_text("ascii").strip())
        except (OSError, ValueError) as error:
            hint = "restore it from a backup; without it masked accounts no longer match those found before"
            raise UserError(f"{self.root / 'secret.key'} cannot be read", hint=hint) from error

    def run(self, stages: Sequence[str] = STAGES, *, emit: Emit = silent) -> Done:
        """Runs the machine stages over everything collected; what they made is current once all have ended well."""
        with running(self.root, "run") as run, self._writing(run, emit) as engine:
            engine.write("cuts", self.decisions.cuts())
            seconds = {}
            for stage in STAGES:
                if stage in stages:
                    emit(Event(stage, "begins"))
                    began = perf_counter()
                    self._run_stage(stage, engine, emit)
                    seconds[stage] = round(perf_counter() - began, 3)
            rows = {name: data.rows for name, data in sorted(engine.written.items())}
            run.facts |= {"rows": rows, "stages": seconds, **self._provenance()}
        return Done(run.id, rows, seconds)

    def leads(self, *, new_since: str = "") -> pa.Table:
        """The leads, the most pressing first, as an Arrow table.

        `new_since` is a time (ISO 8601) or a run's id: only leads that are new or changed since the last run that had
        ended then, with a column `change` that says which.
        """
        now = self.ask("SELECT * FROM leads").sort_by([("score", "descending"), ("lead_id", "ascending")])
        if not new_since:
            return now
        before = self._leads_at(new_since)
        known = dict(zip(before["lead_id"].to_pylist(), before["digest"].to_pylist(), strict=True))
        change = [
            "new" if lead not in known else "" if known[lead] == digest else "changed"
            for lead, digest in zip(now["lead_id"].to_pylist(), now["digest"].to_pylist(), strict=True)
        ]
        return now.append_column("change", pa.array(change, pa.string())).filter(pa.array([bool(c) for c in change]))

    def ask(self, sql: str) -> pa.Table:
        """Runs portable SQL (see `undertow.engine.portable`) over the current tables."""
        with self.reading() as engine:
            return engine.fetch(engine.query(sql))

    @contextmanager
    def reading(self, emit: Emit = silent) -> Iterator[DuckEngine]:
        """An engine over the current tables that writes none."""
        with tempfile.TemporaryDirectory(prefix="undertow-") as scratch, self._engine(Path(scratch), emit) as engine:
            yield engine

    def table(self, name: str) -> pa.Table:
        """The current rows of any table of `undertow.tables`."""
        if name not in tables.TABLES:
            raise UserError(f"no table {name}", hint="there are " + ", ".join(tables.TABLES))
        with self.reading() as engine:
            return engine.fetch(engine.read(name))

    def _engine(self, scratch: Path, emit: Emit, run: Run | None = None) -> DuckEngine:
        own = self.settings.engine
        target = run.target if run else lambda table: scratch / table
        return DuckEngine(self.catalogue.files, target, scratch, threads=own.threads, memory=own.memory, emit=emit)

    @contextmanager
    def _writing(self, run: Run, emit: Emit) -> Iterator[DuckEngine]:
        with self._engine(run.scratch, emit, run) as engine:
            yield engine

    def _leads_at(self, moment: str) -> pa.Table:
        files = self.catalogue.files_of("leads", _run_at(self.catalogue, moment))
        return pa.concat_tables([pq.read_table(path, partitioning=None) for path in files] or [tables.empty("leads")])

    def _provenance(self) -> dict[str, object]:
        counts = {name: rows for name in tables.RECORDS if (rows := _count(self.catalogue, name))}
        return {
            "inputs": counts,
            "originals": sorted(self.table("originals")["original_id"].to_pylist()),
            "settings": self.settings.model_dump(),
            "versions": {name: version(name) for name in _LIBRARIES},
        }


def _count(catalogue: Catalogue, table: str) -> int:
    return sum(pq.read_metadata(path).num_rows for path in catalogue.files(table))


def _run_at(catalogue: Catalogue, moment: str) -> str:
    runs = catalogue.history("leads")
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

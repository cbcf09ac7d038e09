"""A workspace: a folder the user can see, and everything Undertow does in it. The command line and pages call this."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal, Self

import pyarrow as pa
import pyarrow.parquet as pq

from undertow import settings as settings_
from undertow import tables
from undertow.assess import versions
from undertow.engine.base import Engine
from undertow.engine.duckdb import DuckEngine
from undertow.engine.memo import Memo, code
from undertow.errors import UserError
from undertow.events import Emit, Event, silent
from undertow.extract import find
from undertow.ids import digest
from undertow.link.paths import strongest_path
from undertow.review import pairs, queries, store
from undertow.review.audit import HEAD, Trail
from undertow.runs import Catalogue, Run, running
from undertow.watch import run as alerting

if TYPE_CHECKING:
    from undertow.collect.summary import Summary
    from undertow.engine.spark import SparkEngine
    from undertow.evaluate.contract import Evaluation
    from undertow.learning import Learned
    from undertow.reporting import Format
    from undertow.review.proposing import Proposal

STAGES = ("extract", "match", "link", "assess")
EngineName = Literal["duckdb", "spark"]

_LIBRARIES = ("duckdb", "numba", "numpy", "phonenumbers", "pyarrow", "undertow")


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did: its id, the rows it wrote by table, the seconds of each stage, its version of the weights."""

    run: str
    rows: dict[str, int]
    seconds: dict[str, float]
    weights: str = ""


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
        return store.Store(self.root / store.FILE_NAME, self.audit)

    def said(self) -> pairs.Standing:
        """What people said of records, as things stand; see `undertow.pairing`."""
        return pairs.standing(self.decisions)

    def decided(self) -> dict[str, pa.Table]:
        """What people decided that the stage `link` reads, as tables."""
        return {"cuts": self.decisions.cuts(), **pairs.written(self.said())}

    @property
    def audit(self) -> Trail:
        """Who looked, searched, decided and exported here; see `undertow.review.audit`."""
        head = self.settings.audit.head
        return Trail(self.root / store.FILE_NAME, self.root / "secret.key", self.root / (head or HEAD))

    @property
    def key(self) -> bytes:
        """The secret of this workspace; raises `UserError` where its file is gone."""
        try:
            return bytes.fromhex((self.root / "secret.key").read_text("ascii").strip())
        except (OSError, ValueError) as error:
            hint = "restore it from a backup; without it masked accounts no longer match those found before"
            raise UserError(f"{self.root / 'secret.key'} cannot be read", hint=hint) from error

    def run(
        self,
        stages: Sequence[str] = STAGES,
        *,
        engine: EngineName = "duckdb",
        master: str = "",
        conf: Mapping[str, str] | None = None,
        watched: bool = False,
        emit: Emit = silent,
    ) -> Done:
        """Runs the machine stages over everything collected; what they made is current once all have ended well.

        `engine` "spark" runs them on Apache Spark: on `master` (this machine where empty), with its own settings in
        `conf`. The tables are the same. Raises `UserError` or `OutsideError` where Spark cannot be had.
        `watched` writes alerts; from then on every run does: a watch tells what others changed meanwhile.
        """
        from undertow import relisting

        relisting.restore(self)
        with running(self.root, "run") as run, self._runner(run, emit, engine, master, conf or {}) as engine_:
            run.facts["engine"] = engine
            return self._run(run, stages, engine_, emit, watched=watched or bool(self.catalogue.current_run("alerts")))

    def _run(
        self, run: Run, stages: Sequence[str], engine: "DuckEngine | SparkEngine", emit: Emit, *, watched: bool
    ) -> Done:
        before = alerting.before(engine) if watched else {}
        from undertow import listing

        for name, rows in self.decided().items():
            engine.write(name, rows)
        engine.write("lists_in_force", listing.in_force(self))
        engine.write("hits_answered", listing.answered(self))
        self._carry_rejects(engine, stages)
        seconds = {}
        for stage in STAGES:
            if stage in stages:
                emit(Event(stage, "begins"))
                began = perf_counter()
                self._run_stage(stage, engine, emit)
                seconds[stage] = round(perf_counter() - began, 3)
        if engine.memo:
            engine.memo.sweep(stages, run.started.timestamp())
        if not isinstance(engine, DuckEngine):
            run.facts["spark"] = engine.volumes()
        rows = {name: data.rows for name, data in sorted(engine.written.items())}
        used = versions.name(self.root, self.settings.assess.weights) if "assess" in stages else ""
        said = {"rows": rows, "stages": seconds, "weights": used, "made_by": self._made_by}
        run.facts |= said | self._provenance(engine) | {"collections": len(run.catalogue.collections)}
        if watched:
            from undertow import watching

            run.facts |= watching.notice(self, run, engine, before)
        return Done(run.id, rows, seconds, used)

    def collect(self, paths: Sequence[str | Path], *, emit: Emit = silent, **said: Any) -> "Summary":
        """Keeps files under their hash and reads their records; `said` holds the fields of `undertow.collecting.Said`.

        With `dry_run=True` nothing is written and the summary holds a preview of every file. What cannot be read is in
        `rejects`; `UserError` is raised only where a path does not exist or what was said cannot be.
        """
        from undertow.collecting import Said, collect_into

        return collect_into(self, [Path(path) for path in paths], Said(**said), emit)

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
        return now.append_column("change", pa.array(change, pa.string())).filter(
            pa.array([bool(c) for c in change], pa.bool_())
        )

    def lead(self, lead_id: str) -> dict[str, Any]:
        """One lead, by its id or its network's: the row of the table `leads`."""
        return queries.lead(self.ask, lead_id)

    def network(self, network_id: str) -> dict[str, Any]:
        """One network: its row, its `members` with the step that holds each, its `brokers`, its `lineage`."""
        of = {"network": queries.network(self.ask, network_id), "members": queries.members(self.ask, network_id)}
        of |= {name: queries.part(self.ask, name, "network_id", [network_id]) for name in ("brokers", "lineage")}
        return {name: rows.to_pylist() if isinstance(rows, pa.Table) else rows for name, rows in of.items()}

    def search(self, value: str) -> pa.Table:
        """Every mention of a value, in whatever form it is written, with the network that its record is in."""
        return queries.mentions_of(self.ask, self._forms(value), value)

    def why(self, a: str, b: str) -> list[dict[str, Any]]:
        """The strongest path between two records: steps with a `sentence` and the `evidence` (mentions) of each."""
        return queries.path(self.ask, strongest_path, a, b)

    def selector(self, text: str, kind: str = "") -> tuple[str, str]:
        """The kind and value of what ties records that `text` means; raises `UserError` unless it means just one."""
        return queries.selector(self.ask, self._forms(text), text, kind)

    def rejects(self) -> pa.Table:
        """What could not be read, with the name of the file."""
        return queries.rejects(self.ask)

    def cut(
        self, selector: str, *, because: str, undo: bool = False, kind: str = "", who: str = "", emit: Emit = silent
    ) -> store.Judgement:
        """Marks a selector as shared or wrong, or takes that back; networks and leads are made anew."""
        via_kind, via = self.selector(selector, kind)
        done = self.decisions.judge("undo cut" if undo else "cut", via_kind, via, because=because, who=who)
        self.run(("link", "assess"), emit=emit)
        return done

    def judge(
        self, lead_id: str, answer: Literal["confirm", "reject", "undo"], *, because: str, who: str = ""
    ) -> store.Judgement:
        """Keeps whether a lead is what it looks like, or takes the last answer back; see `undertow.review.judged`."""
        from undertow import learning

        return learning.judge(self, lead_id, answer, because=because, who=who)

    def judged(self) -> Mapping[str, bool]:
        """The networks that are judged as things stand: whether each was confirmed."""
        from undertow import learning

        return learning.answers(self).networks

    def next(self) -> "Proposal | None":
        """The lead whose answer would teach most, and why; None where all are judged."""
        from undertow import learning

        return learning.propose(self)

    def learn(
        self, truth: str | Path = "", *, anyway: bool = False, dry_run: bool = False, emit: Emit = silent
    ) -> "Learned":
        """Refits the weights to what people judged, or to a truth; a new version is written where it does better.

        Raises `UserError` where too little is judged. `anyway` writes it though it does no better, `dry_run` never.
        """
        from undertow import learning

        return learning.learn(self, Path(truth) if truth else None, anyway=anyway, dry_run=dry_run, emit=emit)

    def weights(self) -> list[versions.Version]:
        """Every version of the weights; one is `used` by the next run."""
        return versions.listed(self.root, self.settings.assess.weights)

    def report(
        self,
        lead_id: str = "",
        *,
        formats: Sequence["Format"] = ("html",),
        redact: bool = False,
        output: Path | None = None,
        note: str = "",
    ) -> list[Path]:
        """Writes the report on one lead, or on all; gives the paths of the files. `note` stands beside the figures."""
        from undertow import reporting

        return reporting.write(self, lead_id, formats, redact=redact, output=output, note=note)

    def watch(self, folder: str | Path, alerts: str | Path, **said: Any) -> int:
        """Collects and runs what arrives in `folder`, and adds each alert once to the file `alerts` (JSON lines).

        `said` are the options of `undertow.watching.watch`, which runs until it is stopped unless `once=True`.
        """
        from undertow import watching

        return watching.watch(self, Path(folder), Path(alerts), **said)

    def evaluate(self, truth: str | Path, *, emit: Emit = silent) -> "Evaluation":
        """Holds the current tables against a truth, a made-up world's or a CSV of labels; figures are kept in runs/.

        Raises `UserError` where there is no truth at that path.
        """
        from undertow import evaluating

        return evaluating.evaluate(self, Path(truth), emit)

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

    def engine_of(self, run: Run, emit: Emit = silent) -> DuckEngine:
        """An engine that writes the tables of a run in the making."""
        return self._engine(run.scratch, emit, run)

    def _engine(self, scratch: Path, emit: Emit, run: Run | None = None) -> DuckEngine:
        own = self.settings.engine
        target = run.target if run else lambda table: scratch / table
        files = (run.catalogue if run else self.catalogue).files
        return DuckEngine(files, target, scratch, own.threads, own.memory, emit, self._memo, self._earlier)

    def _runner(
        self, run: Run, emit: Emit, engine: EngineName, master: str, conf: Mapping[str, str]
    ) -> "DuckEngine | SparkEngine":
        if engine == "duckdb":
            if master or conf:
                raise UserError("a master and its settings are Spark's", hint="add --engine spark")
            return self.engine_of(run, emit)
        from undertow.engine.spark import SparkEngine

        own = self.settings.engine
        where = master or f"local[{own.threads or '*'}]"
        files, memo = run.catalogue.files, self._memo
        return SparkEngine(files, run.target, run.scratch, where, own.memory, conf, emit, memo, self._earlier)

    @property
    def _memo(self) -> Memo:
        return Memo(self.catalogue.tables / ".memo")

    def _earlier(self, table: str) -> list[Path]:
        return self.catalogue.files(table) if self.catalogue.made_by(table) == self._made_by else []

    @property
    def _made_by(self) -> str:
        return digest(code(), self.settings.model_dump_json())

    def _run_stage(self, stage: str, engine: Engine, emit: Emit) -> None:
        options: dict[str, dict[str, Any]] = {
            "extract": {"country": self.settings.about.country, "key": self.key},
            "link": self.settings.link.model_dump(),
            "assess": {"weights": versions.chosen(self.root, self.settings.assess.weights)},
        }
        module = import_module(f"undertow.{stage}.run")
        module.run(engine, module.Options(**options.get(stage, {})), emit)

    def _carry_rejects(self, engine: Engine, stages: Sequence[str]) -> None:
        """What a stage that is not run again rejected stays rejected."""
        others = [stage for stage in STAGES if stage not in stages]
        if others:
            kept = queries.part(lambda sql: engine.fetch(engine.query(sql)), "rejects", "stage", others)
            engine.write("rejects", kept)

    def _forms(self, text: str) -> list[tuple[str, str]]:
        found = find(text, country=self.settings.about.country or None, key=self.key)
        return [(mention.kind, mention.value) for mention in found]

    def _leads_at(self, moment: str) -> pa.Table:
        files = self.catalogue.files_of("leads", self.catalogue.run_at("leads", moment))
        return pa.concat_tables([pq.read_table(path, partitioning=None) for path in files] or [tables.empty("leads")])

    def _provenance(self, engine: Engine) -> dict[str, object]:
        return {
            "inputs": {name: rows for name in tables.RECORDS if (rows := engine.read(name).rows)},
            "originals": sorted(engine.fetch(engine.read("originals"))["original_id"].to_pylist()),
            "settings": self.settings.model_dump(),
            "versions": {name: version(name) for name in _LIBRARIES},
        }

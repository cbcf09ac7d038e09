"""The door to watching: files that arrive in a folder are collected and run, and what they change is told once."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from undertow.assess import versions, weights
from undertow.collecting import Said, collect_into
from undertow.engine.base import Dataset, Engine
from undertow.errors import BusyError, UserError
from undertow.events import silent
from undertow.extract import find
from undertow.following import Follower
from undertow.looking import Looker, remember
from undertow.review.store import Judgement
from undertow.runs import Catalogue, Run
from undertow.seconding import Second
from undertow.stopping import Stop
from undertow.tables import SELECTORS
from undertow.watch import folder as folders
from undertow.watch import run as alerting
from undertow.watch.courier import Courier
from undertow.watch.outbox import Outbox
from undertow.watch.receiver import Receiver, receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undertow.workspace import Workspace

__all__ = ["Outside", "Receiver", "Say", "Tell", "attempt", "mute", "notice", "receiver", "wait_for", "watch"]

EVERY = 0.25  # seconds from one look to the next; a file is taken at the second look that sees it the same
REST = 10  # looks in a row that find nothing new: then a whole run follows
LATEST = 60.0  # seconds, or as many as the last one took, after which a whole run follows all the same

INPUT = Path("-")  # instead of a folder: standard input
INPUT_ORIGIN = "standard input"

Tell = Callable[[Mapping[str, Any]], None]
Say = Callable[[str], None]


def _unheard(_what: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Outside:
    """Who stands beside a watch: `tell` hears every alert as a row of the table, `say` what is done, `stop` ends it."""

    tell: Tell = _unheard
    say: Say = _unheard
    stop: Stop = field(default_factory=Stop)


@dataclass(slots=True)
class Watch:
    """A watch at work: what it looks at, where alerts go, and which files it has handled."""

    workspace: "Workspace"
    folder: Path
    outbox: Outbox
    outside: Outside
    behind: bool  # something was collected that no run has seen, nor one at work
    looker: Looker
    follower: Follower
    done: dict[Path, tuple[int, int]] = field(default_factory=dict)
    delivered: set[tuple[str, str]] = field(default_factory=set)  # what wrote the alerts that are in the outbox
    courier: Courier | None = None
    quiet: int = 0  # looks in a row that found nothing
    since: float = 0.0  # when the first was collected that no run has seen
    began: float = 0.0  # when the run at work began
    took: float = 0.0  # seconds of the last one

    @property
    def stop(self) -> Stop:
        """Whether the end is wanted."""
        return self.outside.stop

    def say(self, what: str) -> None:
        """Says what is done."""
        self.outside.say(what)

    @property
    def origin(self) -> str:
        """Where records come from, as their originals say it."""
        return INPUT_ORIGIN if self.folder == INPUT else str(self.folder)

    def take(self, paths: list[Path], now: folders.Seen) -> None:
        """Collects these files, and with them the alerts of a first look."""
        said = Said(origin=self.origin)
        try:
            summary = collect_into(self.workspace, paths, said, silent, self.looker.look)
        except BaseException:
            self.looker.forget()
            raise
        self.done |= {path: now[path] for path in paths}
        if any(one.status == "collected" for one in summary.files):
            self.since = self.since if self.behind else time.monotonic()
            self.behind = True
        self.say(f"{len(paths):,} files, {sum(summary.rows.values()):,} new records")

    def catch_up(self) -> None:
        """Runs the stages over what no run has seen, and waits for that; broken off where the end is wanted."""
        with self.stop.breaking_off():
            if not self.stop.wanted:
                self.follower.ended(wait=True)
            while self.behind and not self.stop.wanted:
                self.workspace.run(watched=True)
                self.behind = False

    def follow(self) -> None:
        """Has a run follow beside the watch where it is time; what ended one is raised once it has ended."""
        self._follower_ended()
        late = time.monotonic() - self.since > max(LATEST, self.took)
        if self.behind and not self.follower.at_work and (late or self.quiet >= REST):
            self.follower.start()
            self.behind, self.began = False, time.monotonic()

    def _follower_ended(self) -> None:
        if not self.follower.at_work:
            return
        try:
            if self.follower.ended():
                self.took = time.monotonic() - self.began
        except BusyError as error:
            self.behind, self.quiet, self.since = True, -4 * REST, time.monotonic()  # to ask costs a process
            self.say(f"{error.message}; the watch waits")

    def deliver(self) -> int:
        """Brings every alert that is not muted into the file and to the terminal, and counts those that were new."""
        catalogue = self.workspace.catalogue
        held = {(kind, run) for kind, runs in catalogue.pointers().get("alerts", {}).items() for run in runs}
        rows = [row for _, run in sorted(held - self.delivered) for row in _alerts_of(catalogue, run)]
        new = self.outbox.add([row for row in rows if not row["muted"]])
        if new and self.courier:
            self.courier.wake()
        for row in new:
            self.outside.tell(row)
        self.delivered = held
        return len(new)


def _alerts_of(catalogue: Catalogue, run: str) -> list[dict[str, Any]]:
    """The alerts that a run or a collection wrote; none where a later run took them over meanwhile."""
    import pyarrow.parquet as pq

    try:
        return [
            row
            for path in catalogue.files_of("alerts", run)
            for row in pq.read_table(path, partitioning=None).to_pylist()
        ]
    except FileNotFoundError:
        return []


def watch(
    workspace: "Workspace",
    folder: Path,
    alerts: Path,
    *,
    every: float = EVERY,
    once: bool = False,
    webhook: Receiver | None = None,
    outside: Outside | None = None,
) -> int:
    """Handles files as they arrive, until it is stopped, or with `once` what is there; gives how many alerts it told.

    Where `folder` is "-", standard input is read to its end, JSON lines, in batches that end after `every` seconds.
    `outside` hears of it; `webhook` is posted each line of the file. Once the end is wanted, what is in the hand is
    finished and a run at work is broken off. What an earlier watch left undone, however it ended, is done first. Raises
    `UserError` where the folder cannot be watched, or another watch is at work.
    """
    _check(workspace, folder, alerts)
    with _alone(workspace.root), ExitStack() as held:
        engine, follower = held.enter_context(workspace.reading()), Follower(workspace.root)
        engine.share = held.enter_context(Second(engine.cores())).map
        looker = Looker(workspace, engine)
        heard = outside or Outside()
        at_work = Watch(workspace, folder, Outbox(alerts), heard, _behind(workspace), looker, follower)
        at_work.outbox.mend()
        with _sending(at_work, webhook), _following(at_work):
            _make_ready(at_work)
            told = at_work.deliver()
            if folder != INPUT:
                return told + (_once(at_work, every) if once else _looks(at_work, every))
            from undertow import streaming

            # not sys.stdin: Python aborts where it ends while a thread waits in that
            return told + streaming.follow(at_work, os.fdopen(os.dup(sys.stdin.fileno()), "rb"), every)


@contextmanager
def _sending(at_work: Watch, webhook: Receiver | None) -> "Iterator[None]":
    """Posts the alerts beside the work; what is not taken by the end waits for the next watch."""
    if webhook is None:
        yield
        return
    courier = at_work.courier = Courier(at_work.outbox.path, webhook, at_work.say)
    courier.start()
    try:
        yield
    finally:
        if waiting := courier.end():
            at_work.say(f"{waiting:,} alerts were not taken by the webhook; the next watch sends them")


@contextmanager
def _following(at_work: Watch) -> "Iterator[None]":
    """Ends a run that follows with the watch; the next watch begins it again."""
    try:
        yield
    finally:
        at_work.follower.stop()


def _make_ready(at_work: Watch) -> None:
    """Makes what first looks need of a last run that nobody watched, and loads what looking needs."""
    catalogue = at_work.workspace.catalogue
    if "collections" in catalogue.said_of("mentions") and not catalogue.current_run("watch_keys"):
        with suppress(BusyError), at_work.stop.breaking_off():
            at_work.workspace.run((), watched=True)
    if not at_work.stop.wanted:
        at_work.looker.warm()


def _looks(at_work: Watch, every: float) -> int:
    told, lookout = 0, folders.Lookout(at_work.folder, every)
    lookout.start()
    try:
        while not at_work.stop.wanted:
            now, before = lookout.latest()
            told += _step(at_work, now, before, patient=True)
            at_work.follow()
    finally:
        lookout.stop()
    return told


def _once(at_work: Watch, every: float) -> int:
    told, before = 0, folders.look(at_work.folder)
    while True:
        time.sleep(every)
        now = folders.look(at_work.folder)
        told += _step(at_work, now, before, patient=False)
        at_work.catch_up()
        told += at_work.deliver()
        if at_work.quiet or at_work.stop.wanted:
            return told
        before = now


def _step(at_work: Watch, now: folders.Seen, before: folders.Seen, *, patient: bool) -> int:
    """What is whole is taken and told."""
    paths = folders.whole(now, before, at_work.done)
    if paths:
        attempt(at_work, paths, now, patient=patient)
    at_work.quiet = 0 if paths else at_work.quiet + 1
    return at_work.deliver()


def attempt(at_work: Watch, paths: list[Path], now: folders.Seen, *, patient: bool) -> None:
    """One batch; files that are gone by now, and a workspace that is busy, are for the next look."""
    try:
        at_work.take(paths, now)
    except BusyError as error:
        if not patient:
            raise
        at_work.say(f"{error.message}; the watch waits")
    except UserError:
        if all(path.exists() for path in paths):
            raise
        at_work.say("files went away before they were read")


def wait_for(
    workspace: "Workspace", selector: str, *, because: str, undo: bool = False, kind: str = "", who: str = ""
) -> Judgement:
    """Puts a selector on the watch list, in its normalised form, or takes it off.

    Raises `UserError` where `selector` is none, or could be several and `kind` does not choose.
    """
    forms = find(selector, country=workspace.settings.about.country or None, key=workspace.key)
    meant = sorted({(m.kind, m.value) for m in forms if m.kind in SELECTORS and kind in ("", m.kind)})
    if not meant:
        hint = "write it with its country code, platform or site, as +1 202 555 0123 or instagram: name"
        raise UserError(f"{selector!r} is no selector that is recognised", hint=hint)
    if len(meant) > 1:
        listed = ", ".join(f"--kind {one} ({value})" for one, value in meant)
        raise UserError(f"{selector!r} could be several things", hint=f"say which: {listed}")
    return workspace.decisions.judge("undo watch" if undo else "watch", *meant[0], because=because, who=who)


def mute(workspace: "Workspace", alert_id: str, *, because: str, undo: bool = False, who: str = "") -> Judgement:
    """Mutes the kind of this alert on its subject, or takes that back; raises `UserError` for an unknown alert."""
    found = [row for row in workspace.table("alerts").to_pylist() if row["alert_id"] == alert_id]
    if not found:
        raise UserError(f"no alert {alert_id}", hint="`undertow alerts` lists them")
    verb = "undo mute" if undo else "mute"
    return workspace.decisions.judge(verb, found[0]["kind"], found[0]["subject"], because=because, who=who)


def notice(workspace: "Workspace", run: Run, engine: Engine, before: Mapping[str, Dataset]) -> dict[str, int]:
    """Writes the alerts of a run in the making, given the tables `before` it, and what first looks need to know of it.

    From then on nothing is collected until the run is current. Gives the counts of `undertow.watch.run.run`.
    """
    engine.write("watch_list", workspace.decisions.watch_list())
    remember(engine)
    rules = weights.load(versions.chosen(workspace.root, workspace.settings.assess.weights))
    moment = alerting.Moment(run.id, run.started, workspace.decisions.muted(), rules.bands[-1][1])

    def told() -> alerting.Told:
        run.collecting.acquire()
        with workspace.reading() as now:
            alerts, news = (now.fetch(now.read(name)) for name in ("alerts", "alert_news"))
        return alerting.Told(alerts, news, frozenset(run.catalogue.collections))

    return alerting.run(engine, before, moment, told)


def _behind(workspace: "Workspace") -> bool:
    """Whether something was collected that no run has seen, as where a watch was ended between the two."""
    held = set(workspace.table("originals")["original_id"].to_pylist())
    return held != set(workspace.catalogue.said_of("mentions").get("originals", ()))


def _check(workspace: "Workspace", folder: Path, alerts: Path) -> None:
    if not alerts.resolve().parent.is_dir():
        raise UserError(f"there is no folder {alerts.parent}", hint="make it first, or name another with --alerts")
    if folder == INPUT:
        return
    if not folder.is_dir():
        raise UserError(f"there is no folder {folder}", hint="make it first; files are put into it while it is watched")
    inside = folder.resolve()
    for path, what in ((workspace.root, "the workspace"), (alerts.resolve(), "the file of alerts")):
        if path == inside or inside in path.parents:
            raise UserError(f"{what} is in the watched folder", hint="it would be collected itself: keep them apart")


_A_MOMENT = 2.0  # seconds: a process that a killed watch was about to start holds its lock until it has begun


@contextmanager
def _alone(root: Path) -> "Iterator[None]":
    lock = FileLock(root / "runs" / ".watch.lock")
    try:
        with lock.acquire(timeout=_A_MOMENT):
            yield
    except Timeout as error:
        raise UserError(
            "another watch is at work in this workspace", hint="one watch can take a whole folder"
        ) from error

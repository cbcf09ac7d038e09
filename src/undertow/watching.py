"""The door to watching: files that arrive in a folder are collected and run, and what they change is told once."""

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from filelock import FileLock, Timeout

from undertow.assess import versions, weights
from undertow.engine.base import Dataset, Engine
from undertow.errors import BusyError, UserError
from undertow.extract import find
from undertow.review.store import Judgement
from undertow.runs import Run
from undertow.tables import SELECTORS
from undertow.watch import folder as folders
from undertow.watch import run as alerting
from undertow.watch.courier import Courier
from undertow.watch.outbox import Outbox
from undertow.watch.receiver import Receiver, receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undertow.workspace import Workspace

__all__ = ["Receiver", "Say", "Tell", "attempt", "mute", "notice", "receiver", "wait_for", "watch"]

EVERY = 2.0  # seconds from one look to the next; a file is taken at the second look that sees it the same

INPUT = Path("-")  # instead of a folder: standard input
INPUT_ORIGIN = "standard input"

Tell = Callable[[Mapping[str, Any]], None]
Say = Callable[[str], None]


@dataclass(slots=True)
class Watch:
    """A watch at work: what it looks at, where alerts go, and which files it has handled."""

    workspace: "Workspace"
    folder: Path
    outbox: Outbox
    tell: Tell
    say: Say
    behind: bool  # something was collected that no run has seen
    done: dict[Path, tuple[int, int]] = field(default_factory=dict)
    delivered: str = ""  # the run whose alerts are in the outbox
    courier: Courier | None = None

    @property
    def origin(self) -> str:
        """Where records come from, as their originals say it."""
        return INPUT_ORIGIN if self.folder == INPUT else str(self.folder)

    def take(self, paths: list[Path], now: folders.Seen) -> None:
        """Collects these files and, where there is anything new, runs the stages over it."""
        if paths:
            summary = self.workspace.collect(paths, origin=self.origin)
            self.done |= {path: now[path] for path in paths}
            self.behind |= any(one.status == "collected" for one in summary.files)
            self.say(f"{len(paths):,} files, {sum(summary.rows.values()):,} new records")
        if self.behind:
            self.workspace.run(watched=True)
            self.behind = False

    def deliver(self) -> int:
        """Brings every alert that is not muted into the file and to the terminal, and counts those that were new."""
        current = self.workspace.catalogue.current_run("alerts")
        if current == self.delivered:
            return 0
        new = self.outbox.add([row for row in self.workspace.table("alerts").to_pylist() if not row["muted"]])
        if self.courier:
            self.courier.wake()
        for row in new:
            self.tell(row)
        self.delivered = current
        return len(new)


def _unheard(_what: object) -> None:
    pass


def watch(
    workspace: "Workspace",
    folder: Path,
    alerts: Path,
    *,
    every: float = EVERY,
    once: bool = False,
    webhook: Receiver | None = None,
    tell: Tell = _unheard,
    say: Say = _unheard,
) -> int:
    """Handles files as they arrive, until it is stopped, or with `once` what is there; gives how many alerts it told.

    Where `folder` is "-", standard input is read to its end, JSON lines, in batches that end after `every` seconds.
    `tell` hears every alert as a row of the table, `say` what is being done; `webhook` is posted each line of the file.
    What an earlier watch left undone, however it ended, is done first. Raises `UserError` where the folder cannot be
    watched, or another watch is at work.
    """
    _check(workspace, folder, alerts)
    with _alone(workspace.root):
        at_work = Watch(workspace, folder, Outbox(alerts), tell, say, _behind(workspace))
        at_work.outbox.mend()
        with _sending(at_work, webhook):
            told = at_work.deliver()
            if folder != INPUT:
                return told + _looks(at_work, every, once=once)
            from undertow import streaming

            return told + streaming.follow(at_work, sys.stdin.buffer, every)


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


def _looks(at_work: Watch, every: float, *, once: bool) -> int:
    told, before = 0, folders.look(at_work.folder)
    while True:
        time.sleep(every)
        now = folders.look(at_work.folder)
        paths = folders.whole(now, before, at_work.done)
        if paths or at_work.behind:
            attempt(at_work, paths, now, patient=not once)
        told += at_work.deliver()
        if once and not paths:
            return told
        before = now


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


def notice(workspace: "Workspace", run: Run, engine: Engine, before: Mapping[str, Dataset]) -> int:
    """Writes the alerts of a run in the making, given the tables `before` it; gives how many are new."""
    engine.write("watch_list", workspace.decisions.watch_list())
    rules = weights.load(versions.chosen(workspace.root, workspace.settings.assess.weights))
    moment = alerting.Moment(run.id, run.started, workspace.decisions.muted(), rules.bands[-1][1])
    return alerting.run(engine, before, moment)


def _behind(workspace: "Workspace") -> bool:
    """Whether something was collected that no run has seen, as where a watch was ended between the two."""
    held = set(workspace.table("originals")["original_id"].to_pylist())
    last = workspace.root / "runs" / f"{workspace.catalogue.current_run('mentions')}.json"
    return held != set(orjson.loads(last.read_bytes())["originals"] if last.is_file() else ())


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


@contextmanager
def _alone(root: Path) -> "Iterator[None]":
    lock = FileLock(root / "runs" / ".watch.lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout as error:
        raise UserError(
            "another watch is at work in this workspace", hint="one watch can take a whole folder"
        ) from error

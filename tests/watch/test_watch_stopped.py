"""A watch that is asked to end finishes what is in its hand; one that is killed leaves no process at work."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from undertow import Workspace
from undertow.stopping import Stop

from .conftest import news, write

MAIN = "import sys; from undertow.cli.app import main; main(sys.argv[1:])"
ASKED_WHILE_LOOKING = """
import os, signal, sys
import undertow.looking
from undertow.cli.app import main
look = undertow.looking.Looker.look
undertow.looking.Looker.look = lambda *given: (os.kill(os.getpid(), signal.{signal}), look(*given))
main(sys.argv[1:])
"""
FOLLOWED = """
import sys, time
from pathlib import Path
from undertow.following import Follower
follower = Follower(Path(sys.argv[1]))
follower.start()
print(follower._process.pid, flush=True)
time.sleep(600)
"""
WITH_WORKERS = """
import os, time
from pathlib import Path
from undertow.engine.duckdb import DuckEngine
def task():
    print(os.getpid(), flush=True)
    time.sleep(600)
if __name__ == "__main__":
    list(DuckEngine(lambda _: (), lambda _: Path("."), Path("."), threads=1)._in_processes([task]))
"""
needs_signals = pytest.mark.skipif(os.name != "posix", reason="only POSIX has signals between processes")
slow = pytest.mark.slow


@contextmanager
def process(code: str, *given: str | Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", code, *(str(one) for one in given)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as started:
        try:
            yield started
        finally:
            started.kill()


def until(true: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody asked for its exit code yet has."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], stdout=subprocess.PIPE, text=True, check=False).stdout
    return not state.strip() or state.startswith("Z")


def watching(case: Workspace, inbox: Path) -> list[str | Path]:
    return ["watch", inbox, "--alerts", inbox.parent / "alerts.jsonl", "-w", case.root]


def told(inbox: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (inbox.parent / "alerts.jsonl").read_text("utf-8").splitlines()]


def said_watching(watch: "subprocess.Popen[str]") -> bool:
    assert watch.stderr is not None
    return watch.stderr.readline().startswith("watching")


@needs_signals
@slow
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_what_is_in_the_hand_is_finished(case: Workspace, inbox: Path, name: str) -> None:
    write(inbox / "more.csv", news())
    with process(ASKED_WHILE_LOOKING.format(signal=name), *watching(case, inbox)) as watch:
        _, said = watch.communicate(timeout=120)
    assert watch.returncode == 0
    assert "the next watch goes on from here" in said
    assert {"new_post", "new_site"} <= {str(line["kind"]) for line in told(inbox)}
    assert all(line["quick"] for line in told(inbox))


@needs_signals
@slow
def test_what_was_not_in_the_hand_is_taken_by_the_next_watch(case: Workspace, inbox: Path) -> None:
    write(inbox / "a.csv", news()[:1])
    with process(ASKED_WHILE_LOOKING.format(signal="SIGTERM"), *watching(case, inbox)) as watch:
        watch.communicate(timeout=120)
    write(inbox / "b.csv", news()[1:])
    case.watch(inbox, inbox.parent / "alerts.jsonl", every=0, once=True)
    assert len({line["id"] for line in told(inbox)}) == len(told(inbox))
    assert sum(int(str(line["news"])) for line in told(inbox) if line["kind"] == "new_post") == len(news())


@needs_signals
@slow
def test_a_stream_that_stays_open_does_not_keep_a_watch(case: Workspace, inbox: Path) -> None:
    with process(MAIN, "watch", "-", "--alerts", inbox.parent / "a.jsonl", "-w", case.root) as watch:
        assert said_watching(watch)
        watch.send_signal(signal.SIGTERM)
        assert watch.wait(120) == 0


@needs_signals
def test_a_run_at_work_ends_with_a_watch_that_is_killed(case: Workspace) -> None:
    finished = sorted((case.root / "runs").glob("*.json"))
    with process(FOLLOWED, case.root) as watch:
        assert watch.stdout is not None
        run = int(watch.stdout.readline())
        watch.send_signal(signal.SIGKILL)
        assert until(lambda: gone(run))
    assert sorted((case.root / "runs").glob("*.json")) == finished


@needs_signals
def test_workers_end_with_a_process_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "worked.py").write_text(WITH_WORKERS)
    command = [sys.executable, str(tmp_path / "worked.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
        assert until(lambda: gone(worker))


@needs_signals
@slow
def test_a_second_watch_says_that_one_is_at_work(case: Workspace, inbox: Path) -> None:
    with process(MAIN, *watching(case, inbox)) as first:
        assert said_watching(first)
        assert until((inbox.parent / "case" / "runs" / ".watch.lock").exists)
        with process(MAIN, *watching(case, inbox)) as second:
            _, said = second.communicate(timeout=120)
        assert second.returncode == 2
        assert "another watch is at work" in said


@needs_signals
@slow
def test_the_lock_of_a_watch_that_was_killed_does_not_keep_the_next(case: Workspace, inbox: Path) -> None:
    with process(MAIN, *watching(case, inbox)) as first:
        assert said_watching(first)
        assert until((inbox.parent / "case" / "runs" / ".watch.lock").exists)
        first.send_signal(signal.SIGKILL)
        first.wait()
    write(inbox / "more.csv", news())
    assert case.watch(inbox, inbox.parent / "alerts.jsonl", every=0, once=True) > 0


def test_a_second_ask_breaks_off() -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(KeyboardInterrupt):
        stop.ask()


def test_what_may_be_broken_off_ends_at_the_first_ask() -> None:
    stop, after = Stop(), []
    with stop.breaking_off():
        stop.ask()
        after.append("not reached")
    assert stop.wanted
    assert not after

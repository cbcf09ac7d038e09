"""A watch that is killed, at whatever step, loses no alert and doubles none."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from undertow import Workspace

from .conftest import news, offers, write

STEPS = (  # each makes the process kill itself where it says; the one after goes on from what that left
    ("while collecting", "undertow.runs._commit = die"),
    (
        "with the alerts of a first look written",
        "undertow.looking.Looker.look = then_die(undertow.looking.Looker.look)",
    ),
    ("as the collection becomes current", "undertow.runs.replace_file = at_pointer('collect')"),
    ("with nothing in the file", "undertow.watch.outbox.write = die"),
    ("with a line and a half in the file", "undertow.watch.outbox.write = half"),
    ("before the run", "undertow.workspace.Workspace.run = die"),
    ("with alerts written, before the run is current", "undertow.watching.notice = then_die(undertow.watching.notice)"),
    ("as the run becomes current", "undertow.runs.replace_file = at_pointer('run')"),
    ("with nothing of the run in the file", "undertow.watch.outbox.write = die"),
    ("with all in the file", "undertow.watch.outbox.write = then_die(undertow.watch.outbox.write)"),
)
SCRIPT = """
import os, signal, sys
import undertow.assess.run, undertow.collecting, undertow.extract.run, undertow.link.run, undertow.match.run
import undertow.looking, undertow.runs, undertow.watch.outbox, undertow.watching, undertow.workspace
from undertow import Workspace

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def then_die(function):
    return lambda *given, **named: die(function(*given, **named))

def at_pointer(kind, function=undertow.runs.replace_file):
    def replace(path, content):
        return die() if path.name == "CURRENT.json" and KIND[:1] == [kind] else function(path, content)
    return replace

def half(file, content):
    os.write(file, content[: content.index(b"\\n") + 40])
    die()

KIND = []
running = undertow.workspace.running
noted = lambda root, kind: KIND.insert(0, kind) or running(root, kind)
undertow.workspace.running = undertow.collecting.running = noted
case, folder, alerts, *steps = sys.argv[1:]
for step in steps:
    child = os.fork()  # what was imported is not imported again
    if not child:
        exec(step)
        Workspace.open(case).watch(folder, alerts, every=0, once=True)
        os._exit(0)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@pytest.mark.slow
def test_no_alert_is_lost_or_doubled_wherever_the_watch_is_killed(case: Workspace, inbox: Path) -> None:
    """The last post, which has no contact, is known by its text alone: a run tells of it, no first look."""
    alerts = inbox.parent / "alerts.jsonl"
    write(inbox / "more.csv", [*news(), *offers(1, phone="")])
    command = [sys.executable, "-c", SCRIPT, str(case.root), str(inbox), str(alerts), *(code for _, code in STEPS), ""]
    ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    assert ended == [*[str(int(signal.SIGKILL))] * len(STEPS), "0"]
    held = [json.loads(line) for line in alerts.read_text("utf-8").splitlines()]
    assert sorted(line["id"] for line in held) == sorted(case.table("alerts")["alert_id"].to_pylist())
    told = [(line["kind"], line["news"], line["quick"]) for line in held if line["kind"] == "new_post"]
    assert told == [("new_post", 2, True), ("new_post", 1, False)]
    assert {line["kind"] for line in held} >= {"new_site", "new_place", "new_selector"}

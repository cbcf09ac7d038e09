"""The match service on the command line, as the guide types it."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from time import sleep

import pytest
from tests.cli.typed import said

from undertow import Workspace
from undertow.review import callers


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    return Workspace.start(tmp_path / "case", country="US")


def test_a_key_is_given_counted_and_revoked(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    key, err = said(capsys, case, "match-service", "keys", "add", "our-platform", "--because", "our agreement of May")
    assert key.startswith("undertow_")
    assert "shown once" in err
    callers.count(case.decisions, {("our-platform", "2026-05-01", "hashes"): 7})
    out, _ = said(capsys, case, "match-service", "keys", "list", "--json")
    (row,) = json.loads(out)
    assert (row["state"], row["hashes"], row["last_day"]) == ("open", 7, "2026-05-01")
    assert key.strip() not in out
    said(capsys, case, "match-service", "keys", "revoke", "our-platform", "--because", "it ended")
    assert json.loads(said(capsys, case, "match-service", "keys", "--json")[0])[0]["state"] == "revoked"


def test_a_key_without_a_reason_is_not_given(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--because" in said(capsys, case, "match-service", "keys", "add", "our-platform", code=2)[1]
    assert json.loads(said(capsys, case, "match-service", "keys", "list", "--json")[0]) == []


def test_a_limit_of_nothing_is_refused(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert "below 1" in said(capsys, case, "match-service", "--rate", "0", code=2)[1]


def test_it_serves_writes_its_counts_at_the_end_and_prints_no_hash(case: Workspace) -> None:
    key = callers.add(case.decisions, "our-platform", because="ours")
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    given = ["match-service", "--port", str(port), "-w", str(case.root)]
    code = f"from undertow.cli.app import main; main({given!r})"
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    asked = f"http://127.0.0.1:{port}/m/lookup?signal_type=md5&signal={7:032x}"
    try:
        answer = _asked(urllib.request.Request(asked, headers={"Authorization": f"Bearer {key}"}))
    finally:
        os.kill(server.pid, signal.SIGTERM)
        out, err = server.communicate(timeout=60)
    assert answer == "{}"
    assert f"{7:032x}" not in out + err
    assert sum(number for (name, _, _), number in callers.counts(case.decisions).items() if name == "our-platform") == 2


def _asked(request: urllib.request.Request) -> str:
    """The answer, once the server is up; a minute is long enough for a busy machine."""
    for _ in range(240):
        try:
            with urllib.request.urlopen(request) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError):
                raise
            sleep(0.25)
    raise AssertionError("the server does not answer")

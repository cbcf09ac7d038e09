"""Watching as a person does it: the watch list, the alerts and the mutes on the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.cli.typed import said
from tests.watch.receiving import receiving

from undertow import Workspace, testing
from undertow.runs import running

ALERT = {"alert_id": "w1", "run": "r", "at": datetime(2026, 1, 1, tzinfo=UTC), "kind": "new_post", "subject": "n1"}
WHY = "network n1 has 1 new records: p2"


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    """A workspace with one alert."""
    place = Workspace.start(tmp_path / "case", country="US")
    with running(place.root, "run") as run:
        run.target("alerts").mkdir(parents=True)
        rows = testing.table("alerts", [{**ALERT, "records": '["p2"]', "why": WHY}])
        pq.write_table(rows, run.target("alerts") / "part-00000.parquet")
    return place


def test_a_watch_tells_an_alert_in_a_line_and_only_once(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    inbox = case.root.parent / "in"
    inbox.mkdir()
    arguments = ("watch", str(inbox), "--alerts", str(inbox.parent / "alerts.jsonl"), "--once", "--every", "0")
    assert said(capsys, case, *arguments)[0] == f"2026-01-01 00:00:00  w1  {WHY}\n"
    assert said(capsys, case, *arguments)[0] == ""


def test_a_webhook_is_posted_each_alert_once_without_its_sentence(
    case: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = case.root.parent / "in"
    inbox.mkdir()
    (secret := inbox.parent / "secret").touch(mode=0o600)
    secret.write_text("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", "ascii")
    with receiving() as server:
        arguments = ("watch", str(inbox), "--alerts", str(inbox.parent / "alerts.jsonl"), "--once", "--every", "0")
        for _ in range(2):
            said(capsys, case, *arguments, "--webhook", server.url, "--webhook-secret", str(secret))
    ((_, _, body),) = server.posted
    held = {"id": "w1", "kind": "new_post", "subject": "n1", "news": 0, "run": "r"}
    assert json.loads(body)["data"] == held


def test_a_webhook_that_stays_dead_is_said_and_loses_nothing(
    case: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = case.root.parent / "in"
    inbox.mkdir()
    (secret := inbox.parent / "secret").touch(mode=0o600)
    secret.write_text("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", "ascii")
    arguments = ("watch", str(inbox), "--alerts", str(inbox.parent / "alerts.jsonl"), "--once", "--every", "0")
    with receiving(500, 500, 500, 500) as server:
        hook = ("--webhook", server.url, "--webhook-secret", str(secret))
        first = said(capsys, case, *arguments, *hook)[1]
        server.answers.clear()
        said(capsys, case, *arguments, *hook)
    assert first.count("answers 500; 1 alerts wait") == 1
    assert "1 alerts were not taken" in first
    assert server.ids[-1] == "w1"


def test_a_webhook_needs_a_secret(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("watch", str(case.root.parent), "--alerts", "a.jsonl", "--webhook", "https://partner.example")
    assert "go together" in said(capsys, case, *arguments, code=2)[1]


def test_a_watch_needs_a_folder_that_exists(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no folder" in said(capsys, case, "watch", "nowhere", "--alerts", "a.jsonl", code=2)[1]


def test_a_selector_is_put_on_the_watch_list_in_its_normal_form_and_taken_off(
    case: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = said(capsys, case, "watchlist", "(202) 555-0123", "--because", "the hotline", "--who", "Ana")
    assert out == "watch: phone +12025550123 (decision 1, by Ana: the hotline)\n"
    held = [{"number": 1, "kind": "phone", "value": "+12025550123"}]
    assert json.loads(said(capsys, case, "watchlist", "--json")[0]) == held
    said(capsys, case, "watchlist", "+12025550123", "--undo", "--because", "closed")
    assert json.loads(said(capsys, case, "watchlist", "--json")[0]) == []


def test_what_could_be_several_selectors_is_asked_about(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    link = "https://t.me/anabel_x"
    assert "--kind handle" in said(capsys, case, "watchlist", link, "--because", "x", code=2)[1]
    out, _ = said(capsys, case, "watchlist", link, "--kind", "handle", "--because", "x")
    assert out.startswith("watch: handle telegram:anabel_x ")


def test_the_watch_list_needs_a_reason(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert "needs a reason" in said(capsys, case, "watchlist", "+12025550123", code=2)[1]


def test_alerts_are_listed(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert WHY in said(capsys, case, "alerts")[0]
    (row,) = json.loads(said(capsys, case, "alerts", "--json")[0])
    assert (row["alert_id"], row["muted"]) == ("w1", False)


def test_muting_keeps_who_and_why(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, case, "mute", "w1", "--because", "known to the team", "--who", "Ana")
    assert out == "mute: new_post on n1 (decision 1, by Ana: known to the team)\n"
    assert case.decisions.muted() == {("new_post", "n1")}
    assert "no alert w2" in said(capsys, case, "mute", "w2", "--because", "x", code=2)[1]

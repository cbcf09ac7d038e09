"""The audit trail from the command line: what was decided is listed with its reason, and an edit is named."""

import json
import sqlite3
from pathlib import Path

import pytest
from tests.cli.typed import said

from undertow import Workspace, auditing


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    place = Workspace.start(tmp_path / "case")
    place.decisions.judge("watch", "phone", "+12025550123", because="the hotline", who="Ana")
    auditing.tell(place, "read", ("lead", "l1"), why="review", who="Ben", place="127.0.0.1")
    return place


def test_lines_are_listed_the_latest_first(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(said(capsys, case, "audit", "list", "--json")[0])
    assert [(row["who"], row["verb"], row["why"]) for row in rows] == [
        ("Ben", "read", "review"),
        ("Ana", "decided", "the hotline"),
    ]
    assert rows[1]["place"] == "command line"


def test_a_list_can_be_of_one_person_or_subject(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    for narrowed in (("--who", "Ben"), ("--verb", "read"), ("--subject", "l1")):
        assert len(json.loads(said(capsys, case, "audit", "list", "--json", *narrowed)[0])) == 1


def test_an_untouched_trail_verifies(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, case, "audit", "verify")[0].startswith("2 lines, every seal fits")


def test_a_changed_line_is_named(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(case.root / "decisions.sqlite") as connection:
        connection.execute("DROP TRIGGER audit_stay")
        connection.execute("UPDATE audit SET who = 'Cho' WHERE number = 2")
    assert "line 2 of the audit trail" in said(capsys, case, "audit", "verify", code=3)[1]


def test_the_doctor_names_a_changed_line_too(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert "audit" in "\n".join(said(capsys, case, "doctor"))
    with sqlite3.connect(case.root / "decisions.sqlite") as connection:
        connection.execute("DROP TRIGGER audit_stay")
        connection.execute("UPDATE audit SET who = 'Cho' WHERE number = 2")
    assert "line 2 of the audit trail" in "\n".join(said(capsys, case, "doctor", code=3))

"""Cases from the command line, as the guide types them."""

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.typed import said
from tests.web.conftest import PHONE, a_post, first, made

from undertow import Workspace, auditing

__all__ = ["made"]  # a fixture


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(made, tmp_path / "case")
    return Workspace.open(tmp_path / "case")


def test_a_case_is_opened_filled_and_exported(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    name = said(capsys, case, "cases", "open", "Harbour offers")[0].strip()
    said(capsys, case, "cases", "put", name, first(case))
    said(capsys, case, "cases", "put", name, a_post(case))
    said(capsys, case, "cases", "note", name, "Ask the hotline.")
    said(capsys, case, "cases", "story", name, f"Six offers, [[{a_post(case)}]].")
    said(capsys, case, "cases", "status", name, "waiting")
    said(capsys, case, "cases", "label", name, "evidence, urgent")
    (row,) = json.loads(said(capsys, case, "cases", "list", "--json")[0])
    assert (row["status"], row["labels"], row["leads"], row["records"]) == ("waiting", ["evidence", "urgent"], 1, 1)
    said(capsys, case, "cases", "take", name, a_post(case))
    parts = json.loads(said(capsys, case, "cases", "show", name)[0])
    assert parts[f"record:{a_post(case)}"]["in"] is False
    path = Path(said(capsys, case, "cases", "dossier", name, "--redact", "--because", "for the hotline")[0].strip())
    text = path.read_text("utf-8")
    assert "Six offers" in text
    assert "Ask the hotline." in text
    assert PHONE not in text
    (line,) = auditing.listed(case, verb="exported")
    assert line["why"] == "for the hotline"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("show",), "needs a case"),
        (("show", "knone"), "no such case"),
        (("note", "knone", "x"), "no such case"),
        (("open", " "), "needs a title"),
    ],
)
def test_what_cannot_be_is_said(
    case: Workspace, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    assert why in said(capsys, case, "cases", *arguments, code=2)[1]

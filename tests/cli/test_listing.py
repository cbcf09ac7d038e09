"""Hash lists on the command line, as the guide types them."""

import json
from pathlib import Path

import pytest
from tests.cli.typed import said

from undertow import Workspace

HASH = "0f" * 32


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    """A workspace with one picture, and a file with its hash."""
    place = Workspace.start(tmp_path / "case", country="US")
    (tmp_path / "pictures.csv").write_text(f"picture,pdq\na.jpg,{HASH}\n")
    (tmp_path / "list.txt").write_text(f"{HASH}\n{HASH}\n")
    place.collect([tmp_path / "pictures.csv"], kind="pictures")
    return place


def test_a_list_is_added_measured_switched_on_answered_and_retracted(
    case: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(case.root.parent / "list.txt")
    out, err = said(capsys, case, "lists", "add", "partner", file, "--algorithm", "pdq", "--because", "a partner's")
    assert "1 pdq (read as text)" in out
    assert "1 left out: repeated" in out
    assert HASH not in out + err
    assert "1 of 1 pictures hit" in said(capsys, case, "lists", "measure", "partner")[0]
    said(capsys, case, "lists", "enable", "partner", "--because", "measured", "--who", "Ana")
    case.run(("match",))
    (hit,) = json.loads(said(capsys, case, "lists", "hits", "--json")[0])
    assert (hit["state"], hit["viewed"], hit["answer"]) == ("open", False, "")
    assert "--viewed" in said(capsys, case, "lists", "confirm", hit["hit_id"], "--because", "x", code=2)[1]
    said(capsys, case, "lists", "confirm", hit["hit_id"], "--viewed", "no", "--because", "the site says so")
    (row,) = json.loads(said(capsys, case, "lists", "--json")[0])
    assert (row["state"], row["confirmed"]) == ("in force", 1)
    (told,) = json.loads(said(capsys, case, "lists", "feedback", "partner")[0])["data"]
    assert (told["type"], told["status"], told["not_viewed"]) == ("HASH_PDQ", "MALICIOUS", 1)
    assert said(capsys, case, "lists", "feedback", "partner", "--csv")[0].startswith(
        '"id","type","raw_indicator","status"'
    )
    said(capsys, case, "lists", "expire", "partner", "--on", "2020-01-01", "--because", "the agreement ended")
    assert json.loads(said(capsys, case, "lists", "--json")[0])[0]["state"] == "expired"
    said(capsys, case, "lists", "retract", "partner", "--because", "the partner asked")
    assert json.loads(said(capsys, case, "lists", "--json")[0])[0]["state"] == "retracted"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "Partner List", "list.txt", "--because", "x"), "no name of a list"),
        (("add", "partner", "list.txt", "--algorithm", "pdq"), "needs a reason"),
        (("add", "partner", "list.txt", "--because", "x"), "--algorithm"),
        (("add", "partner", "nowhere.txt", "--because", "x"), "cannot be read"),
        (("enable", "partner", "--because", "x"), "no hash list partner"),
        (("measure",), "needs a name"),
    ],
)
def test_what_cannot_be_is_said(
    case: Workspace,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    why: str,
) -> None:
    monkeypatch.chdir(case.root.parent)
    assert why in said(capsys, case, "lists", *arguments, code=2)[1]

"""`undertow evaluate`, from files to figures: what it prints, keeps and compares."""

import json
from pathlib import Path

import pytest
from tests.evaluate.worlds import write_truth

from undertow.cli.app import main
from undertow.errors import UserError
from undertow.workspace import Workspace

TEXT = "Sunny room near the station in a quiet house with shared kitchen: call {} and ask for the landlady"


@pytest.fixture
def case(tmp_path: Path) -> tuple[str, str]:
    """A workspace after a run over six posts of two landladies, and the truth of them."""
    numbers = ["020 7946 0001", "020 7946 0002"]
    rows = [f"site{at}.example,user{at % 2},{TEXT.format(numbers[at % 2])}" for at in range(6)]
    (tmp_path / "posts.csv").write_text("\n".join(["site,account,text", *rows]), "utf-8")
    made = Workspace.start(tmp_path / "case", country="GB")
    made.collect([tmp_path / "posts.csv"])
    made.run()
    records = [{"position": str(at + 1), "network": "ab"[at % 2], "language": "en"} for at in range(6)]
    spans = [
        {
            "file": "posts.csv",
            "position": str(at + 1),
            "field": "text",
            "kind": "phone",
            "value": "+44" + numbers[at % 2].replace(" ", "")[1:],
            "start": -1,
            "disguise": "plain",
        }
        for at in range(6)
    ]
    return str(made.root), str(write_truth(tmp_path / "world", records, spans=spans))


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert not ended.value.code
    return capsys.readouterr().out


def test_the_floors_can_read_figures_by_name(case: tuple[str, str]) -> None:
    made = Workspace.open(case[0]).evaluate(case[1])
    assert made.value("networks.bcubed_f1") == 1
    assert made.value("extraction.recall", "kind=phone") == 1
    with pytest.raises(UserError, match="no figure"):
        made.value("networks.beauty")


def test_json_holds_the_figures_and_what_moved(
    case: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = said(capsys, "evaluate", "--truth", case[1], "--json", "-w", case[0])
    (tmp_path / "before.json").write_text(first)
    arguments = ("evaluate", "--truth", case[1], "--json", "-w", case[0])
    again = json.loads(said(capsys, *arguments, "--against", str(tmp_path / "before.json")))
    assert {one["name"] for one in again["figures"]} >= {"networks.bcubed_f1", "extraction.precision"}
    assert again["moved"] == []
    assert again["coverage"]["found"] == 6


def test_two_evaluations_of_one_run_are_the_same_bytes(
    case: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    once, twice = (said(capsys, "evaluate", "--truth", case[1], "--json", "-w", case[0]) for _ in range(2))
    assert once == twice


def test_an_evaluation_is_kept_and_compared_by_run(case: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    place = Workspace.open(case[0])
    before = place.evaluate(case[1]).about.run
    place.run()
    out = said(capsys, "evaluate", "--truth", case[1], "-w", case[0], "--against", before)
    assert f"Against {before}: 0 figures differ" in out
    assert len(list((place.root / "runs").glob("*.evaluation.*.json"))) == 2


def test_a_kept_evaluation_is_not_taken_for_a_run(case: tuple[str, str]) -> None:
    place = Workspace.open(case[0])
    before = place.catalogue.history("leads")
    place.evaluate(case[1])
    assert place.catalogue.history("leads") == before
    assert place.leads(new_since=before[-1]).num_rows == 0


def test_the_table_says_first_what_was_found_at_all(case: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "evaluate", "--truth", case[1], "-w", case[0])
    assert out.index("6 of 6 true records") < out.index("networks.bcubed_f1")


def test_the_page_is_written_where_it_is_wanted(
    case: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "deep" / "page.html"
    said(capsys, "evaluate", "--truth", case[1], "-w", case[0], "--html", str(page))
    assert "held against a truth" in page.read_text("utf-8")

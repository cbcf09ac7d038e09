"""Saying on the command line that records are the same, or not: foreseen, done, listed, taken back."""

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.test_cli import run
from tests.collected import collected, members

from undertow import Workspace

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two networks: three posts of one phone, two of another."""
    folder = tmp_path_factory.mktemp("pairs")
    phones = ["202 555 0101"] * 3 + ["202 555 0102"] * 2
    rows = [(f"acc{n}", "jobs.example", f"Cook wanted, house {n}, call {one}") for n, one in enumerate(phones)]
    return collected(folder, ("account", "site", "text"), rows)


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(made, tmp_path / "case")
    return Workspace.open(tmp_path / "case")


def sizes(case: Workspace) -> list[int]:
    return sorted(map(len, members(case).values()))


def said(capsys: Captured, case: Workspace, *arguments: str) -> tuple[str, str]:
    code, out, err = run(capsys, *arguments, "-w", str(case.root))
    assert code == 0, err
    return out, err


def test_two_records_that_are_not_the_same_part_and_come_back(case: Workspace, capsys: Captured) -> None:
    before = members(case)
    one, other, _ = next(held for held in before.values() if len(held) == 3)
    out, _ = said(capsys, case, "pair", one, other, "not-same", "--because", "two houses")
    assert out.startswith("not same: ")
    assert sizes(case) == [2, 2]
    said(capsys, case, "pairs", "--take-back", "1", "--because", "one house after all")
    assert members(case) == before


def test_a_dry_run_shows_the_effect_and_decides_nothing(case: Workspace, capsys: Captured) -> None:
    network, held = next((name, held) for name, held in members(case).items() if len(held) == 3)
    out, _ = said(capsys, case, "split", network, held[0], "--dry-run")
    assert out == f"{network}: 3 records would be 2, and 1 in no network\n"
    assert (sizes(case), case.decisions.judgements()) == ([2, 3], [])


def test_networks_merge_and_a_full_run_keeps_them_so(case: Workspace, capsys: Captured) -> None:
    said(capsys, case, "pair", *members(case), "same", "--because", "one owner")
    assert sizes(case) == [5]
    case.run()
    assert sizes(case) == [5]


def test_contacts_can_be_named_for_the_records_that_give_them(case: Workspace, capsys: Captured) -> None:
    said(capsys, case, "pair", "(202) 555-0101", "+12025550102", "same", "--because", "one owner")
    assert sizes(case) == [5]


def test_what_stands_is_listed(case: Workspace, capsys: Captured) -> None:
    said(capsys, case, "pair", *members(case), "unsure", "--because", "no answer yet", "--who", "Ana")
    (row,) = json.loads(said(capsys, case, "pairs", "--json")[0])
    assert (row["answer"], row["records"], row["who"], row["because"]) == ("unsure", 5, "Ana", "no answer yet")


def test_a_chain_that_breaks_a_no_is_told_before_and_after(case: Workspace, capsys: Captured) -> None:
    a, b, c = next(held for held in members(case).values() if len(held) == 3)
    said(capsys, case, "pair", a, b, "same", "--because", "one house")
    said(capsys, case, "pair", a, c, "not-same", "--because", "two houses")
    _, err = said(capsys, case, "pair", b, c, "same", "--dry-run")
    assert "cannot both be the same" in err
    _, err = said(capsys, case, "pair", b, c, "same", "--because", "one house")
    assert "take one of them back" in err
    assert sizes(case) == [2, 2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("split", "NETWORK", "p0"), "p0 is not in"),
        (("pair", "nobody", "NETWORK", "same"), "ties no records"),
        (("pair", "NETWORK", "NETWORK", "same"), "two sides"),
        (("pairs", "--take-back", "9"), "no judgement 9"),
    ],
)
def test_what_cannot_be_said_is_told(
    case: Workspace, capsys: Captured, arguments: tuple[str, ...], message: str
) -> None:
    named = [next(iter(members(case))) if one == "NETWORK" else one for one in arguments]
    code, _, err = run(capsys, *named, "--because", "x", "-w", str(case.root))
    assert code == 2
    assert message in err

"""People from the command line, as the guide types them."""

import json
from pathlib import Path

import pytest
from tests.cli.typed import said

from undertow import Workspace, auditing


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    return Workspace.start(tmp_path / "case")


def everybody(capsys: pytest.CaptureFixture[str], case: Workspace) -> dict[str, dict[str, object]]:
    return {row["name"]: row for row in json.loads(said(capsys, case, "people", "list", "--json")[0])}


def test_people_are_added_changed_locked_reset_and_removed(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, case, "people", "add", "Root", "--role", "administrator")
    out, err = said(capsys, case, "people", "add", "Ana", "--role", "case lead", "--clearance", "TLP:RED")
    assert "first password: " in out
    assert "shown this once" in err
    said(capsys, case, "people", "role", "Ana", "--role", "viewer", "--only-cases", "--expires", "2027-03-31")
    assert (
        everybody(capsys, case)["Ana"] | {"roles": ["viewer"], "only_cases": True, "expires": "2027-03-31"}
        == (everybody(capsys, case)["Ana"])
    )
    said(capsys, case, "people", "lock", "Ana")
    assert everybody(capsys, case)["Ana"]["locked"]
    said(capsys, case, "people", "unlock", "Ana")
    again = said(capsys, case, "people", "reset", "Ana")[0]
    assert again != out
    said(capsys, case, "people", "remove", "Ana")
    assert list(everybody(capsys, case)) == ["Root"]
    verbs = [line["verb"] for line in auditing.listed(case)]
    assert verbs == ["removed", "reset", "changed", "changed", "changed", "added", "added"]


def test_a_name_is_needed(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert "needs a name" in said(capsys, case, "people", "lock", code=2)[1]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "there are no people yet"),
        (("--at", "http://workbench.example"), "https"),
        (("--at", "https://workbench.example", "--host", "0.0.0.0"), "nothing protects the wire"),
        (("--at", "https://workbench.example", "--certificate", "none.pem"), "go together"),
        (("--at", "https://workbench.example", "--certificate", "none.pem", "--key", "none.pem"), "is no file"),
    ],
)
def test_a_team_is_not_served_unprotected(
    case: Workspace, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    if arguments:
        said(capsys, case, "people", "add", "Root", "--role", "administrator")
    assert why in said(capsys, case, "serve", "--team", *arguments, code=2)[1]

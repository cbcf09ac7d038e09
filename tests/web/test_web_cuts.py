"""Cutting from the page: what it would do is shown first, then done, then taken back."""

import re

from starlette.testclient import TestClient
from tests.web.conftest import first, post

from undertow import Workspace


def phone(case: Workspace, owner: TestClient) -> str:
    """The address where the cut of the phone is foreseen."""
    graph = owner.get(f"/leads/{first(case)}/graph?kind=phone&shape=1").text
    found = re.search(r'href="(/leads/\w+/cut/\w+)"', graph)
    assert found
    return found[1]


def members(case: Workspace) -> list[tuple[str, str]]:
    rows = case.table("network_members").to_pylist()
    return sorted((row["network_id"], row["record_id"]) for row in rows)


def test_what_a_cut_would_do_is_shown_and_nothing_is_done(case: Workspace, owner: TestClient) -> None:
    before = members(case)
    text = owner.get(phone(case, owner)).text
    assert "What would become of the networks" in text
    assert "555-0123" not in text
    assert "2025550123" not in text
    assert (members(case), case.decisions.judgements()) == (before, [])


def test_a_cut_is_done_as_foreseen_and_taken_back(case: Workspace, owner: TestClient) -> None:
    before = members(case)
    assert post(owner, phone(case, owner), because="a taxi rank").headers["location"] == "/cuts"
    (one,) = case.decisions.judgements()
    assert (one.verb, one.subject_kind, one.subject) == ("cut", "phone", "+12025550123")
    assert case.table("cuts").num_rows == 1
    text = owner.get("/cuts").text
    assert "a taxi rank" in text
    assert "+12025550123" not in text
    what = re.search(r'name="what" value="(\w+)"', text)
    assert what
    assert post(owner, "/cuts/undo", what=what[1], because="it is her own").headers["location"] == "/cuts"
    assert members(case) == before


def test_a_human_no_holds_in_every_run_to_come(case: Workspace, owner: TestClient) -> None:
    post(owner, phone(case, owner), because="a taxi rank")
    case.run()
    capped = {
        (row["via_kind"], row["capped"]) for row in case.table("ties").to_pylist() if row["via"] == "+12025550123"
    }
    assert capped == {("phone", True)}


def test_a_cut_needs_a_reason(case: Workspace, owner: TestClient) -> None:
    assert post(owner, phone(case, owner), because=" ").status_code == 400
    assert case.decisions.judgements() == []


def test_an_address_that_names_no_value_cuts_nothing(case: Workspace, owner: TestClient) -> None:
    assert post(owner, f"/leads/{first(case)}/cut/guessed", because="x").status_code == 400
    assert post(owner, "/cuts/undo", what="guessed", because="x").status_code == 400
    assert case.decisions.judgements() == []

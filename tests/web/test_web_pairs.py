"""Saying on the pages that records are the same or not: foreseen, said, overtaken by another, taken back."""

import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.collected import collected, members
from tests.web.conftest import OFFER, post

from undertow import Workspace, pairing


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two leads: four posts of one phone, three of another."""
    folder = tmp_path_factory.mktemp("pairs")
    phones = ["(202) 555-0101"] * 4 + ["(202) 555-0102"] * 3
    extra = ["", "Ask Ana.", "House two.", "Room four.", "", "Ask Ben.", "By the sea."]
    rows = [
        (
            f"acc{n}",
            "jobs.example" if n < 4 else "rooms.example",
            f"{OFFER.format(phone=phone)} {words}",
            f"Valencia {n}",
        )
        for n, (phone, words) in enumerate(zip(phones, extra, strict=True))
    ]
    return collected(folder, ("account", "site", "text", "place"), rows, name="Harbour")


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(made, tmp_path / "case")
    return Workspace.open(tmp_path / "case")


def sizes(case: Workspace) -> list[int]:
    return [len(held) for held in members(case).values()]


def leads(case: Workspace) -> list[str]:
    """The lead of each network, the largest network first."""
    of = {row["network_id"]: row["lead_id"] for row in case.table("leads").to_pylist()}
    return [of[network] for network in members(case)]


def said(owner: TestClient, path: str, query: str, because: str, *, seen: str = ""):
    """Looks at what a word would do, and says it."""
    text = owner.get(f"{path}?{query}").text
    form = dict(one.split("=") for one in query.split("&"))
    return post(owner, path, **form, because=because, seen=seen or shown(text))


def shown(text: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', text)
    assert found
    return found[1]


def pair(case: Workspace) -> tuple[str, str]:
    """The address at which two records of the first lead are judged, and the two as a form holds them."""
    held = next(iter(members(case).values()))
    return f"/leads/{leads(case)[0]}/pair", f"{held[0]}=1&{held[1]}=1"


def test_what_is_shared_offers_its_records_for_a_word(case: Workspace, owner: TestClient) -> None:
    lead, held = leads(case)[0], next(iter(members(case).values()))
    text = owner.get(f"/leads/{lead}/graph?kind=phone&shape=1").text
    assert all(f'type="checkbox" name="{record}"' in text for record in held)
    assert text.count('name="act"') == 5


def test_the_effect_is_shown_and_nothing_is_decided(case: Workspace, owner: TestClient) -> None:
    path, two = pair(case)
    text = owner.get(f"{path}?act=not_same&{two}").text
    assert "What would become of the networks" in text
    assert "2025550101" not in text
    assert "555-0101" not in text
    assert (sizes(case), case.decisions.judgements()) == ([4, 3], [])


def test_two_that_are_not_the_same_part_as_foreseen_and_come_back(case: Workspace, owner: TestClient) -> None:
    before = members(case)
    path, two = pair(case)
    assert said(owner, path, f"act=not_same&{two}", "two houses").headers["location"] == "/cuts"
    assert sizes(case) == [3, 3]
    text = owner.get("/cuts").text
    assert "two houses" in text
    number = re.search(r'name="number" value="(\d+)"', text)
    assert number
    assert post(owner, "/pairs/undo", number=number[1], because="one house").headers["location"] == "/cuts"
    assert members(case) == before
    lines = [line for line in case.audit.lines() if line.verb == "decided"]
    assert [line.why for line in reversed(lines)] == ["two houses", "one house"]


def test_some_records_are_split_off(case: Workspace, owner: TestClient) -> None:
    path, two = pair(case)
    said(owner, path, f"act=split&{two}", "another house")
    assert sizes(case) == [3, 2, 2]


def test_two_networks_are_merged_by_the_id_of_the_other_lead(case: Workspace, owner: TestClient) -> None:
    one, other = leads(case)
    said(owner, f"/leads/{one}/pair", f"act=merge&with={other}", "one owner")
    assert sizes(case) == [7]
    shapes = owner.get(f"/leads/{leads(case)[0]}/graph?kind=judgement&shape=1").text
    assert "A person said so" in shapes
    case.run()
    assert sizes(case) == [7]


def test_who_was_overtaken_sees_the_other_word_and_keeps_the_reason(case: Workspace, owner: TestClient) -> None:
    path, two = pair(case)
    seen = shown(owner.get(f"{path}?act=same&{two}").text)
    one, other = next(iter(members(case).values()))[:2]
    pairing.judge(case, "unsure", [one], [other], because="no answer yet", who="Ben")
    answer = said(owner, path, f"act=same&{two}", "one house", seen=seen)
    assert answer.status_code == 409
    assert "Ben said “Unsure”: no answer yet" in answer.text
    assert 'value="one house"' in answer.text
    assert len(case.said().words) == 1


def test_a_word_needs_a_reason(case: Workspace, owner: TestClient) -> None:
    path, two = pair(case)
    assert said(owner, path, f"act=same&{two}", " ").status_code == 400
    assert case.decisions.judgements() == []


@pytest.mark.parametrize("query", ["act=same", "act=split", "act=merge&with=nobody", "act=other", ""])
def test_a_form_that_names_too_few_decides_nothing(case: Workspace, owner: TestClient, query: str) -> None:
    path, _ = pair(case)
    assert owner.get(f"{path}?{query}").status_code == 400
    form = dict(one.split("=") for one in query.split("&") if one)
    assert post(owner, path, **form, because="x").status_code == 400
    assert post(owner, "/pairs/undo", number="7", because="x").status_code == 400
    assert case.decisions.judgements() == []

"""A first look tells at once what new records mean for networks that are known, and a run tells it no second time."""

import csv
import shutil
from pathlib import Path

import pytest
from tests.hashes import maker

from undertow import Workspace, listing, watching
from undertow.collecting import Said, collect_into
from undertow.events import silent
from undertow.listing import Said as SaidOfList
from undertow.looking import Looker

from .conftest import OFFER, Row, news, offers, write

ANA = "+1 202 555 0123 or ana@example.com"


@pytest.fixture(scope="module")
def ready(known: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose last run was watched."""
    folder = tmp_path_factory.mktemp("ready") / "case"
    shutil.copytree(known, folder)
    Workspace.open(folder).run((), watched=True)
    return folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(ready, tmp_path / "case")
    return Workspace.open(tmp_path / "case")


def look(case: Workspace, name: str, rows: list[Row]) -> list[tuple[str, int]]:
    """Kind and news of what a look at these posts tells, by a watch that was just started."""
    return look_at(case, write(case.root.parent / f"{name}.csv", rows))


def look_at(case: Workspace, path: Path, kind: str = "") -> list[tuple[str, int]]:
    before = set(case.table("alerts")["alert_id"].to_pylist())
    with case.reading() as engine:
        collect_into(case, [path], Said(kind=kind), silent, Looker(case, engine).look)
    rows = [row for row in case.table("alerts").to_pylist() if row["alert_id"] not in before]
    assert all(row["quick"] for row in rows)
    return sorted((row["kind"], row["news"]) for row in rows)


def test_it_tells_what_is_new_about_a_known_network(case: Workspace) -> None:
    assert look(case, "a", news()) == [("new_place", 1), ("new_post", 2), ("new_selector", 1), ("new_site", 1)]


def test_the_run_that_follows_tells_none_of_it_again_and_says_that_it_found_the_same(case: Workspace) -> None:
    look(case, "a", news())
    told = case.table("alerts").num_rows
    case.run()
    said = case.catalogue.said_of("alerts")
    assert (said["first_looks"], said["borne_out"]) == (5, 5)
    assert case.table("alerts").num_rows == told + said["alerts"]
    assert case.table("alert_news").num_rows == 0


def test_what_one_look_told_the_next_does_not_tell_again(case: Workspace) -> None:
    look(case, "a", news()[:1])
    assert look(case, "b", news()[:1]) == [("new_post", 1)]


def test_a_record_is_known_through_another_that_came_before_it(case: Workspace) -> None:
    look(case, "a", [("other.example", OFFER.format(phone=ANA), "")])
    assert look(case, "b", [("other.example", "Bread and cakes, write to ana@example.com", "")]) == [("new_post", 1)]


def test_a_selector_that_a_person_cut_leads_nowhere(case: Workspace) -> None:
    case.cut("+12025550123", because="a hotline")
    assert look(case, "a", offers(1)) == []


def test_a_stranger_is_told_of_only_where_somebody_waits_for_its_selector(case: Workspace) -> None:
    stranger: Row = ("other.example", "Bread and cakes, call (202) 555-0177", "")
    assert look(case, "a", [stranger]) == []
    watching.wait_for(case, "+12025550177", because="the hotline named it")
    assert look(case, "b", [stranger]) == [("watched_selector", 1)]


def test_nothing_is_told_of_a_network_that_is_no_lead(case: Workspace, tmp_path: Path) -> None:
    bread: Row = ("market.example", "Fresh bread every day, call (202) 555-0188", "")
    case.collect([write(tmp_path / "bread.csv", [bread, bread])])
    case.run()
    assert [row["network_id"] for row in case.search("+12025550188").to_pylist() if row["network_id"]]
    assert look(case, "a", [bread]) == []


def test_networks_that_one_record_ties_together_have_met(case: Workspace, tmp_path: Path) -> None:
    case.collect([write(tmp_path / "more.csv", offers(3, phone="(202) 555-0199"))])
    case.run()
    both = OFFER.format(phone="(202) 555-0123 or (202) 555-0199")
    assert ("networks_met", 2) in look(case, "a", [("jobs.example", both, "")])
    case.run()
    said = case.catalogue.said_of("alerts")
    assert said["first_looks"] == said["borne_out"]


def test_without_a_run_that_was_watched_nothing_is_told(known: Path, tmp_path: Path) -> None:
    shutil.copytree(known, tmp_path / "case")
    assert look(Workspace.open(tmp_path / "case"), "a", news()) == []


made = maker(4)
OWN = [made() for _ in range(60)]


def pictures(path: Path, hashes: list[str]) -> Path:
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("picture", "pdq"))
        writer.writerows((f"{path.stem}{n}.jpg", one) for n, one in enumerate(hashes))
    return path


@pytest.fixture
def listed(tmp_path: Path) -> Workspace:
    """A workspace with 60 pictures that ran, and a list that holds others."""
    case = Workspace.start(tmp_path / "case", country="US")
    case.collect([pictures(tmp_path / "pictures.csv", OWN)], kind="pictures")
    (tmp_path / "partner.txt").write_text("\n".join(LISTED) + "\n")
    listing.add(case, "partner", [tmp_path / "partner.txt"], SaidOfList("given by a partner", algorithm="pdq"))
    listing.measure(case, "partner")
    listing.enable(case, "partner", because="measured")
    case.run(watched=True)
    return case


LISTED = [made() for _ in range(40)]


def test_a_new_picture_on_a_hash_list_is_told_at_once_and_once(listed: Workspace, tmp_path: Path) -> None:
    new = pictures(tmp_path / "new.csv", [LISTED[0], made()])
    assert look_at(listed, new, kind="pictures") == [("hash_list_hit", 1)]
    listed.run()
    assert listed.catalogue.said_of("alerts")["alerts"] == 0


def test_a_flood_of_hits_is_not_told(listed: Workspace, tmp_path: Path) -> None:
    assert look_at(listed, pictures(tmp_path / "new.csv", LISTED), kind="pictures") == []

"""Every route, for every role and every marking, gives exactly what the table in docs/reference/rights.md says."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from tests.web.conftest import HOST, ORIGIN, come_in, filled, key
from tests.web.teaming import AT, joined, team

from undertow import Workspace, testing
from undertow.review.cases import Cases
from undertow.review.people import MARKINGS, By, Person
from undertow.review.sessions import Sessions
from undertow.runs import running
from undertow.web.app import routed, workbench
from undertow.web.desk import desk

TABLES = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "rights.md").read_text("utf-8").split("## ")
OFFER = (
    "Cook wanted abroad. Send a photo of your passport. We keep your passport. Do not tell your family. Call {phone}"
)
SUBJECTS = re.compile(r"\{(lead|record|network|case)_id\}")
Answer = tuple[int, bool]  # status, and whether the page says that there is no such thing


def table(text: str) -> list[dict[str, str]]:
    """The rows of the Markdown table in a text."""
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    return [dict(zip(lines[0], row, strict=True)) for row in lines[2:]]


ROUTES = {tuple(row["address"].strip("`").split(" ")): row for row in table(TABLES[0])}
SEES = {row["who may see up to"]: {name: row[name] == "yes" for name in MARKINGS} for row in table(TABLES[1])}
ROLES = [name for name in next(iter(ROUTES.values())) if name not in ("page", "address", "right")]
ABSENT = [f"there is no such {name}" for name in ("lead now", "network", "record", "case")]
CLEARANCES = ("TLP:GREEN", "TLP:AMBER+STRICT")
TEAM = [role for role in ROLES if role not in ("owner", "nobody")]


@dataclass(frozen=True)
class Made:
    """A workspace with a lead, a record and a case of each marking, by the name of the parameter."""

    case: Workspace
    ids: dict[str, dict[str, str]]

    def path(self, path: str, marking: str) -> str:
        return filled(path, **{name: of[marking] for name, of in self.ids.items()})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    place = Workspace.start(tmp_path_factory.mktemp("markings") / "case", country="US")
    rows: dict[str, list[dict[str, Any]]] = {
        "originals": [{"original_id": f"o{n}", "marking": marking} for n, marking in enumerate(MARKINGS)],
        "posts": [{"post_id": f"p{n}", "original_id": f"o{n}", "text": f"Cook wanted {n}"} for n in range(5)],
        "networks": [{"network_id": f"n{n}", "records": 1} for n in range(5)],
        "network_members": [{"network_id": f"n{n}", "record_id": f"p{n}"} for n in range(5)],
        "leads": [{"lead_id": f"l{n}", "network_id": f"n{n}", "score": 9, "records": 1} for n in range(5)],
    }
    with running(place.root, "run") as run:
        for name, held in rows.items():
            run.target(name).mkdir(parents=True)
            pq.write_table(testing.table(name, held), run.target(name) / "part-00000.parquet")
    ids = {f"{kind}_id": {m: f"{kind[0]}{n}" for n, m in enumerate(MARKINGS)} for kind in ("lead", "network")}
    ids["record_id"] = {marking: f"p{n}" for n, marking in enumerate(MARKINGS)}
    cases = Cases(place.audit)
    ids["case_id"] = {marking: cases.open(By("root"), "Harbour", marking=marking) for marking in MARKINGS}
    return Made(place, ids)


def test_no_route_is_missing_from_the_table_and_none_is_made_up(made: Made) -> None:
    app = routed(desk(made.case))
    assert isinstance(app, FastAPI)
    there = {
        (method, route.path) for route in app.routes if isinstance(route, APIRoute) for method in route.methods or ()
    }
    assert there == set(ROUTES)


def asked(browser: TestClient, form_key: str, method: str, path: str) -> Answer:
    """What an empty form, or a look, gives."""
    told = browser.request(method, path, data={"form_key": form_key} if method == "POST" else None, headers=AT)
    return told.status_code, any(f"<bdi>{words}</bdi>" in told.text for words in ABSENT)


def expected(row: dict[str, str], role: str, marking: str, clearance: str) -> str:
    if row[role] != "yes":
        return "refused"
    return "given" if not SUBJECTS.search(row["address"]) or SEES[clearance][marking] else "not there"


def given(answer: Answer) -> str:
    status, absent = answer
    return (
        "refused"
        if status in (401, 403)
        else "not there"
        if absent
        else f"error {status}"
        if status >= 500
        else "given"
    )


@pytest.mark.slow
@pytest.mark.parametrize("role", TEAM)
def test_every_route_gives_every_role_and_marking_what_the_table_says(made: Made, role: str) -> None:
    wrong = []
    for clearance in CLEARANCES:
        person, _ = joined(made.case, f"{role} {clearance}", role, clearance=clearance)
        for (method, path), row in ROUTES.items():
            for marking in MARKINGS if SUBJECTS.search(path) else MARKINGS[:1]:
                browser, form_key = _seat(made.case, person)
                told = given(asked(browser, form_key, method, made.path(path, marking)))
                if told != expected(row, role, marking, clearance):
                    wrong.append((method, path, clearance, marking, told))
    assert wrong == []


def _seat(case: Workspace, person: Person) -> tuple[TestClient, str]:
    sessions, browser = Sessions(case.decisions.path), _BROWSERS.setdefault(case.root, team(case))
    browser.cookies.clear()
    cookie = sessions.begin(person.person_id, "review")
    browser.cookies.set("undertow", cookie)
    session = sessions.of(cookie)
    assert session
    return browser, session.form_key


_BROWSERS: dict[Path, TestClient] = {}


def test_nobody_gets_what_the_table_gives_nobody(made: Made) -> None:
    browser = team(made.case)
    for (method, path), row in ROUTES.items():
        told = browser.request(method, made.path(path, "TLP:CLEAR"), headers=AT)
        to_the_door = told.status_code == 401 or told.headers.get("location") == "/sign-in"
        assert to_the_door == (row["nobody"] != "yes"), path


def test_the_owner_gets_everything(made: Made) -> None:
    browser = TestClient(workbench(made.case, {HOST}), base_url=f"http://{HOST}", follow_redirects=False)
    come_in(made.case, browser)
    for (method, path), row in ROUTES.items():
        if path == "/leave":
            continue
        form = {"form_key": key(browser)} if method == "POST" else None
        told = browser.request(method, made.path(path, "TLP:RED"), data=form, headers=ORIGIN)
        assert row["owner"] == "yes"
        assert told.status_code not in (401, 403), path


@pytest.mark.parametrize("clearance", MARKINGS)
def test_lists_and_searches_hold_what_the_marking_allows(made: Made, clearance: str) -> None:
    person, _ = joined(made.case, f"searcher {clearance}", "analyst", clearance=clearance)
    browser, form_key = _seat(made.case, person)
    inbox, cases = browser.get("/").text, browser.get("/cases").text
    found = browser.post("/search", data={"form_key": form_key, "words": "Cook wanted"}, headers=AT).text
    for marking, sees in SEES[clearance].items():
        assert (f"/leads/{made.ids['lead_id'][marking]}" in inbox) == sees
        assert (made.ids["case_id"][marking] in cases) == sees
        assert (f"/records/{made.ids['record_id'][marking]}" in found) == sees

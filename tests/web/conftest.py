"""A small made-up case behind the workbench, a visitor without a link, and one who came in by it."""

import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.collected import collected

from undertow import Workspace
from undertow.review.sessions import Sessions
from undertow.web.app import workbench

HOST = "127.0.0.1:8765"
ORIGIN = {"origin": f"http://{HOST}"}
PHONE = "(202) 555-0123"
SCRIPT = "<script>alert(1)</script>"
OFFER = (
    "Cook wanted abroad, no experience needed, good pay. Send a photo of your passport. The ticket is deducted from "
    "your salary. We keep your passport. Do not tell your family. " + SCRIPT + " Ask for the manager, call {phone}"
)
ROWS = [
    *((f"acc{n % 3}", "jobs.example", OFFER.format(phone=PHONE), f"Valencia {n}") for n in range(6)),
    *((f"user{n}", "market.example", f"Bicycle number {n * 37} for sale, blue, {n} gears", "Riga") for n in range(6)),
]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One lead of six posts of an offer, among others."""
    folder = tmp_path_factory.mktemp("workbench")
    return collected(folder, ("account", "site", "text", "place"), ROWS, name="Harbour")


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(made, tmp_path / "case")
    return Workspace.open(tmp_path / "case")


@pytest.fixture
def visitor(case: Workspace) -> TestClient:
    return TestClient(workbench(case, {HOST}), base_url=f"http://{HOST}", follow_redirects=False)


@pytest.fixture
def owner(case: Workspace, visitor: TestClient) -> TestClient:
    come_in(case, visitor)
    return visitor


def come_in(case: Workspace, visitor: TestClient) -> None:
    form = {"token": Sessions(case.decisions.path).link(), "purpose": "weekly review"}
    assert visitor.post("/enter", data=form, headers=ORIGIN).status_code == 303


def key(client: TestClient) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


def post(client: TestClient, path: str, **form: str):
    return client.post(path, data={"form_key": key(client), **form}, headers=ORIGIN)


def filled(path: str, **ids: str) -> str:
    """The address of a route, with `none` for every id that is not given."""
    return re.sub(r"\{(\w+)\}", lambda hit: ids.get(hit[1], "none"), path)


def first(case: Workspace) -> str:
    return str(case.leads()["lead_id"][0].as_py())


def a_post(case: Workspace) -> str:
    members = case.network(case.leads()["network_id"][0].as_py())["members"]
    return str(sorted(row["record_id"] for row in members)[0])

"""Nothing is shown without a link, to a foreign page or under a foreign name; every route names its right."""

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from tests.web.conftest import HOST, ORIGIN, come_in, filled, first, key

from undertow import Workspace
from undertow.errors import UserError
from undertow.review.people import ROLES
from undertow.review.sessions import Sessions
from undertow.web import rights
from undertow.web.app import pages, routed, workbench
from undertow.web.desk import desk
from undertow.web.security import POLICY, loopback

ROUTES = [(page.name, route) for page in pages().values() for route in page.routes]
CLOSED = [(name, route) for name, route in ROUTES if route.right != "enter"]
FORMS = [route for _, route in CLOSED if route.method == "POST"]


@pytest.mark.parametrize("route", [route for _, route in CLOSED], ids=lambda route: f"{route.method} {route.path}")
def test_without_a_session_a_page_is_closed(case: Workspace, visitor: TestClient, route) -> None:
    path = filled(route.path, lead_id=first(case))
    answer = visitor.request(route.method, path, headers=ORIGIN)
    assert answer.status_code == 401
    assert "Harbour" not in answer.text


def test_every_route_names_a_right_and_a_role_has_it(case: Workspace) -> None:
    app = routed(desk(case))
    assert isinstance(app, FastAPI)
    named = {
        (route.path, *sorted(route.methods or ())): route.name for route in app.routes if isinstance(route, APIRoute)
    }
    assert named == {(route.path, route.method): route.right for _, route in ROUTES}
    assert [getattr(one, "path", "") for one in app.routes if not isinstance(one, APIRoute)] == ["/static"]
    assert set(named.values()) == set(rights.RIGHTS) == rights.ROLES["owner"]
    assert rights.ROLES["nobody"] == {"enter"}
    assert set(rights.ROLES) == {"owner", *ROLES, "nobody"}


@pytest.mark.parametrize(
    "route", [route for _, route in CLOSED if route.method == "POST"], ids=lambda route: route.path
)
def test_a_form_without_its_key_is_refused(case: Workspace, owner: TestClient, route) -> None:
    path = filled(route.path, lead_id=first(case))
    assert owner.post(path, data={"form_key": "guessed"}, headers=ORIGIN).status_code == 403


@pytest.mark.parametrize("origin", [{}, {"origin": "http://evil.example"}, {"origin": "null"}], ids=str)
def test_a_form_of_another_page_is_refused(case: Workspace, owner: TestClient, origin: dict[str, str]) -> None:
    form = {"form_key": key(owner), "answer": "confirm", "because": "forged"}
    assert owner.post(f"/leads/{first(case)}/judge", data=form, headers=origin).status_code == 403
    assert case.decisions.judgements() == []


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1:9", "localhost:8765"])
def test_a_foreign_host_is_refused(owner: TestClient, host: str) -> None:
    answer = owner.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Harbour" not in answer.text


def test_a_link_works_once(case: Workspace, visitor: TestClient) -> None:
    form = {"token": Sessions(case.decisions.path).link(), "purpose": "review"}
    assert visitor.get(f"/enter/{form['token']}").status_code == 200
    assert visitor.post("/enter", data=form, headers=ORIGIN).status_code == 303
    assert (
        TestClient(visitor.app, base_url=f"http://{HOST}").post("/enter", data=form, headers=ORIGIN).status_code == 400
    )


def test_a_link_without_a_purpose_opens_nothing(case: Workspace, visitor: TestClient) -> None:
    form = {"token": Sessions(case.decisions.path).link(), "purpose": " "}
    assert visitor.post("/enter", data=form, headers=ORIGIN).status_code == 400
    assert visitor.get("/").status_code == 401


def test_the_cookie_is_hidden_from_scripts_and_from_other_sites(case: Workspace, visitor: TestClient) -> None:
    form = {"token": Sessions(case.decisions.path).link(), "purpose": "review"}
    cookie = visitor.post("/enter", data=form, headers=ORIGIN).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_signing_out_ends_the_session_itself(owner: TestClient) -> None:
    cookie = owner.cookies["undertow"]
    owner.post("/leave", data={"form_key": key(owner)}, headers=ORIGIN)
    owner.cookies.set("undertow", cookie)
    assert owner.get("/").status_code == 401


@pytest.mark.parametrize("path", ["/", "/leads/none", "/nowhere", "/static/app.css", "/enter/x", "/audit"])
def test_every_answer_carries_the_policy(owner: TestClient, path: str) -> None:
    for answer in (owner.get(path), owner.get(path, headers={"host": "evil.example"}), owner.post(path)):
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_form_of_a_megabyte_is_refused(owner: TestClient) -> None:
    assert owner.post("/search", data={"words": "x" * 2**20}, headers=ORIGIN).status_code == 413


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "workbench.example"])
def test_an_address_that_others_reach_is_refused(host: str) -> None:
    with pytest.raises(UserError, match="from outside"):
        loopback(host)


def test_no_page_holds_a_script_or_a_style_of_its_own(case: Workspace, owner: TestClient) -> None:
    for path in ("/", f"/leads/{first(case)}", "/search", "/audit"):
        text = owner.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert text.count("<script") == text.count('<script src="/static/') == 4


def test_a_second_sitting_has_a_cookie_of_its_own(case: Workspace, owner: TestClient) -> None:
    before = owner.cookies["undertow"]
    come_in(case, owner)
    assert owner.cookies["undertow"] != before


def test_the_guard_stands_before_all(case: Workspace) -> None:
    assert workbench(case, {HOST}).hosts == {HOST}

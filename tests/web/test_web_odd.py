"""Whatever is sent to a page of the workbench, it is answered as a page, never with a failure."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.web.conftest import a_post, first
from tests.web.hostile import runs

from undertow import Workspace, web
from undertow.review.cases import Cases
from undertow.review.people import OWNER, By
from undertow.review.sessions import Sessions
from undertow.web.app import pages, workbench
from undertow.web.contract import Route

pytestmark = pytest.mark.slow
HOST = "workbench.example:8765"
ROUTES = [route for one in pages().values() for route in one.routes]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
TEXT = {"type": "string", "maxLength": 40}
FORM = "application/x-www-form-urlencoded"
PAGES: dict[str, dict[str, Any]] = {
    "text/html": {},
    "application/octet-stream": {},
    "text/plain": {},
    "application/json": {},
}
SOME = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def asked_for(*modules: Path) -> list[str]:
    """Every field of a form or an address that a page reads, found in the code of the pages."""
    found = set()
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            told = (
                re.match(r"asked\.(?:form|query)(?:\.get\(|\[)'([\w-]+)'", ast.unparse(node))
                if isinstance(node, ast.expr)
                else None
            )
            found |= {told[1]} if told else set()
    return sorted(found - {"form_key"})


FIELDS = asked_for(*sorted(Path(web.__file__).parent.rglob("*.py")))


def described(route: Route, ids: dict[str, str]) -> dict[str, Any]:
    """The OpenAPI of one route: ids that there are, or any text; every field that any page reads, or none."""
    names = re.findall(r"\{(\w+)\}", route.path)
    path = [
        {"name": name, "in": "path", "required": True, "schema": {"anyOf": [{"enum": [ids.get(name, "none")]}, TEXT]}}
        for name in names
    ]
    query = [{"name": name, "in": "query", "schema": TEXT} for name in FIELDS if route.method == "GET"]
    body = {"content": {FORM: {"schema": {"type": "object", "properties": dict.fromkeys(FIELDS, TEXT)}}}}
    answers = {str(code): {"description": "", "content": PAGES} for code in (200, 400, 401, 403, 404, 405, 409, 413)}
    answers |= {code: {"description": ""} for code in ("303", "307")}
    way = {"parameters": [*path, *query], "responses": answers} | (
        {"requestBody": body} if route.method == "POST" else {}
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "paths": {route.path: {route.method.lower(): way}},
    }


def telling(within: ASGIApp, schema: dict[str, Any]) -> ASGIApp:
    """The workbench, which also says what it takes."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = JSONResponse(schema) if scope.get("path") == "/openapi.json" else within
        await answer(scope, receive, send)

    return app


@pytest.fixture(scope="module")
def place(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, dict[str, str]]]:
    import shutil

    root = tmp_path_factory.mktemp("odd") / "case"
    shutil.copytree(made, root)
    case = Workspace.open(root)
    case_id = Cases(case.audit).open(By("root"), "Harbour", marking="TLP:AMBER")
    yield case, {"lead_id": first(case), "record_id": a_post(case), "case_id": case_id, "part": "about"}


def test_the_fields_that_pages_read_are_found() -> None:
    assert {"because", "words", "purpose", "kind", "from"} - set(FIELDS) == {"from"}  # read by its place in a list
    assert len(FIELDS) > 20


@pytest.mark.parametrize("route", ROUTES, ids=lambda one: f"{one.method} {one.path}")
def test_whatever_is_sent_is_answered_as_a_page_that_runs_nothing(
    place: tuple[Workspace, dict[str, str]], route: Route
) -> None:
    case, ids = place
    app = telling(workbench(case, {HOST, "localhost"}), described(route, ids))
    operation = schemathesis.openapi.from_asgi("/openapi.json", app)[route.path][route.method]
    sessions = Sessions(case.decisions.path)

    @given(sent=operation.as_strategy())
    @SOME
    def answered(sent: "schemathesis.Case[Any]") -> None:
        cookie = sessions.begin(OWNER, "weekly review")  # a form may end it
        session = sessions.of(cookie)
        assert session
        if route.method == "POST":
            given = sent.body if isinstance(sent.body, dict) else {}
            sent.body, sent.media_type = {**given, "form_key": session.form_key}, FORM
        headers = {"Host": HOST, "Origin": f"http://{HOST}", "Cookie": f"undertow={cookie}"}
        answer = sent.call(base_url=f"http://{HOST}", headers=headers)
        sent.validate_response(answer, checks=CHECKS)
        assert answer.status_code != 403 or route.right == "enter"
        assert "html" not in answer.headers.get("content-type", ["html"])[0] or runs(answer.text) == []

    answered()

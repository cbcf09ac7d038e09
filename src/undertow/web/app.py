"""Makes the workbench: every page's routes, each behind its right, its form key and its template."""

import hmac
from collections.abc import Awaitable, Callable, Collection, Mapping

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from undertow import plugins
from undertow.errors import UndertowError, UserError
from undertow.review.sessions import LASTS, Session
from undertow.web import clock, rights
from undertow.web.contract import Asked, Goto, Page, Route, Shown
from undertow.web.desk import Desk, desk
from undertow.web.rendering import FOLDER, page
from undertow.web.security import Guard
from undertow.workspace import Workspace

COOKIE = "undertow"
ZONE = "zone"  # the cookie by which a browser says what its clock shows
NOBODY = Session("", rights.NOBODY, "", "", 0.0)

Endpoint = Callable[[Request], Awaitable[Response]]


def pages() -> Mapping[str, Page]:
    """Every page, by its name."""
    return plugins.load("undertow.web.pages", Page)


def workbench(workspace: Workspace, hosts: Collection[str]) -> Guard:
    """The app over one workspace, answering at `hosts` (name and port) alone."""
    return Guard(routed(desk(workspace)), hosts)


def routed(at: Desk) -> FastAPI:
    """The pages without the guard before them."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for one in pages().values():
        for route in one.routes:
            app.add_api_route(
                route.path, _endpoint(at, route), methods=[route.method], response_model=None, name=route.right
            )
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    return app


def _endpoint(at: Desk, route: Route) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        form = await request.form() if route.method == "POST" else {}
        texts = {name: value for name, value in form.items() if isinstance(value, str)}
        return await run_in_threadpool(_answer, at, route, request, texts)

    return endpoint


def _answer(at: Desk, route: Route, request: Request, form: Mapping[str, str]) -> Response:
    session = at.sessions.of(request.cookies.get(COOKIE, "")) or NOBODY
    place = request.client.host if request.client else ""
    zone = clock.zone(request.cookies.get(ZONE, ""), at.workspace.settings.about.timezone)
    asked = Asked(session, place, request.path_params, request.query_params, form, zone)
    if not rights.allows(session.person_id, route.right):
        return _message(at, asked, "closed", 401 if session is NOBODY else 403)
    if route.method == "POST" and route.right != "enter" and not _same(form.get("form_key", ""), session.form_key):
        return _message(at, asked, "stale", 403)
    try:
        answer = route.handle(at, asked)
    except UndertowError as error:
        status = 400 if isinstance(error, UserError) else 500
        return _message(at, asked, "error", status, says=error.message, hint=error.hint)
    return _went(answer) if isinstance(answer, Goto) else HTMLResponse(page(at, asked, answer, pages()))


def _message(at: Desk, asked: Asked, title: str, status: int, **facts: str) -> Response:
    shown = Shown("message.html", title, {"says": "", "hint": "", **facts})
    return HTMLResponse(page(at, asked, shown, pages()), status)


def _went(answer: Goto) -> Response:
    response = RedirectResponse(answer.path, 303)
    if answer.session:
        response.set_cookie(COOKIE, answer.session, max_age=LASTS, httponly=True, samesite="strict")
    if answer.leave:
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response


def _same(one: str, other: str) -> bool:
    return bool(other) and hmac.compare_digest(one.encode(), other.encode())

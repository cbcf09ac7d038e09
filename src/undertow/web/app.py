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
from undertow.web import clock, rights, tongue
from undertow.web.contract import NOBODY, Asked, Drawn, Goto, Page, Route, Sent, Shown
from undertow.web.desk import Desk, desk
from undertow.web.rendering import FOLDER, page
from undertow.web.security import Guard
from undertow.workspace import Workspace

COOKIE = "undertow"
UNKNOWN = Session("", "", "", "", 0.0)  # of whoever has not signed in
ZONE = "zone"  # the cookie by which a browser says what its clock shows
LANGUAGE = "language"  # the cookie that keeps the language which somebody chose
YEAR = 365 * 24 * 3600

Endpoint = Callable[[Request], Awaitable[Response]]


def pages() -> Mapping[str, Page]:
    """Every page, by its name."""
    return plugins.load("undertow.web.pages", Page)


def workbench(workspace: Workspace, hosts: Collection[str], *, team: bool = False, scheme: str = "http") -> Guard:
    """The app over one workspace, answering at `hosts` (name and port) alone; `scheme` is what browsers speak to it."""
    return Guard(routed(desk(workspace, team=team)), hosts, scheme)


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
    session = at.sessions.of(request.cookies.get(COOKIE, "")) or UNKNOWN
    person = (at.person(session.person_id) if session is not UNKNOWN else None) or NOBODY
    at, place = at.seat(person), request.client.host if request.client else ""
    zone = clock.zone(request.cookies.get(ZONE, ""), at.workspace.settings.about.timezone)
    language = tongue.chosen(request.cookies.get(LANGUAGE, ""), request.headers.get("accept-language", ""))
    asked = Asked(
        session, place, request.path_params, request.query_params, form, zone, person, language, _here(request)
    )
    refusal = _refused(at, asked, route)
    if refusal:
        return refusal
    try:
        at.check(request.path_params, person)
        answer = route.handle(at, asked)
    except UndertowError as error:
        status = 400 if isinstance(error, UserError) else 500
        return _message(at, asked, "error", status, says=error.message, hint=error.hint)
    if isinstance(answer, Goto):
        return _went(at, answer, secure=request.url.scheme == "https")
    if isinstance(answer, Sent):
        headers = {"Content-Disposition": f'attachment; filename="{answer.name}"'}
        return Response(answer.held, media_type="application/octet-stream", headers=headers)
    if isinstance(answer, Drawn):
        return Response(answer.png, media_type="image/png")
    return HTMLResponse(page(at, asked, answer, pages()), answer.status)


def _refused(at: Desk, asked: Asked, route: Route) -> Response | None:
    """The answer where the person may not do this, or not from this form."""
    if at.team and asked.person is NOBODY and route.right != "enter":
        wanted = route.method == "GET"
        return RedirectResponse("/sign-in", 303) if wanted else _message(at, asked, "signed_out", 401)
    if not rights.allows(asked.person.roles, route.right):
        return _message(at, asked, "closed" if asked.person is NOBODY else "no_right", _status(asked))
    if route.method == "POST" and route.right != "enter" and not _same(asked.form, asked.session):
        return _message(at, asked, "stale", 403)
    if not asked.person.ready and route.right not in ("enter", "sit"):
        return RedirectResponse("/account", 303)
    return None


def _here(request: Request) -> str:
    """Where a look came from; a form cannot be looked at again."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}" if request.method == "GET" else "/home"


def _status(asked: Asked) -> int:
    return 401 if asked.person is NOBODY else 403


def _message(at: Desk, asked: Asked, title: str, status: int, **facts: str) -> Response:
    shown = Shown("message.html", title, {"says": "", "hint": "", **facts})
    return HTMLResponse(page(at, asked, shown, pages()), status)


def _went(at: Desk, answer: Goto, *, secure: bool) -> Response:
    response = RedirectResponse(answer.path, 303)
    if answer.session:
        lasts = None if at.team else LASTS  # a team's ends with the browser
        response.set_cookie(COOKIE, answer.session, max_age=lasts, httponly=True, samesite="strict", secure=secure)
    if answer.language:
        response.set_cookie(LANGUAGE, answer.language, max_age=YEAR, httponly=True, samesite="strict", secure=secure)
    if answer.leave:
        response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=secure)
    return response


def _same(form: Mapping[str, str], session: Session) -> bool:
    given, held = form.get("form_key", ""), session.form_key
    return bool(held) and hmac.compare_digest(given.encode("utf-8", "replace"), held.encode())

"""The way in for a team: name, password, a code of the second factor, and the purpose of this sitting."""

from dataclasses import replace

from undertow import auditing
from undertow.errors import UserError
from undertow.review import attempts
from undertow.review.sealing import PERSON
from undertow.web.contract import Answer, Asked, Goto, Page, Route, Shown
from undertow.web.desk import Desk

WRONG = "name, password or code do not fit, or the account is closed"
MOST = 200  # letters of each field


def form(desk: Desk, _asked: Asked) -> Answer:
    """An empty form; one person on their own machine comes in by a link instead."""
    return _form("") if desk.team else Goto("/")


def sign_in(desk: Desk, asked: Asked) -> Answer:
    """Begins a session under a cookie that nobody had before; an older one of the same browser ends."""
    if not desk.team:
        raise UserError("nobody signs in here", hint="open the link that `undertow serve` prints")
    name, password, code, purpose = (asked.form.get(key, "")[:MOST] for key in ("name", "password", "code", "purpose"))
    if not purpose.strip():
        return _form("say what the sitting is for")
    path = desk.sessions.path
    try:
        attempts.attempt(path, name, asked.place)
    except UserError as error:
        return _form(error.message, 429)
    person = desk.people.admits(name, password, code)
    if not person:
        auditing.tell(desk.workspace, "refused to sign in", why="", who="nobody", place=asked.place)
        return _form(WRONG, 401)
    attempts.went_well(path, name)
    if asked.session.token:
        desk.sessions.end(asked.session)
    cookie = desk.begin(person, purpose.strip())
    session = desk.sessions.of(cookie)
    assert session
    seated = replace(desk, who=person.name)
    seated.tell(replace(asked, session=session), "signed in", PERSON, person.person_id)
    return Goto("/home" if person.ready else "/account", cookie)


def _form(wrong: str, status: int = 200) -> Answer:
    """What was typed is not given back: it may be a password in the wrong field."""
    return Shown("signin.html", "signin", {"wrong": wrong}, status if wrong else 200)


PAGE = Page(
    name="signin",
    says="Name, password, a code and the purpose open a session.",
    routes=(Route("/sign-in", "enter", form), Route("/sign-in", "enter", sign_in, "POST")),
)

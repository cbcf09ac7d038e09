"""The way in: a link that holds once, and the purpose of this sitting."""

from dataclasses import replace

from undertow.errors import UserError
from undertow.review.people import owner
from undertow.web.contract import Answer, Asked, Goto, Page, Route, Shown
from undertow.web.desk import Desk


def ask(_desk: Desk, asked: Asked) -> Answer:
    """Asks for the purpose; looking at the link does not use it up."""
    return Shown("enter.html", "enter", {"token": asked.path["token"]})


def begin(desk: Desk, asked: Asked) -> Answer:
    """Uses the link up and begins a session."""
    purpose = asked.form.get("purpose", "").strip()
    if not purpose:
        raise UserError("a sitting needs a purpose", hint="go back and say in a few words what it is for")
    if desk.team or not desk.sessions.use_link(asked.form.get("token", "")):
        raise UserError("this link was used or is too old", hint="`undertow serve` prints a new one")
    cookie = desk.begin(owner(desk.who), purpose)
    session = desk.sessions.of(cookie)
    assert session
    desk.tell(replace(asked, session=session), "signed in")
    return Goto("/", cookie)


PAGE = Page(
    name="enter",
    says="Opens the workbench with a link that holds once, and asks for the purpose.",
    routes=(Route("/enter/{token}", "enter", ask), Route("/enter", "enter", begin, "POST")),
)

"""What changes a sitting: its purpose, whether names and pictures are shown, and its end."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from undertow.errors import UserError
from undertow.web import clock
from undertow.web.contract import Answer, Asked, Goto, Page, Route
from undertow.web.desk import Desk


def show(desk: Desk, asked: Asked) -> Answer:
    """Shows names and selectors for a while, for the purpose that is given; the session gets a new cookie."""
    purpose = asked.form.get("purpose", "").strip()
    if not purpose:
        raise UserError("names are shown for a purpose only", hint="go back and say what you need them for")
    cookie = desk.sessions.renew(asked.session, purpose)
    session = desk.sessions.of(cookie)
    if not session:
        raise UserError("the session ended meanwhile", hint="sign in again")
    desk.tell(replace(asked, session=session), "unmasked")
    desk.sessions.show(session, on=True)
    return Goto(_back(asked), cookie)


def hide(desk: Desk, asked: Asked) -> Answer:
    """Masks names and selectors again."""
    desk.tell(asked, "masked")
    desk.sessions.show(asked.session, on=False)
    return Goto(_back(asked))


def rest(desk: Desk, asked: Asked) -> Answer:
    """Hides every picture from this person until midnight on their clock. It is told to nobody."""
    desk.sessions.rest(asked.person.person_id, clock.midnight(datetime.now(UTC), asked.zone).timestamp())
    return Goto(_back(asked))


def work(desk: Desk, asked: Asked) -> Answer:
    """Shows pictures again before that."""
    desk.sessions.rest(asked.person.person_id, 0.0)
    return Goto(_back(asked))


def leave(desk: Desk, asked: Asked) -> Answer:
    """Ends the session."""
    desk.tell(asked, "signed out")
    desk.sessions.end(asked.session)
    return Goto("/", leave=True)


def _back(asked: Asked) -> str:
    """Where the form stood, if that is a page of ours."""
    path = asked.form.get("back", "")
    return path if re.fullmatch(r"(/[a-z0-9]+)+", path) else "/"


PAGE = Page(
    name="sitting",
    says="Shows names for a purpose, masks them again, hides pictures for the day, signs out.",
    routes=(
        Route("/show", "unmask", show, "POST"),
        Route("/hide", "sit", hide, "POST"),
        Route("/rest", "sit", rest, "POST"),
        Route("/work", "sit", work, "POST"),
        Route("/leave", "sit", leave, "POST"),
    ),
)

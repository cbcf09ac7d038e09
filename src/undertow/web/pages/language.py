"""The language that somebody reads: kept in a cookie of their browser, before and after they sign in."""

import re

from undertow.errors import UserError
from undertow.web import tongue
from undertow.web.contract import Answer, Asked, Goto, Page, Route
from undertow.web.desk import Desk

_OURS = re.compile(r"/(?:[\w.~-][\w./?=&%~:+-]*)?")  # a page of ours: no second slash may follow the first


def choose(_desk: Desk, asked: Asked) -> Answer:
    """Keeps the language and goes back to where the form stood."""
    language = asked.form.get("language", "")
    if language not in tongue.languages():
        raise UserError("there is no such language here", hint="choose one at the foot of a page")
    back = asked.form.get("back", "")
    return Goto(back if _OURS.fullmatch(back) else "/", language=language)


PAGE = Page(
    name="language",
    says="Chooses the language of the pages.",
    routes=(Route("/language", "enter", choose, "POST"),),
)

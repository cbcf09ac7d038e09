"""Where somebody comes in: the first page that they may see."""

from undertow.web import rights
from undertow.web.contract import Answer, Asked, Goto, Page, Right, Route
from undertow.web.desk import Desk

FIRST: tuple[tuple[Right, str], ...] = (("read", "/"), ("audit", "/audit"), ("people", "/people"), ("sit", "/account"))


def home(_desk: Desk, asked: Asked) -> Answer:
    """Goes there."""
    return Goto(next(path for right, path in FIRST if rights.allows(asked.person.roles, right)))


PAGE = Page(name="home", says="Leads to the first page that somebody may see.", routes=(Route("/home", "sit", home),))

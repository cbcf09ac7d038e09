"""What a page is made of: routes, each with the right that it needs, and handlers that give what a template shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from undertow.review.people import Person
from undertow.review.sessions import Session
from undertow.web.desk import Desk

NOBODY = Person("", "", ("nobody",), "")

Right = Literal[
    "enter",
    "sit",
    "read",
    "search",
    "unmask",
    "decide",
    "work",
    "lead",
    "export",
    "propose",
    "approve",
    "audit",
    "people",
]
"""What a person must be allowed; see `undertow.web.rights`."""


UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of `person`, who may be nobody yet; `place` is the address that it came from, `zone` their clock's."""

    session: Session
    place: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    zone: ZoneInfo = UTC
    person: Person = NOBODY
    language: str = "en"
    here: str = "/home"  # the address to come back to after choosing another language


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to show: a template with its facts. `title` is a key of the texts, never a person's data."""

    template: str
    title: str
    facts: Mapping[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Goto:
    """Another page of ours to go to; `session` is the cookie of a new session, where one began."""

    path: str
    session: str = ""
    leave: bool = False
    language: str = ""  # that the browser is to remember


@dataclass(frozen=True, slots=True)
class Sent:
    """A file to keep; `name` holds ids alone."""

    name: str
    held: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture for a page of ours, as PNG."""

    png: bytes


Answer = Shown | Goto | Sent | Drawn


@dataclass(frozen=True, slots=True)
class Route:
    """One address of a page. What changes anything is a POST."""

    path: str
    right: Right
    handle: Callable[[Desk, Asked], Answer]
    method: Literal["GET", "POST"] = "GET"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name, its routes, and its place in the menu, counted from 1; 0 is none.

    `view` is its place among the views of a lead, counted likewise.
    """

    name: str
    says: str
    routes: tuple[Route, ...]
    menu: int = 0
    view: int = 0

"""What a page is made of: routes, each with the right that it needs, and handlers that give what a template shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from undertow.review.sessions import Session
from undertow.web.desk import Desk

Right = Literal["enter", "read", "search", "decide", "unmask", "audit"]
"""What a session must allow; see `undertow.web.rights`."""


UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of somebody who is signed in; `place` is the address that it came from, `zone` their clock's."""

    session: Session
    place: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    zone: ZoneInfo = UTC


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to show: a template with its facts. `title` is a key of the texts, never a person's data."""

    template: str
    title: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goto:
    """Another page to go to; `session` is the cookie of a new session, where one began."""

    path: str
    session: str = ""
    leave: bool = False


Answer = Shown | Goto


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

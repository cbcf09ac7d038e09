"""Searches that a person saved: kept as decisions, so that they are told to the trail and never lost."""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from undertow.errors import UserError
from undertow.web import facets
from undertow.web.contract import Asked
from undertow.web.desk import Desk

SEARCH = "search"  # the kind of subject
SAVE = "save search"
LONGEST = 60  # letters of a name


@dataclass(frozen=True, slots=True)
class Saved:
    """A search: the number of the decision that saved it, its name, and what it chooses."""

    number: int
    name: str
    query: Mapping[str, str]


def save(desk: Desk, asked: Asked, name: str, query: Mapping[str, str]) -> Saved:
    """Keeps a search under a name; one of the same name is replaced. Raises `UserError` where it chooses nothing."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise UserError(f"a search needs a name of 1 to {LONGEST} letters", hint="go back and give it one")
    if not query:
        raise UserError("this search chooses all leads", hint="go back and choose a filter first")
    details = {"query": orjson.dumps(dict(query), option=orjson.OPT_SORT_KEYS).decode()}
    return _told(desk, asked, SAVE, name, details)


def forget(desk: Desk, asked: Asked, number: int) -> None:
    """Takes a saved search back."""
    one = next((one for one in listed(desk) if one.number == number), None)
    if one:
        _told(desk, asked, f"undo {SAVE}", one.name, {})


def listed(desk: Desk) -> list[Saved]:
    """The searches of this person that stand, by name."""
    last = {}
    for one in desk.workspace.decisions.judgements():
        if one.subject_kind == SEARCH and one.who == desk.who:
            last[one.subject] = one
    details = desk.workspace.decisions.details()
    held = [one for one in last.values() if one.verb == SAVE]
    return [
        Saved(one.number, one.subject, facets.asked(orjson.loads(details[one.number]["query"])))
        for one in sorted(held, key=lambda one: one.subject)
    ]


def _told(desk: Desk, asked: Asked, verb: str, name: str, details: Mapping[str, str]) -> Saved:
    said = {"because": asked.session.purpose, "who": desk.who, "place": asked.place}
    done = desk.workspace.decisions.judge(verb, SEARCH, name, details=details, **said)
    return Saved(done.number, name, {})

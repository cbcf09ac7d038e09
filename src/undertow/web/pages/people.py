"""The people of the team: who may sign in, as what, up to which marking and until when."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from undertow.errors import UserError
from undertow.review.people import MARKINGS, ROLES, By, Person
from undertow.web.contract import Answer, Asked, Goto, Page, Route, Shown
from undertow.web.desk import Desk

DEEDS = ("save", "lock", "unlock", "reset", "remove")


def people(desk: Desk, asked: Asked) -> Answer:
    """Everybody, and a form for one more."""
    desk.tell(asked, "read", "people")
    return _shown(desk)


def add(desk: Desk, asked: Asked) -> Answer:
    """Adds somebody and shows their first password this once."""
    given = _given(Person("", asked.form.get("name", ""), ()), asked.form)
    made, password = desk.people.add(given, By(desk.who, asked.place))
    return _shown(desk, made.name, password)


def change(desk: Desk, asked: Asked) -> Answer:
    """Does to somebody what the button says; nobody changes their own rights."""
    deed, person, by = asked.form.get("do", ""), desk.people.one(asked.path["person_id"]), By(desk.who, asked.place)
    if deed not in DEEDS:
        raise UserError("what is to be done?", hint="go back and press one of the buttons")
    if person.person_id == asked.person.person_id:
        raise UserError("nobody changes their own rights", hint="another administrator can")
    if deed == "reset":
        return _shown(desk, person.name, desk.people.reset(person, by))
    if deed == "remove":
        desk.people.remove(person, by)
    elif deed == "save":
        desk.people.change(_given(person, asked.form), by)
    else:
        desk.people.change(replace(person, locked=deed == "lock"), by)
    return Goto("/people")


def _given(person: Person, form: Mapping[str, str]) -> Person:
    roles = tuple(role for role in ROLES if form.get(f"role {role}"))
    more: dict[str, Any] = {"clearance": form.get("clearance", ""), "only_cases": bool(form.get("only_cases"))}
    return replace(person, roles=roles, expires=form.get("expires", "").strip(), **more)


def _shown(desk: Desk, name: str = "", password: str = "") -> Answer:
    facts = {"everybody": desk.people.all(), "roles": ROLES, "markings": MARKINGS, "first": (name, password)}
    return Shown("people.html", "people", facts)


PAGE = Page(
    name="people",
    says="Who may sign in, as what, up to which marking and until when.",
    routes=(
        Route("/people", "people", people),
        Route("/people", "people", add, "POST"),
        Route("/people/{person_id}", "people", change, "POST"),
    ),
    menu=9,
)

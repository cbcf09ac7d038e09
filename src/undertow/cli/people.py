"""Commands on the people of a team: who may sign in at the workbench, as what, and until when."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from getpass import getuser
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, table, words
from undertow.errors import UserError

if TYPE_CHECKING:
    from undertow.review.people import Person

Action = Literal["list", "add", "role", "lock", "unlock", "reset", "remove"]
Role = Literal["viewer", "analyst", "reviewer", "case lead", "auditor", "administrator", "child protection"]
Marking = Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]


def people(
    action: Action = "list",
    name: Annotated[str, Parameter(help="whom it is about")] = "",
    /,
    *,
    role: Annotated[list[Role] | None, Parameter(help="of add, role: what they are; may be given again")] = None,
    clearance: Annotated[Marking | None, Parameter(help="of add, role: the strictest marking they see")] = None,
    only_cases: Annotated[bool | None, Parameter(help="of add, role: they see no more than cases they are on")] = None,
    expires: Annotated[str | None, Parameter(help="of add, role: their last day (2027-03-31); empty is never")] = None,
    who: Annotated[str, Parameter(help="who does it; else the name of this login")] = "",
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Keep the people of a team: add them, change their roles, lock, give a new first password, remove."""
    from undertow.review.people import By, People, Person

    held, by = People(workspace(workspace_).audit), By(who or getuser())
    if action == "list":
        _list(held.all(), json=json)
        return
    if not name:
        raise UserError(f"people {action} needs a name", hint="`undertow people list` shows everybody")
    given = {"clearance": clearance, "only_cases": only_cases, "expires": expires}
    said: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if action == "add":
        made, password = held.add(replace(Person("", name, tuple(role or ())), **said), by)
        line(f"{made.name}: {', '.join(made.roles)}")
        _first(password)
        return
    person = held.named(name)
    if action == "reset":
        _first(held.reset(person, by))
        return
    if action == "remove":
        held.remove(person, by)
    elif action == "role":
        held.change(replace(person, roles=tuple(role or person.roles), **said), by)
    else:
        held.change(replace(person, locked=action == "lock"), by)
    line(f"{action}: {person.name}")


def _first(password: str) -> None:
    line(f"first password: {password}")
    words("it is shown this once; at the first sign-in they set one of their own, and a second factor")


def _list(everybody: "Sequence[Person]", *, json: bool) -> None:
    rows = [asdict(one) for one in everybody]
    if json:
        as_json(rows)
        return
    shown = [
        row | {"roles": ", ".join(row["roles"]), "ready": not row["fresh"] and row["second_factor"]} for row in rows
    ]
    table(shown, ["name", "roles", "clearance", "only_cases", "expires", "locked", "ready"])

"""The people of a workspace: roles, how strict a marking they see, until when; every change is told to the trail."""

import secrets
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from undertow.errors import UserError
from undertow.review import passwords
from undertow.review.audit import COMMAND_LINE, Add, Entry, Trail
from undertow.review.migrations import opened
from undertow.review.sealing import PERSON, of_person

ROLES = ("viewer", "analyst", "reviewer", "case lead", "auditor", "administrator", "child protection")
MARKINGS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")  # FIRST, TLP 2.0; most open first
OWNER = "owner"  # who works alone on their own machine
_COLUMNS = "person_id, name, roles, clearance, only_cases, expires, locked, fresh, totp != ''"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in. `expires` is the last day (UTC), or empty; `only_cases`: they see no more than those.

    `fresh`: the password was given by somebody else; `second_factor`: a key for codes is set.
    """

    person_id: str
    name: str
    roles: tuple[str, ...]
    clearance: str = "TLP:AMBER"
    only_cases: bool = False
    expires: str = ""
    locked: bool = False
    fresh: bool = False
    second_factor: bool = True

    @property
    def closed(self) -> bool:
        """Whether they may not sign in: locked, or the last day is over."""
        return self.locked or (bool(self.expires) and datetime.now(UTC).date() > date.fromisoformat(self.expires))

    @property
    def ready(self) -> bool:
        """Whether the password is their own and the second factor is set; before that they see nothing."""
        return self.second_factor and not self.fresh


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something, and from where."""

    who: str
    place: str = COMMAND_LINE


@dataclass(frozen=True, slots=True)
class People:
    """The people in a decisions file."""

    trail: Trail

    def add(self, person: Person, by: By) -> tuple[Person, str]:
        """Adds somebody under a new id; gives them with their first password, which is kept nowhere.

        Raises `UserError` for a name that is taken, and for a role, a marking or a day that is none.
        """
        password = passwords.made()
        new = replace(_checked(person), person_id=f"u{secrets.token_hex(6)}", fresh=True, second_factor=False)
        row = (*_row(new), passwords.hashed(password), 1, "", 0)

        def work(connection: sqlite3.Connection) -> None:
            if connection.execute("SELECT 1 FROM people WHERE name = ?", (new.name,)).fetchone():
                raise UserError(f"there is a {new.name} already", hint="`undertow people list` shows everybody")
            connection.execute(f"INSERT INTO people VALUES ({','.join('?' * len(row))})", row)

        self._told(work, "added", new, by)
        return new, password

    def change(self, person: Person, by: By) -> None:
        """Sets roles, clearance, cases, last day and lock of somebody as given; their sessions end.

        Raises `UserError` where nobody could administer any more.
        """
        _checked(person)
        before = self.one(person.person_id)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE people SET roles = ?, clearance = ?, only_cases = ?, expires = ?, locked = ? "
                "WHERE person_id = ?",
                (*_row(person)[2:], person.person_id),
            )
            _administered(connection, before)
            _signed_out(connection, person.person_id)

        self._told(work, "changed", person, by)

    def reset(self, person: Person, by: By) -> str:
        """Gives a first password anew and takes the second factor away; their sessions end."""
        password = passwords.made()

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE people SET password = ?, fresh = 1, totp = '', totp_step = 0 WHERE person_id = ?",
                (passwords.hashed(password), person.person_id),
            )
            _signed_out(connection, person.person_id)

        self._told(work, "reset", person, by)
        return password

    def remove(self, person: Person, by: By) -> None:
        """Takes somebody away; what they did stays, under their name."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM people WHERE person_id = ?", (person.person_id,))
            _administered(connection, person)
            _signed_out(connection, person.person_id)

        self._told(work, "removed", person, by)

    def new_password(self, person: Person, old: str, new: str, by: By) -> None:
        """Sets a password of one's own; raises `UserError` where the old one is wrong or the new one too easy."""
        if not passwords.fits(self._secrets(person)[0], old):
            raise UserError("the old password is another", hint="an administrator can give you a new first one")
        if old == new:
            raise UserError("the new password is the old one", hint="choose another")
        held = passwords.hashed(new, person.name)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE people SET password = ?, fresh = 0 WHERE person_id = ?", (held, person.person_id)
            )

        self._told(work, "changed their password", person, by)

    def enrol(self, person: Person, key: str, code: str, by: By) -> None:
        """Sets the second factor; raises `UserError` where there is one, or the code is not of this key."""
        at = passwords.step(key, code)
        if not at:
            raise UserError("this code does not fit", hint="look that the clock of your device is right; try the next")

        def work(connection: sqlite3.Connection) -> None:
            done = connection.execute(
                "UPDATE people SET totp = ?, totp_step = ? WHERE person_id = ? AND totp = ''",
                (key, at, person.person_id),
            )
            if not done.rowcount:
                raise UserError("there is a second factor already", hint="an administrator can take it away")

        self._told(work, "set a second factor", person, by)

    def admits(self, name: str, password: str, code: str) -> Person | None:
        """Who signs in with these, or None; a code is taken once. Takes as long for a name that nobody has."""
        person = next(iter(self._found("name = ?", name.strip())), None)
        held, key = self._secrets(person) if person else ("", "")
        if not passwords.fits(held, password) or not person or person.closed:
            return None
        return person if not key or self._takes(person, passwords.step(key, code)) else None

    def all(self) -> list[Person]:
        """Everybody, by name."""
        return self._found("1 = 1 ORDER BY name") if self.trail.path.exists() else []

    def named(self, name: str) -> Person:
        """Who has this name; raises `UserError` where nobody does."""
        return self._one("name = ?", name)

    def one(self, person_id: str) -> Person:
        """Who has this id; raises `UserError` where nobody does."""
        return self._one("person_id = ?", person_id)

    def _one(self, where: str, value: str) -> Person:
        found = self._found(where, value) if self.trail.path.exists() else []
        if not found:
            raise UserError("there is no such person", hint="`undertow people list` shows everybody")
        return found[0]

    def _found(self, where: str, *values: str) -> list[Person]:
        with opened(self.trail.path) as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM people WHERE {where}", values).fetchall()
        return [Person(row[0], row[1], tuple(row[2].split(",")), row[3], bool(row[4]), row[5], *map(bool, row[6:]))
                for row in rows]  # fmt: skip

    def _secrets(self, person: Person) -> tuple[str, str]:
        with opened(self.trail.path) as connection:
            row = connection.execute(
                "SELECT password, totp FROM people WHERE person_id = ?", (person.person_id,)
            ).fetchone()
        return (str(row[0]), str(row[1])) if row else ("", "")

    def _takes(self, person: Person, step: int) -> bool:
        """Uses a code's thirty seconds up; of two that come at once, one goes through."""
        with opened(self.trail.path) as connection:
            done = connection.execute(
                "UPDATE people SET totp_step = ? WHERE person_id = ? AND totp_step < ?", (step, person.person_id, step)
            )
            return step > 0 and done.rowcount == 1

    def _told(self, work: Callable[[sqlite3.Connection], None], verb: str, person: Person, by: By) -> None:
        """Does the work and tells the trail, in one transaction."""

        def both(connection: sqlite3.Connection, add: Add) -> None:
            work(connection)
            digest = of_person(connection, person.person_id)
            told: dict[str, str | bool | Sequence[str]] = {
                "roles": list(person.roles),
                "clearance": person.clearance,
                "only cases": person.only_cases,
            }
            more: dict[str, str | bool] = {"expires": person.expires, "locked": person.locked, "digest": digest}
            add(Entry(by.who, verb, PERSON, person.person_id, place=by.place, detail={**told, **more}))

        self.trail.within(both)


def owner(name: str) -> Person:
    """Who works alone on their own machine: whoever reads its disk has every role anyway."""
    return Person(OWNER, name, (OWNER,), MARKINGS[-1])


def _row(person: Person) -> tuple[str, str, str, str, int, str, int]:
    first = (person.person_id, person.name, ",".join(person.roles), person.clearance)
    return (*first, int(person.only_cases), person.expires, int(person.locked))


def _administered(connection: sqlite3.Connection, before: Person) -> None:
    """Refuses to take the last administrator away; one whose days are numbered does not count."""
    if "administrator" not in before.roles:
        return
    rows = connection.execute("SELECT roles FROM people WHERE NOT locked AND expires = ''").fetchall()
    if not any("administrator" in roles.split(",") for (roles,) in rows):
        raise UserError("nobody could administer any more", hint="give somebody else the role administrator first")


def _signed_out(connection: sqlite3.Connection, person_id: str) -> None:
    connection.execute("DELETE FROM sessions WHERE person_id = ?", (person_id,))


def _checked(person: Person) -> Person:
    name = person.name.strip()
    if not 2 <= len(name) <= 60 or not name.isprintable():
        raise UserError("a person needs a name", hint="`undertow people add NAME --role analyst`")
    _one_of("role", person.roles or ("nothing",), ROLES)
    _one_of("marking", [person.clearance], MARKINGS)
    try:
        date.fromisoformat(person.expires or "2000-01-01")
    except ValueError as error:
        raise UserError(f"{person.expires!r} is no day", hint="write it like 2027-03-31") from error
    return replace(person, name=name)


def _one_of(what: str, values: Sequence[str], known: Collection[str]) -> None:
    wrong = [value for value in values if value not in known]
    if wrong:
        raise UserError(f"{wrong[0]!r} is no {what}", hint="there are " + ", ".join(known))

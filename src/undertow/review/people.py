"""The people of a workspace: roles, clearance, cases, purpose and expiry; passwords as Argon2id, second factor as TOTP.

Every change of rights is a line of the audit trail.
"""

import secrets
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from undertow.errors import UserError
from undertow.review.audit import Entry, Trail
from undertow.review.migrations import opened

ROLES = ("viewer", "analyst", "reviewer", "case lead", "auditor", "administrator")
CLEARANCES = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")  # the most open first
LEAST_LETTERS = 12  # NIST SP 800-63B-4 asks for 15 where it is the only factor, 8 beside another; a guess in between
_COLUMNS = "person_id, name, roles, clearance, purpose, timezone, language, expires, totp != ''"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in. `cases` empty: no case limits what they see; `expires` is the last day, or empty."""

    person_id: str
    name: str
    roles: tuple[str, ...]
    clearance: str
    purpose: str = ""
    timezone: str = ""
    language: str = ""
    expires: str = ""
    second_factor: bool = False
    cases: tuple[str, ...] = ()

    @property
    def expired(self) -> bool:
        """Whether the last day is over, in UTC."""
        return bool(self.expires) and datetime.now(UTC).date() > date.fromisoformat(self.expires)


def owner(name: str) -> Person:
    """Who works alone on their own machine: everything that the machine's own user can read anyway."""
    return Person("owner", name, ROLES, CLEARANCES[-1])


@dataclass(frozen=True, slots=True)
class People:
    """The people in a decisions file."""

    trail: Trail

    def add(
        self,
        name: str,
        roles: Sequence[str],
        *,
        clearance: str = "TLP:AMBER",
        cases: Sequence[str] = (),
        expires: str = "",
        purpose: str = "",
        second_factor: bool = False,
        by: str = "",
    ) -> tuple[Person, str, str]:
        """Adds somebody; gives them with a first password and, where asked for, the key of the second factor.

        Raises `UserError` for a name that is taken, a role, a marking or a day that is none.
        """
        _check(name, roles, clearance, expires)
        password, key = secrets.token_urlsafe(12), _totp_key() if second_factor else ""
        person = f"u{secrets.token_hex(6)}"
        row = (person, name, ",".join(roles), clearance, purpose, "", "", hashed(password), key, 0, expires)

        def work(connection: sqlite3.Connection, add: Any) -> None:
            if connection.execute("SELECT 1 FROM people WHERE name = ?", (name,)).fetchone():
                raise UserError(f"there is a {name} already", hint="`undertow people list` shows everybody")
            connection.execute(f"INSERT INTO people VALUES ({','.join('?' * len(row))})", row)
            connection.executemany("INSERT INTO case_people VALUES (?, ?)", [(person, one) for one in cases])
            told = {"roles": list(roles), "clearance": clearance, "expires": expires, "cases": list(cases)}
            add(Entry(by, "added", "person", person, detail=told))

        self.trail.within(work)
        return self.one(person), password, key

    def change(self, name: str, *, by: str = "", **to: str) -> Person:
        """Changes `roles` (with commas), `clearance`, `expires`, `timezone`, `purpose` or `password` of somebody.

        Their sessions end. Raises `UserError` for a name that nobody has.
        """
        person = self.named(name)
        roles = tuple(filter(None, to.get("roles", ",".join(person.roles)).split(",")))
        _check(name, roles, to.get("clearance", person.clearance), to.get("expires", person.expires))
        told = {key: "changed" if key == "password" else value for key, value in to.items()}
        values = {key: hashed(value) if key == "password" else value for key, value in to.items()}

        def work(connection: sqlite3.Connection, add: Any) -> None:
            for column, value in values.items():
                connection.execute(f"UPDATE people SET {column} = ? WHERE person_id = ?", (value, person.person_id))
            connection.execute("DELETE FROM sessions WHERE person_id = ?", (person.person_id,))
            add(Entry(by, "changed", "person", person.person_id, detail=told))

        self.trail.within(work)
        return self.one(person.person_id)

    def all(self) -> list[Person]:
        """Everybody, by name."""
        return self._found("1 = 1 ORDER BY name") if self.trail.path.exists() else []

    def one(self, person_id: str) -> Person:
        """Who has this id; raises `UserError` where nobody does."""
        found = self._found("person_id = ?", person_id)
        if not found:
            raise UserError("there is no such person", hint="`undertow people list` shows everybody")
        return found[0]

    def named(self, name: str) -> Person:
        """Who has this name; raises `UserError` where nobody does."""
        found = self._found("name = ?", name)
        if not found:
            raise UserError(f"there is no {name}", hint="`undertow people list` shows everybody")
        return found[0]

    def _found(self, where: str, *values: str) -> list[Person]:
        with opened(self.trail.path) as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM people WHERE {where}", values).fetchall()
            return [_person(connection, row) for row in rows]

    def admits(self, name: str, password: str, code: str) -> Person | None:
        """Who signs in with these, or None; a code works once. Takes as long for a name that nobody has."""
        with opened(self.trail.path) as connection:
            row = connection.execute(
                "SELECT person_id, password, totp, totp_step FROM people WHERE name = ?", (name,)
            ).fetchone()
            right = _fits(row[1] if row else _nobody(), password)
            if not row or not right:
                return None
            step = _step(row[2], code) if row[2] else 0
            if row[2] and step <= row[3]:
                return None
            connection.execute("UPDATE people SET totp_step = ? WHERE person_id = ?", (step, row[0]))
        person = self.one(row[0])
        return None if person.expired else person


def hashed(password: str) -> str:
    """The password as Argon2id; raises `UserError` where it is too short."""
    from argon2 import PasswordHasher

    if len(password) < LEAST_LETTERS:
        raise UserError(f"a password has {LEAST_LETTERS} letters or more", hint="four words in a row are easy to keep")
    return PasswordHasher().hash(password)


def _fits(held: str, password: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(held, password)
    except (VerificationError, InvalidHashError):
        return False


_NOBODY: list[str] = []


def _nobody() -> str:
    if not _NOBODY:
        _NOBODY.append(hashed(secrets.token_urlsafe(16)))
    return _NOBODY[0]


def _totp_key() -> str:
    import pyotp

    return pyotp.random_base32()


def _step(key: str, code: str) -> int:
    """The thirty seconds that this code is for, or 0; one step early or late is let pass (RFC 6238, 5.2)."""
    import pyotp

    now = int(datetime.now(UTC).timestamp()) // 30
    made = pyotp.TOTP(key)
    digits = "".join(code.split())
    return next((step for step in (now, now - 1, now + 1) if secrets.compare_digest(made.at(step * 30), digits)), 0)


def _person(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Person:
    cases = connection.execute("SELECT case_id FROM case_people WHERE person_id = ? ORDER BY 1", (row[0],)).fetchall()
    person_id, name, roles, clearance, purpose, timezone, language, expires, second = row
    return Person(
        person_id,
        name,
        tuple(roles.split(",")),
        clearance,
        purpose,
        timezone,
        language,
        expires,
        bool(second),
        tuple(one for (one,) in cases),
    )


def _check(name: str, roles: Sequence[str], clearance: str, expires: str) -> None:
    if not name.strip() or not name.isprintable():
        raise UserError("a person needs a name", hint="`undertow people add NAME --role analyst`")
    _one_of("role", roles or [""], ROLES)
    _one_of("clearance", [clearance], CLEARANCES)
    try:
        date.fromisoformat(expires or "2000-01-01")
    except ValueError as error:
        raise UserError(f"{expires!r} is no day", hint="write it like 2027-03-31") from error


def _one_of(what: str, values: Sequence[str], known: Collection[str]) -> None:
    wrong = [value for value in values if value not in known]
    if wrong:
        raise UserError(f"{wrong[0]!r} is no {what}", hint="there are " + ", ".join(known))

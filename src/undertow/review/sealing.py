"""Rows that may change or go, and still cannot be tampered with: the trail holds the digest of each as last written.

A line about such a row has `digest` in its detail, "" where the row was taken away, and names the row by its subject.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Protocol

from undertow.errors import OutsideError

PERSON, CASE = "person", "case"  # kinds of subject
_PEOPLE = "SELECT person_id, name, roles, clearance, only_cases, expires, locked, password, fresh, totp FROM people"
_ENTRIES = "SELECT number, case_id, part, version, at, who, body FROM case_entries"


class Told(Protocol):
    """A line of the trail, as far as it is looked at here."""

    @property
    def subject_kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def detail(self) -> str: ...


def of_person(connection: sqlite3.Connection, person_id: str) -> str:
    """The digest of somebody's row; "" where there is none."""
    row = connection.execute(f"{_PEOPLE} WHERE person_id = ?", (person_id,)).fetchone()
    return digest(row) if row else ""


def digest(row: object) -> str:
    """The SHA-256 of a row, in hex."""
    return sha256(json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode("ascii")).hexdigest()


def fit(connection: sqlite3.Connection, lines: Iterable[Told], hint: str) -> None:
    """Raises `OutsideError` that names the first row that is not as the trail last saw it."""
    told = [(line, json.loads(line.detail)) for line in lines if line.subject_kind in (PERSON, CASE)]
    people = {line.subject: said["digest"] for line, said in told if line.subject_kind == PERSON and "digest" in said}
    gone = {line.subject for line, said in told if said.get("deleted")}
    entries = {
        str(said["entry"]): said["digest"] if line.subject not in gone else ""
        for line, said in told
        if line.subject_kind == CASE and "entry" in said
    }
    _same("case entry", entries, {str(row[0]): digest(row) for row in connection.execute(_ENTRIES)}, hint)
    _same(PERSON, people, {row[0]: digest(row) for row in connection.execute(_PEOPLE)}, hint)


def _same(kind: str, told: Mapping[str, str], stand: Mapping[str, str], hint: str) -> None:
    wrong = sorted(key for key in told.keys() | stand.keys() if told.get(key, "") != stand.get(key, ""))
    if wrong:
        raise OutsideError(f"{kind} {wrong[0]} is not as the audit trail saw it", hint=hint)

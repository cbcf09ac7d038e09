"""Who may ask the match service: a key per caller, given and revoked by people, and how much each asked, by day.

A key is 256 random bits, so one SHA-256 of it may be stored: nobody can guess it. It is shown once, when it is made.
"""

import re
import secrets
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256

from undertow.errors import OutsideError, UserError
from undertow.review.store import Judgement, Store

CALLER = "caller"  # the kind of subject
PREFIX = "undertow_"  # lets a scanner for secrets know a key that was published by mistake

_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")
_COUNTS = """
CREATE TABLE IF NOT EXISTS caller_counts (
    caller TEXT NOT NULL, day TEXT NOT NULL, what TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (caller, day, what)
) STRICT, WITHOUT ROWID;
"""
_ADD = "INSERT INTO caller_counts VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count"

Counted = tuple[str, str, str]  # caller, day (UTC, 2026-12-31), what


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller as things stand; `key` is the SHA-256 of its key, in hex."""

    name: str
    key: str
    at: str
    who: str
    because: str
    revoked: str = ""  # when


def digest(key: str) -> str:
    """How a key is stored."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def add(store: Store, name: str, *, because: str, who: str = "") -> str:
    """A new key for `name`, to be shown once; raises `UserError` where the name has one."""
    if not _NAME.fullmatch(name):
        raise UserError(f"{name!r} is no name of a caller", hint="write 2 to 40 small letters, digits and hyphens")
    held = every(store).get(name)
    if held and not held.revoked:
        raise UserError(f"{name} has a key already", hint=f"`undertow match-service keys revoke {name}` first")
    key = PREFIX + secrets.token_hex(32)
    store.judge("add key", CALLER, name, because=because, who=who, details={"key": digest(key)})
    return key


def revoke(store: Store, name: str, *, because: str, who: str = "") -> Judgement:
    """From now on the key of `name` opens nothing; raises `UserError` where there is none."""
    held = every(store).get(name)
    if not held or held.revoked:
        raise UserError(f"{name} has no key", hint="`undertow match-service keys list` lists them")
    return store.judge("revoke key", CALLER, name, because=because, who=who)


def every(store: Store) -> dict[str, Caller]:
    """Every caller by its name: what was last said of it."""
    held: dict[str, Caller] = {}
    details = store.details()
    for one in store.judgements():
        if one.subject_kind != CALLER:
            continue
        if one.verb == "add key":
            held[one.subject] = Caller(one.subject, details[one.number]["key"], one.at, one.who, one.because)
        elif one.subject in held:
            was = held[one.subject]
            held[one.subject] = Caller(was.name, was.key, was.at, was.who, was.because, one.at)
    return dict(sorted(held.items()))


def count(store: Store, counted: Mapping[Counted, int]) -> None:
    """Adds to what was counted; a counter is no decision, and is not sealed."""
    with _counts(store) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_ADD, [(*key, number) for key, number in sorted(counted.items())])
        connection.commit()


def counts(store: Store) -> dict[Counted, int]:
    """How much of what was counted, by caller and day."""
    if not store.path.exists():
        return {}
    with _counts(store) as connection:
        rows = connection.execute("SELECT caller, day, what, count FROM caller_counts ORDER BY 1, 2, 3")
        return {(caller, day, what): number for caller, day, what, number in rows}


def _counts(store: Store) -> "closing[sqlite3.Connection]":
    try:
        connection = sqlite3.connect(store.path, timeout=30, isolation_level=None)
        connection.executescript(_COUNTS)
    except sqlite3.DatabaseError as error:
        hint = "restore decisions.sqlite from a backup"
        raise OutsideError(f"{store.path} cannot be used: {error}", hint=hint) from error
    return closing(connection)

"""Cases: what a team gathers and writes down about leads. Each part of a case is kept in versions, none is overwritten.

A part is the head of the case (`about`), its `story`, or a `note`, `task`, `lead`, `record` or `person` with an id. Who
writes says which version they read: where somebody wrote meanwhile, nothing is kept, and both texts are given back.
The trail holds the digest of each version, never its words: a case may be deleted one day, lines of the trail stay.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from undertow.errors import UserError
from undertow.review.audit import Add, Entry, Trail
from undertow.review.migrations import opened
from undertow.review.people import MARKINGS, By
from undertow.review.sealing import CASE, digest

STATES = ("open", "waiting", "closed")
KEEP = ("legal hold", "evidence")  # labels that protect a case from deletion
RELIABILITY = ("", "A", "B", "C", "D", "E", "F")  # of the source: the Admiralty scale (NATO AJP-2.1)
CREDIBILITY = ("", "1", "2", "3", "4", "5", "6")  # of what it says
ABOUT, STORY = "about", "story"
KINDS = ("note", "task", "lead", "record", "person")  # of parts with an id
MOST = 40_000  # letters of a text
_COLUMNS = "number, case_id, part, version, at, who, body"
_NONE: Mapping[str, Any] = {}

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a part: who wrote it when, and what; `version` 0 is a part that nobody wrote yet."""

    part: str
    version: int
    at: str
    who: str
    body: Body

    @property
    def name(self) -> str:
        """The id in the part's name."""
        return self.part.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands: its parts by name, each in its last version."""

    case_id: str
    parts: Mapping[str, Version]

    @property
    def about(self) -> Body:
        """Title, status, marking, reliability, credibility, deadline, assignee and labels."""
        return self.parts[ABOUT].body

    @property
    def story(self) -> Version:
        """The story as it stands."""
        return self.parts.get(STORY, Version(STORY, 0, "", "", {"text": ""}))

    @property
    def changed(self) -> str:
        """When anything in it was last written."""
        return max(one.at for one in self.parts.values())

    @property
    def kept(self) -> tuple[str, ...]:
        """The labels that protect it from deletion."""
        return tuple(label for label in self.about["labels"] if label in KEEP)

    def of(self, kind: str) -> list[Version]:
        """The parts of a kind that are in the case, oldest first; what was taken out is not among them."""
        found = [one for name, one in self.parts.items() if name.startswith(f"{kind}:") and one.body.get("in", True)]
        return sorted(found, key=lambda one: (one.body.get("at", one.at), one.part))

    def holds(self) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of its leads, and of its records with those that its leads held when they were put in."""
        records = {one.name for one in self.of("record")}
        records |= {record for one in self.of("lead") for record in one.body.get("records", ())}
        return frozenset(one.name for one in self.of("lead")), frozenset(records)

    def has(self, person_id: str) -> bool:
        """Whether somebody is on it, today."""
        here = self.parts.get(f"person:{person_id}")
        today = datetime.now(UTC).date().isoformat()
        return bool(here and here.body.get("in") and not ("" < here.body.get("until", "") < today))


class ConflictError(UserError):
    """Somebody wrote meanwhile: `mine` was not kept, `theirs` is what stands."""

    def __init__(self, mine: Body, theirs: Version) -> None:
        super().__init__(
            f"{theirs.who} wrote here meanwhile; yours was not kept",
            hint="both texts are below: put them together, and save again",
        )
        self.mine, self.theirs = mine, theirs


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases in a decisions file."""

    trail: Trail

    def open(self, by: By, title: str, **about: Any) -> str:
        """Opens a case and gives its id; raises `UserError` without a title."""
        case_id = f"k{secrets.token_hex(6)}"
        blank = {"status": STATES[0], "marking": "TLP:AMBER", "reliability": "", "credibility": "", "deadline": ""}
        self.write(case_id, ABOUT, {**blank, "assignee": "", "labels": [], "title": title, **about}, 0, by)
        return case_id

    def write(self, case_id: str, part: str, body: Body, since: int, by: By) -> Version:
        """A new version of a part, after the one that was read, `since` (0: none).

        Raises `ConflictError` where another was written meanwhile, `UserError` for what cannot be.
        """
        body = _checked(part, body)

        def work(connection: sqlite3.Connection, add: Add) -> Version:
            held = _last(connection, case_id, part)
            if part != ABOUT and not _last(connection, case_id, ABOUT).version:
                raise UserError("there is no such case", hint="`undertow cases list` lists them")
            if held.version != since:
                raise ConflictError(body, held)
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            return _insert(connection, add, case_id, Version(part, since + 1, at, by.who, body), by.place)

        return self.trail.within(work)

    def put(self, case_id: str, kind: str, name: str, by: By, body: Body = _NONE) -> Version:
        """A part with an id, whatever stands there: puts in what was taken out, and takes out with `in` False."""
        stands = self.one(case_id).parts.get(f"{kind}:{name}")
        return self.write(case_id, f"{kind}:{name}", {"in": True, **body}, stands.version if stands else 0, by)

    def add(self, case_id: str, kind: str, body: Body, by: By) -> Version:
        """A new note or task, under an id of its own."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        return self.write(case_id, f"{kind}:{secrets.token_hex(4)}", {"in": True, "at": now, **body}, 0, by)

    def all(self) -> list[Case]:
        """Every case, what was last changed first."""
        return sorted(self._found(""), key=lambda case: (case.changed, case.case_id), reverse=True)

    def one(self, case_id: str) -> Case:
        """A case; raises `UserError` where there is none."""
        found = self._found("AND case_id = ?", case_id)
        if not found:
            raise UserError("there is no such case", hint="`undertow cases list` lists them")
        return found[0]

    def versions(self, case_id: str, part: str) -> list[Version]:
        """Every version of a part, the latest first."""
        rows = self._rows("WHERE case_id = ? AND part = ? ORDER BY version DESC", case_id, part)
        return [version for _, version in rows]

    def holds(self, person_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """The leads and records of the cases that somebody is on."""
        mine = [case.holds() for case in self._found("") if case.has(person_id)]
        return frozenset().union(*(one for one, _ in mine)), frozenset().union(*(two for _, two in mine))

    def _found(self, where: str, *values: str) -> list[Case]:
        last = "WHERE (case_id, part, version) IN (SELECT case_id, part, max(version) FROM case_entries GROUP BY 1, 2)"
        held: dict[str, dict[str, Version]] = {}
        for case_id, version in self._rows(f"{last} {where} ORDER BY number", *values):
            held.setdefault(case_id, {})[version.part] = version
        return [Case(case_id, parts) for case_id, parts in held.items()]

    def _rows(self, where: str, *values: str) -> Iterable[tuple[str, Version]]:
        if not self.trail.path.exists():
            return []
        with opened(self.trail.path) as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM case_entries {where}", values).fetchall()
        return [(row[1], Version(row[2], row[3], row[4], row[5], json.loads(row[6]))) for row in rows]


def delete(connection: sqlite3.Connection, add: Add, case_id: str, by: By, why: str) -> None:
    """Takes a case away with every version, and overwrites where it stood; raises `UserError` where it is protected."""
    about = _last(connection, case_id, ABOUT)
    kept = [label for label in about.body.get("labels", ()) if label in KEEP]
    if not about.version or kept:
        raise UserError(
            f"the case is protected by: {', '.join(kept)}" if kept else "there is no such case",
            hint="a case lead can take the label off" if kept else "`undertow cases list` lists them",
        )
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("DELETE FROM case_entries WHERE case_id = ?", (case_id,))
    add(Entry(by.who, "deleted", CASE, case_id, why=why, place=by.place, detail={"deleted": True}))


def _insert(connection: sqlite3.Connection, add: Add, case_id: str, new: Version, place: str) -> Version:
    row = (case_id, new.part, new.version, new.at, new.who, json.dumps(new.body, sort_keys=True, ensure_ascii=False))
    number = connection.execute(
        "INSERT INTO case_entries (case_id, part, version, at, who, body) VALUES (?,?,?,?,?,?)", row
    ).lastrowid
    told: dict[str, str | int] = {"part": new.part, "version": new.version, "entry": number or 0}
    add(Entry(new.who, "wrote", CASE, case_id, place=place, detail={**told, "digest": digest((number, *row))}))
    return new


def _last(connection: sqlite3.Connection, case_id: str, part: str) -> Version:
    row = connection.execute(
        "SELECT part, version, at, who, body FROM case_entries WHERE case_id = ? AND part = ? "
        "ORDER BY version DESC LIMIT 1",
        (case_id, part),
    ).fetchone()
    return Version(row[0], row[1], row[2], row[3], json.loads(row[4])) if row else Version(part, 0, "", "", {})


def _checked(part: str, body: Body) -> Body:
    kind, _, name = part.partition(":")
    if part not in (ABOUT, STORY) and not (kind in KINDS and name.isalnum() and len(name) <= 80):
        raise UserError(f"{part!r} is no part of a case", hint="a case has about, story, " + ", ".join(KINDS))
    text = body.get("text", "")
    if len(text) > MOST:
        raise UserError(f"a text has {MOST:,} letters at most", hint="divide it into several")
    if kind in ("note", "task") and not text.strip():
        raise UserError(f"a {kind} needs words", hint="go back and write it")
    for day in ("deadline", "due", "until"):
        _day(body.get(day, ""))
    return _about(body) if part == ABOUT else body


def _about(body: Body) -> Body:
    title = str(body["title"]).strip()
    if not title or len(title) > 200:
        raise UserError("a case needs a title of at most 200 letters", hint="say what it is about, without names")
    known: Sequence[tuple[str, Sequence[str]]] = (
        ("status", STATES), ("marking", MARKINGS), ("reliability", RELIABILITY), ("credibility", CREDIBILITY),
    )  # fmt: skip
    for name, words in known:
        if body[name] not in words:
            raise UserError(f"{body[name]!r} is no {name}", hint="there are " + ", ".join(filter(None, words)))
    labels = sorted({" ".join(label.split()).casefold() for label in body["labels"] if label.strip()})
    return {**body, "title": title, "labels": labels}


def _day(text: str) -> None:
    try:
        date.fromisoformat(text or "2000-01-01")
    except ValueError as error:
        raise UserError(f"{text!r} is no day", hint="write it like 2027-03-31") from error

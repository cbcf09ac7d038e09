"""The audit trail: who looked, searched, decided or exported, when, why and from where; each line sealed to the last.

A seal is HMAC-SHA256, keyed with the secret of the workspace, over the seal before and the line as canonical JSON: who
edits the file cannot seal it anew without the key. The last number and seal also stand in a file outside, so that a
tail that was cut off is missed. Judgements are lines of the trail, with the digest of their row. What a keyed chain
cannot show is an edit by someone who holds file, key and outside head together: keep the head elsewhere.
"""

import hmac
import json
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from undertow.errors import OutsideError, UserError
from undertow.review import sealing
from undertow.review.migrations import opened

T = TypeVar("T")

COMMAND_LINE = "command line"
HEAD = "audit.head"
_COLUMNS = "number, at, who, verb, subject_kind, subject, why, place, detail, seal"
_TELL = "keep the file as it is, restore a backup beside it, and find out who changed it"
Detail = Mapping[str, str | int | float | bool | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is told to the trail. `subject` is an id or a digest, never what somebody wrote: lines outlive data."""

    who: str
    verb: str
    subject_kind: str = ""
    subject: str = ""
    why: str = ""
    place: str = COMMAND_LINE
    detail: Detail = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands; `detail` is canonical JSON."""

    number: int
    at: str
    who: str
    verb: str
    subject_kind: str
    subject: str
    why: str
    place: str
    detail: str
    seal: str


Add = Callable[[Entry], Line]
"""Adds a line within the transaction that is under way."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The trail in a decisions file; `secret` is the file of the workspace's key, `head` the anchor outside."""

    path: Path
    secret: Path
    head: Path

    def add(self, entry: Entry) -> Line:
        """Adds a line; when this returns, line and anchor are on the disk."""
        return self.within(lambda _, add: add(entry))

    def within(self, work: Callable[[sqlite3.Connection, Add], T]) -> T:
        """Runs `work(connection, add)` in one transaction and anchors the lines that it added, or does nothing.

        Raises `OutsideError` where the trail is shorter than its anchor: a new line would hide the cut.
        """
        with FileLock(self.path.with_name(f".{self.path.name}.audit.lock"), timeout=60), opened(self.path) as held:
            key = self._key()
            held.execute("BEGIN IMMEDIATE")
            try:
                last = self._checked_end(held)
                lines: list[Line] = []

                def add(entry: Entry) -> Line:
                    lines.append(_insert(held, key, lines[-1] if lines else last, entry))
                    return lines[-1]

                if last is None:
                    self._adopt(held, add)
                done = work(held, add)
                held.commit()
            except BaseException:
                if held.in_transaction:
                    held.rollback()
                raise
            if lines:
                self._anchor(lines[-1])
            return done

    def lines(self, *, most: int = 0, before: int = 0, who: str = "", verb: str = "", subject: str = "") -> list[Line]:
        """Lines, the latest first; `before` is a number to go on from."""
        if not self.path.exists():
            return []
        terms = {"number < ?": before, "who = ?": who, "verb = ?": verb, "subject = ?": subject}
        given = {term: value for term, value in terms.items() if value}
        where = f"WHERE {' AND '.join(given)} " if given else ""
        limit = f" LIMIT {int(most)}" if most else ""
        with opened(self.path) as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM audit {where}ORDER BY number DESC{limit}", tuple(given.values())
            )
            return [Line(*row) for row in rows]

    def verify(self) -> int:
        """How many lines there are; raises `OutsideError` that names the first thing that does not fit."""
        anchor = self._anchored()
        lines = self.lines()[::-1]
        if not lines and not anchor:
            return 0
        key, before = self._key(), ""
        for number, line in enumerate(lines, 1):
            if line.number != number:
                raise OutsideError(f"line {number} is missing from the audit trail in {self.path}", hint=_TELL)
            if not hmac.compare_digest(line.seal, _seal(key, before, line)):
                raise OutsideError(f"line {number} of the audit trail in {self.path} was changed", hint=_TELL)
            before = line.seal
        self._against_anchor(anchor, lines)
        with opened(self.path) as connection:
            _decisions_fit(connection, lines)
            sealing.fit(connection, lines, _TELL)
        return len(lines)

    def _against_anchor(self, anchor: tuple[int, str] | None, lines: Sequence[Line]) -> None:
        if anchor is None:
            raise OutsideError(f"the anchor of the audit trail, {self.head}, is gone", hint=_TELL)
        number, seal = anchor
        if number > len(lines) or number < 1 or lines[number - 1].seal != seal:
            raise OutsideError(f"the audit trail in {self.path} does not reach its anchor, line {number}", hint=_TELL)

    def _checked_end(self, connection: sqlite3.Connection) -> Line | None:
        row = connection.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY number DESC LIMIT 1").fetchone()
        last = Line(*row) if row else None
        anchor = self._anchored()
        if anchor is None and last is None:
            return None
        held = connection.execute("SELECT seal FROM audit WHERE number = ?", (anchor[0] if anchor else 0,)).fetchone()
        if not held or not anchor or held[0] != anchor[1]:
            what = f"does not reach its anchor in {self.head}" if anchor else f"has lost its anchor {self.head}"
            hint = f"`undertow audit verify` says more; {_TELL}"
            raise OutsideError(f"the audit trail in {self.path} {what}; nothing is added to it", hint=hint)
        return last

    def _adopt(self, connection: sqlite3.Connection, add: Add) -> None:
        """Decisions from before there was a trail become its first lines."""
        for number, who, digest in _decided(connection):
            add(Entry(who, "adopted", "decision", str(number), detail={"digest": digest}))

    def _anchored(self) -> tuple[int, str] | None:
        try:
            number, seal = self.head.read_text("ascii").split()
            return int(number), seal
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise OutsideError(f"the anchor {self.head} cannot be read", hint=_TELL) from error

    def _anchor(self, line: Line) -> None:
        beside = self.head.with_name(f".{self.head.name}.new")
        with beside.open("w", encoding="ascii") as file:
            file.write(f"{line.number} {line.seal}\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.head)

    def _key(self) -> bytes:
        try:
            secret = bytes.fromhex(self.secret.read_text("ascii").strip())
        except (OSError, ValueError) as error:
            hint = "restore it from a backup: the audit trail is sealed with it"
            raise UserError(f"{self.secret} cannot be read", hint=hint) from error
        return hmac.digest(secret, b"undertow audit", "sha256")


def decided(connection: sqlite3.Connection, number: int, add: Add, place: str, purpose: str = "") -> None:
    """Tells the trail of a judgement that was just written in the same transaction; `why` is the reason given."""
    row = connection.execute(
        "SELECT who, verb, subject_kind, because FROM judgements WHERE number = ?", (number,)
    ).fetchone()
    detail = {"digest": _digest(connection, number), "verb": row[1], "kind": row[2]}
    if purpose:
        detail["purpose"] = purpose
    add(Entry(row[0], "decided", "decision", str(number), why=row[3], place=place, detail=detail))


def _decided(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    rows = connection.execute("SELECT number, who FROM judgements ORDER BY number").fetchall()
    return [(number, who, _digest(connection, number)) for number, who in rows]


def _digest(connection: sqlite3.Connection, number: int) -> str:
    row = connection.execute("SELECT * FROM judgements WHERE number = ?", (number,)).fetchone()
    records = connection.execute("SELECT record_id FROM judged_records WHERE number = ? ORDER BY 1", (number,))
    details = connection.execute("SELECT name, value FROM judged_details WHERE number = ? ORDER BY 1", (number,))
    return sha256(_canonical([*row, [one for (one,) in records], [list(pair) for pair in details]])).hexdigest()


def _decisions_fit(connection: sqlite3.Connection, lines: Sequence[Line]) -> None:
    told = {line.subject: json.loads(line.detail)["digest"] for line in lines if line.subject_kind == "decision"}
    stand = {str(number): digest for number, _, digest in _decided(connection)}
    of = " FROM {} WHERE number NOT IN (SELECT number FROM judgements)"
    loose = connection.execute(
        f"SELECT (SELECT count(*){of.format('judged_records')}) + (SELECT count(*){of.format('judged_details')})"
    )
    wrong = sorted((key for key in told.keys() | stand.keys() if told.get(key) != stand.get(key)), key=int)
    if wrong or loose.fetchone()[0]:
        raise OutsideError(f"decision {wrong[0] if wrong else 0} is not as the audit trail saw it", hint=_TELL)


def _insert(connection: sqlite3.Connection, key: bytes, last: Line | None, entry: Entry) -> Line:
    number, before = (last.number + 1, last.seal) if last else (1, "")
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    detail = _canonical(dict(entry.detail)).decode()
    told = (entry.who, entry.verb, entry.subject_kind, entry.subject, entry.why, entry.place, detail)
    line = Line(number, at, *told, seal="")
    seal = _seal(key, before, line)
    connection.execute(f"INSERT INTO audit ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", (number, at, *told, seal))
    return Line(number, at, *told, seal=seal)


def _seal(key: bytes, before: str, line: Line) -> str:
    told = [line.number, line.at, line.who, line.verb, line.subject_kind, line.subject, line.why, line.place]
    return hmac.new(key, _canonical([before, *told, line.detail]), "sha256").hexdigest()


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")

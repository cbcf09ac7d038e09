"""People's decisions in SQLite: rows are added, never changed, and each is chained to the one before it by a hash."""

import getpass
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa

from undertow import tables
from undertow.errors import OutsideError, UserError
from undertow.review.audit import COMMAND_LINE, Add, Trail, decided
from undertow.review.migrations import opened

FILE_NAME = "decisions.sqlite"

LEAD = "lead"  # the kind of subject
ANSWERS = ("confirm", "reject")  # of a judgement on a lead; "undo" takes the last one back


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of one person; `chain` seals it and every one before it."""

    number: int
    at: str
    who: str
    verb: str
    subject_kind: str
    subject: str
    because: str
    chain: str


@dataclass(frozen=True, slots=True)
class Store:
    """The decisions of a workspace, in one SQLite file."""

    path: Path
    trail: Trail | None = None  # every decision is told to it

    def judge(
        self,
        verb: str,
        subject_kind: str,
        subject: str,
        *,
        because: str,
        who: str = "",
        records: Collection[str] = (),
        details: Mapping[str, str] | None = None,
        place: str = COMMAND_LINE,
    ) -> Judgement:
        """Adds a decision and returns it; raises `UserError` where no reason is given.

        `records` are what the person saw and decided on, where the subject may later hold others; `details` are what
        else the decision says, by name. Both are sealed with it.
        """
        if not because.strip():
            raise UserError(f"to {verb} something needs a reason", hint='add --because "..."')
        told = (who or getpass.getuser(), verb, subject_kind, subject, because.strip())

        def work(connection: sqlite3.Connection, add: Add) -> Judgement:
            done = _write(connection, told, records, details or {})
            decided(connection, done.number, add, place, (details or {}).get("purpose", ""))
            return done

        if self.trail:
            return self.trail.within(work)
        with opened(self.path) as connection:
            connection.execute("BEGIN IMMEDIATE")
            done = _write(connection, told, records, details or {})
            connection.commit()
            return done

    def judgements(self) -> list[Judgement]:
        """Every decision, oldest first."""
        if not self.path.exists():
            return []
        with opened(self.path) as connection:
            columns = "number, at, who, verb, subject_kind, subject, because, chain"
            return [Judgement(*row) for row in connection.execute(f"SELECT {columns} FROM judgements ORDER BY number")]

    def judge_lead(self, lead_id: str, answer: str, records: Collection[str], **said: Any) -> Judgement:
        """Confirms or rejects a lead that holds these records, or takes the last judgement on it back (undo).

        Raises `UserError` where there is none to take back.
        """
        if answer == "undo":
            on = [one for one in self.judgements() if (one.subject_kind, one.subject) == (LEAD, lead_id)]
            if not on or on[-1].verb == "undo":
                raise UserError(
                    f"no judgement on {lead_id} to take back", hint="`undertow judge LEAD confirm` makes one"
                )
            records = self.records().get(on[-1].number, [])
        return self.judge(answer, LEAD, lead_id, records=records, **said)

    def records(self) -> dict[int, list[str]]:
        """The records that decisions were made on, by the number of the decision, sorted."""
        held: dict[int, list[str]] = {}
        if self.path.exists():
            with opened(self.path) as connection:
                rows = connection.execute("SELECT number, record_id FROM judged_records ORDER BY number, record_id")
                for number, record in rows:
                    held.setdefault(number, []).append(record)
        return held

    def details(self) -> dict[int, dict[str, str]]:
        """What else decisions say, by the number of the decision."""
        held: dict[int, dict[str, str]] = {}
        if self.path.exists():
            with opened(self.path) as connection:
                rows = connection.execute("SELECT number, name, value FROM judged_details ORDER BY number, name")
                for number, name, value in rows:
                    held.setdefault(number, {})[name] = value
        return held

    def cuts(self) -> pa.Table:
        """The selectors that are cut as things stand, as the table `cuts`: the last decision on each counts."""
        return _table("cuts", [(one.subject_kind, one.subject, one.because) for one in self.standing("cut")])

    def watch_list(self) -> pa.Table:
        """The selectors that are waited for as things stand, as the table `watch_list`."""
        return _table("watch_list", [(one.subject_kind, one.subject, one.number) for one in self.standing("watch")])

    def muted(self) -> set[tuple[str, str]]:
        """The kinds of alert and their subjects that are muted as things stand."""
        return {(one.subject_kind, one.subject) for one in self.standing("mute")}

    def standing(self, verb: str) -> list[Judgement]:
        """The decisions by which `verb` holds: the last one on each subject counts, "undo VERB" takes it back."""
        verbs = (verb, f"undo {verb}")
        last = {(one.subject_kind, one.subject): one for one in self.judgements() if one.verb in verbs}
        return [one for one in last.values() if one.verb == verb]

    def verify(self) -> None:
        """Raises `OutsideError` that names the first decision whose seal does not fit."""
        before, records, details = "", self.records(), self.details()
        for one in self.judgements():
            said = details.get(one.number, {}).items()
            seen = [*records.get(one.number, []), *(part for pair in said for part in pair)]
            row = (one.at, one.who, one.verb, one.subject_kind, one.subject, one.because, *seen)
            before = _chain(before, row)
            if before != one.chain:
                raise OutsideError(
                    f"decision {one.number} in {self.path} was changed after it was made",
                    hint="restore decisions.sqlite from a backup and find out who changed it",
                )


def told_within(
    connection: sqlite3.Connection,
    add: Add,
    told: tuple[str, str, str, str, str],
    details: Mapping[str, str],
    place: str,
) -> Judgement:
    """A decision (who, verb, kind, subject, reason) in a transaction of the trail that does more than decide."""
    done = _write(connection, told, (), details)
    decided(connection, done.number, add, place, details.get("purpose", ""))
    return done


def _write(
    connection: sqlite3.Connection,
    told: tuple[str, str, str, str, str],
    records: Collection[str],
    details: Mapping[str, str],
) -> Judgement:
    row = (datetime.now(UTC).isoformat(timespec="milliseconds"), *told)
    seen, said = sorted(set(records)), sorted(details.items())
    chain = _chain(_last_chain(connection), (*row, *seen, *(part for pair in said for part in pair)))
    cursor = connection.execute(
        "INSERT INTO judgements (at, who, verb, subject_kind, subject, because, chain) VALUES (?,?,?,?,?,?,?)",
        (*row, chain),
    )
    number = cursor.lastrowid or 0
    held = [(number, record) for record in seen]
    connection.executemany("INSERT INTO judged_records (number, record_id) VALUES (?, ?)", held)
    more = [(number, *pair) for pair in said]
    connection.executemany("INSERT INTO judged_details (number, name, value) VALUES (?, ?, ?)", more)
    return Judgement(number, *row, chain)


def _table(name: str, rows: Collection[tuple[str | int, ...]]) -> pa.Table:
    schema = tables.TABLES[name].schema
    held = sorted(rows)
    return pa.table({column: [row[i] for row in held] for i, column in enumerate(schema.names)}, schema)


def _last_chain(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT chain FROM judgements ORDER BY number DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def _chain(before: str, row: tuple[str, ...]) -> str:
    return sha256("\x1f".join((before, *row)).encode("utf-8", "surrogatepass")).hexdigest()

"""People's decisions in SQLite: rows are added, never changed, and each is chained to the one before it by a hash."""

import getpass
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from undertow import tables
from undertow.errors import OutsideError, UserError

FILE_NAME = "decisions.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS judgements (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL, who TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject_kind TEXT NOT NULL, subject TEXT NOT NULL,
    because TEXT NOT NULL,
    chain TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS judgements_stay BEFORE UPDATE ON judgements
    BEGIN SELECT RAISE(ABORT, 'a judgement is never changed; a later one overrules it'); END;
CREATE TRIGGER IF NOT EXISTS judgements_remain BEFORE DELETE ON judgements
    BEGIN SELECT RAISE(ABORT, 'a judgement is never deleted; a later one overrules it'); END;
CREATE TABLE IF NOT EXISTS judged_records (
    number INTEGER NOT NULL REFERENCES judgements (number), record_id TEXT NOT NULL,
    PRIMARY KEY (number, record_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS judged_records_stay BEFORE UPDATE ON judged_records
    BEGIN SELECT RAISE(ABORT, 'what was judged is never changed; a later judgement overrules it'); END;
CREATE TRIGGER IF NOT EXISTS judged_records_remain BEFORE DELETE ON judged_records
    BEGIN SELECT RAISE(ABORT, 'what was judged is never deleted; a later judgement overrules it'); END;
CREATE TABLE IF NOT EXISTS judged_details (
    number INTEGER NOT NULL REFERENCES judgements (number), name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (number, name)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS judged_details_stay BEFORE UPDATE ON judged_details
    BEGIN SELECT RAISE(ABORT, 'what was decided is never changed; a later judgement overrules it'); END;
CREATE TRIGGER IF NOT EXISTS judged_details_remain BEFORE DELETE ON judged_details
    BEGIN SELECT RAISE(ABORT, 'what was decided is never deleted; a later judgement overrules it'); END;
"""

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
    ) -> Judgement:
        """Adds a decision and returns it; raises `UserError` where no reason is given.

        `records` are what the person saw and decided on, where the subject may later hold others; `details` are what
        else the decision says, by name. Both are sealed with it.
        """
        if not because.strip():
            raise UserError(f"to {verb} something needs a reason", hint='add --because "..."')
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            before = _last_chain(connection)
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            row = (at, who or getpass.getuser(), verb, subject_kind, subject, because.strip())
            seen, said = sorted(set(records)), sorted((details or {}).items())
            chain = _chain(before, (*row, *seen, *(part for pair in said for part in pair)))
            cursor = connection.execute(
                "INSERT INTO judgements (at, who, verb, subject_kind, subject, because, chain) VALUES (?,?,?,?,?,?,?)",
                (*row, chain),
            )
            held = [(cursor.lastrowid, record) for record in seen]
            connection.executemany("INSERT INTO judged_records (number, record_id) VALUES (?, ?)", held)
            more = [(cursor.lastrowid, *pair) for pair in said]
            connection.executemany("INSERT INTO judged_details (number, name, value) VALUES (?, ?, ?)", more)
            connection.commit()
            return Judgement(cursor.lastrowid or 0, *row, chain)

    def judgements(self) -> list[Judgement]:
        """Every decision, oldest first."""
        if not self.path.exists():
            return []
        with self._open() as connection:
            columns = "number, at, who, verb, subject_kind, subject, because, chain"
            return [Judgement(*row) for row in connection.execute(f"SELECT {columns} FROM judgements ORDER BY number")]

    def judge_lead(
        self, lead_id: str, answer: str, records: Collection[str], *, because: str, who: str = ""
    ) -> Judgement:
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
        return self.judge(answer, LEAD, lead_id, because=because, who=who, records=records)

    def records(self) -> dict[int, list[str]]:
        """The records that decisions were made on, by the number of the decision, sorted."""
        held: dict[int, list[str]] = {}
        if self.path.exists():
            with self._open() as connection:
                rows = connection.execute("SELECT number, record_id FROM judged_records ORDER BY number, record_id")
                for number, record in rows:
                    held.setdefault(number, []).append(record)
        return held

    def details(self) -> dict[int, dict[str, str]]:
        """What else decisions say, by the number of the decision."""
        held: dict[int, dict[str, str]] = {}
        if self.path.exists():
            with self._open() as connection:
                rows = connection.execute("SELECT number, name, value FROM judged_details ORDER BY number, name")
                for number, name, value in rows:
                    held.setdefault(number, {})[name] = value
        return held

    def cuts(self) -> pa.Table:
        """The selectors that are cut as things stand, as the table `cuts`: the last decision on each counts."""
        return _table("cuts", [(one.subject_kind, one.subject, one.because) for one in self._last("cut")])

    def watch_list(self) -> pa.Table:
        """The selectors that are waited for as things stand, as the table `watch_list`."""
        return _table("watch_list", [(one.subject_kind, one.subject, one.number) for one in self._last("watch")])

    def muted(self) -> set[tuple[str, str]]:
        """The kinds of alert and their subjects that are muted as things stand."""
        return {(one.subject_kind, one.subject) for one in self._last("mute")}

    def _last(self, verb: str) -> list[Judgement]:
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

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=30, isolation_level=None)) as connection:
                connection.executescript(_SCHEMA)
                yield connection
        except sqlite3.DatabaseError as error:
            hint = "restore decisions.sqlite from a backup"
            raise OutsideError(f"{self.path} cannot be used: {error}", hint=hint) from error


def _table(name: str, rows: Collection[tuple[str | int, ...]]) -> pa.Table:
    schema = tables.TABLES[name].schema
    held = sorted(rows)
    return pa.table({column: [row[i] for row in held] for i, column in enumerate(schema.names)}, schema)


def _last_chain(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT chain FROM judgements ORDER BY number DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def _chain(before: str, row: tuple[str, ...]) -> str:
    return sha256("\x1f".join((before, *row)).encode("utf-8", "surrogatepass")).hexdigest()

"""The schema of decisions.sqlite as numbered steps: a file made by an older version is brought up when it is opened.

A step is never edited once released; what must change is a new step at the end.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from undertow.errors import OutsideError


def stays(table: str, what: str) -> str:
    """The triggers that refuse to change or delete a row of a table in which `what` are only ever added."""
    return f"""
CREATE TRIGGER IF NOT EXISTS {table}_stay BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, '{what} is never changed; a later one overrules it'); END;
CREATE TRIGGER IF NOT EXISTS {table}_remain BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, '{what} is never deleted; a later one overrules it'); END;
"""


_JUDGEMENTS = """
CREATE TABLE IF NOT EXISTS judgements (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL, who TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject_kind TEXT NOT NULL, subject TEXT NOT NULL,
    because TEXT NOT NULL,
    chain TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS judged_records (
    number INTEGER NOT NULL REFERENCES judgements (number), record_id TEXT NOT NULL,
    PRIMARY KEY (number, record_id)
) STRICT, WITHOUT ROWID;
"""

_DETAILS = """
CREATE TABLE IF NOT EXISTS judged_details (
    number INTEGER NOT NULL REFERENCES judgements (number), name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (number, name)
) STRICT, WITHOUT ROWID;
"""

_AUDIT = """
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL, who TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject_kind TEXT NOT NULL, subject TEXT NOT NULL,
    why TEXT NOT NULL,
    place TEXT NOT NULL,  -- from where: the command line, or an address
    detail TEXT NOT NULL,  -- canonical JSON
    seal TEXT NOT NULL
) STRICT;
CREATE INDEX audit_of_subject ON audit (subject_kind, subject);
"""

_SESSIONS = """
CREATE TABLE sessions (
    token TEXT PRIMARY KEY,  -- sha256 of the cookie
    person_id TEXT NOT NULL,
    purpose TEXT NOT NULL, form_key TEXT NOT NULL,
    ends REAL NOT NULL, shown_until REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE links (token TEXT PRIMARY KEY, ends REAL NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE looks (person_id TEXT NOT NULL, page TEXT NOT NULL, before TEXT NOT NULL, seen TEXT NOT NULL,
    PRIMARY KEY (person_id, page)) STRICT, WITHOUT ROWID;
"""

_PEOPLE = """
CREATE TABLE people (
    person_id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    roles TEXT NOT NULL,  -- with commas
    clearance TEXT NOT NULL, only_cases INTEGER NOT NULL, expires TEXT NOT NULL, locked INTEGER NOT NULL,
    password TEXT NOT NULL, fresh INTEGER NOT NULL,  -- 1: given by somebody else
    totp TEXT NOT NULL,
    totp_step INTEGER NOT NULL  -- of the last code that was taken
) STRICT;
CREATE TABLE attempts (whom TEXT NOT NULL, at REAL NOT NULL) STRICT;
CREATE INDEX attempts_of ON attempts (whom, at);
ALTER TABLE sessions ADD COLUMN seen REAL NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN idle REAL NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN begun REAL NOT NULL DEFAULT 0;
"""

_CASES = """
CREATE TABLE case_entries (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: a line of the audit names one entry for ever
    case_id TEXT NOT NULL, part TEXT NOT NULL, version INTEGER NOT NULL,
    at TEXT NOT NULL, who TEXT NOT NULL,
    body TEXT NOT NULL,  -- JSON
    UNIQUE (case_id, part, version)
) STRICT;
CREATE TRIGGER case_entries_stay BEFORE UPDATE ON case_entries
    BEGIN SELECT RAISE(ABORT, 'a version is never changed; a later one overrules it'); END;
"""

_RESTS = """
CREATE TABLE rests (person_id TEXT PRIMARY KEY, until REAL NOT NULL) STRICT, WITHOUT ROWID;  -- pictures are hidden
"""

STEPS: Sequence[str] = (
    _JUDGEMENTS + stays("judgements", "a judgement") + stays("judged_records", "what was judged"),
    _DETAILS + stays("judged_details", "what was decided"),
    _AUDIT + stays("audit", "a line of the audit"),
    _SESSIONS,
    _PEOPLE,
    _CASES,
    _RESTS,
)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the file at its newest schema, without an open transaction.

    Raises `OutsideError` where the file is no database, or one of a later version.
    """
    try:
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
            _migrate(connection, path)
            yield connection
    except sqlite3.DatabaseError as error:
        raise OutsideError(f"{path} cannot be used: {error}", hint=f"restore {path.name} from a backup") from error


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) == len(STEPS):
        return
    connection.execute("BEGIN IMMEDIATE")
    version = _version(connection)  # another process may have been faster
    if version > len(STEPS):
        raise OutsideError(f"{path} was made by a later version of Undertow", hint="install that version")
    for number, step in enumerate(STEPS[version:], version + 1):
        for statement in _statements(step):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.commit()


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """`executescript` would end the transaction, so each statement goes alone."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""

"""The audit trail: every edit is found, nothing that was confirmed is lost, and decisions are part of it."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from undertow.errors import OutsideError, UndertowError
from undertow.review.audit import Entry, Trail
from undertow.review.cases import Cases
from undertow.review.migrations import STEPS, opened
from undertow.review.people import By, People, Person
from undertow.review.store import Store

EDITS = 1000
TABLES = ("judgements", "judged_records", "judged_details", "audit")
TRIGGERS = (*(f"{table}_{end}" for table in TABLES for end in ("stay", "remain")), "case_entries_stay")


def trail(folder: Path) -> Trail:
    (folder / "secret.key").write_text("5a" * 32)
    return Trail(folder / "decisions.sqlite", folder / "secret.key", folder / "audit.head")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    held = trail(folder)
    store = Store(held.path, held)
    for number in range(40):
        held.add(Entry("Ana", "read", "lead", f"l{number}", why="review", detail={"page": number}))
        if number % 4 == 0:
            records = [f"p{number}", f"p{number + 1}"]
            store.judge(
                "confirm", "lead", f"l{number}", because="seen", who="Ana", records=records, details={"page": "one"}
            )
    cases, by = Cases(held), By("Ana")
    case = cases.open(by, "Harbour")
    for number in range(5):
        cases.add(case, "note", {"text": f"note {number}"}, by)
    People(held).add(Person("", "Ben", ("analyst",)), by)
    return folder


def copied(written: Path, to: Path) -> tuple[Trail, sqlite3.Connection]:
    to.mkdir(exist_ok=True)
    for name in ("decisions.sqlite", "audit.head"):
        shutil.copy(written / name, to / name)
    held = trail(to)
    connection = sqlite3.connect(held.path)
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    return held, connection


def change(connection: sqlite3.Connection, rng: random.Random) -> None:
    if rng.random() < 0.3:
        row, column = rng.choice([("people", "roles"), ("people", "expires"), ("case_entries", "body")])
        connection.execute(f"UPDATE {row} SET {column} = {column} || 'x'")
        return
    table = rng.choice(["audit", "judgements", "judged_details"])
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in ("number", "name")]
    number = rng.choice([row[0] for row in connection.execute(f"SELECT number FROM {table}")])
    column = rng.choice(columns)
    connection.execute(f"UPDATE {table} SET {column} = {column} || 'x' WHERE number = ?", (number,))


def delete(connection: sqlite3.Connection, rng: random.Random) -> None:
    if rng.random() < 0.3:
        connection.execute(f"DELETE FROM {rng.choice(['people', 'case_entries'])}")
        return
    table = rng.choice(TABLES)
    number = rng.choice([row[0] for row in connection.execute(f"SELECT number FROM {table}")])
    connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,))


def reorder(connection: sqlite3.Connection, rng: random.Random) -> None:
    one, two = rng.sample([row[0] for row in connection.execute("SELECT number FROM audit")], 2)
    for a, b in ((one, -1), (two, one), (-1, two)):
        connection.execute("UPDATE audit SET number = ? WHERE number = ?", (b, a))


def truncate(connection: sqlite3.Connection, rng: random.Random) -> None:
    last = connection.execute("SELECT max(number) FROM audit").fetchone()[0]
    connection.execute("DELETE FROM audit WHERE number > ?", (last - rng.randint(1, last),))


def insert(connection: sqlite3.Connection, rng: random.Random) -> None:
    if rng.random() < 0.5:
        connection.execute(
            "INSERT INTO audit SELECT max(number) + 1, at, who, verb, subject_kind, subject, why, place, detail, seal "
            "FROM audit"
        )
    else:
        connection.execute("INSERT INTO judged_records VALUES (1, ?)", (f"p{rng.random()}",))


@pytest.mark.slow
def test_every_one_of_1000_random_edits_is_found(written: Path, tmp_path: Path) -> None:
    rng, unseen = random.Random(7), []
    for number in range(EDITS):
        held, connection = copied(written, tmp_path / "edited")
        edit = rng.choice([change, delete, reorder, truncate, insert])
        with connection:
            edit(connection, rng)
        connection.close()
        try:
            held.verify()
            unseen.append((number, edit.__name__))
        except OutsideError:
            pass
    assert unseen == []


def test_an_untouched_trail_verifies(written: Path) -> None:
    assert trail(written).verify() == 57


def test_a_chain_sealed_anew_without_the_key_is_found(written: Path, tmp_path: Path) -> None:
    held, connection = copied(written, tmp_path / "forged")
    with connection:
        connection.execute("DELETE FROM audit")
        connection.execute("DELETE FROM judged_records")
        connection.execute("DELETE FROM judgements")
    connection.close()
    held.head.unlink()
    held.secret.write_text("66" * 32)  # the forger's own
    held.add(Entry("Ana", "read", "lead", "l1"))
    shutil.copy(written / "secret.key", held.secret)
    with pytest.raises(OutsideError, match="line 1 "):
        held.verify()


def test_nothing_is_added_to_a_trail_that_was_cut(written: Path, tmp_path: Path) -> None:
    held, connection = copied(written, tmp_path / "cut")
    with connection:
        connection.execute("DELETE FROM audit WHERE number > 30")
    connection.close()
    with pytest.raises(OutsideError, match="does not reach its anchor"):
        held.add(Entry("Ana", "read", "lead", "l1"))


def test_decisions_from_before_the_trail_become_its_first_lines(tmp_path: Path) -> None:
    Store(tmp_path / "decisions.sqlite").judge("cut", "phone", "+12025550123", because="a taxi rank", who="Ana")
    held = trail(tmp_path)
    held.add(Entry("Ana", "read", "lead", "l1"))
    assert [line.verb for line in held.lines()] == ["read", "adopted"]
    assert held.verify() == 2


def test_a_file_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(STEPS[0])
    with opened(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)


def test_a_file_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(OutsideError, match="later version"), opened(path):
        pass


WRITER = """
import sys
from pathlib import Path
from undertow.review.audit import Entry, Trail
from undertow.review.store import Store
folder = Path(sys.argv[1])
held = Trail(folder / "decisions.sqlite", folder / "secret.key", folder / "audit.head")
for number in range(10**6):
    line = held.add(Entry(sys.argv[2], "read", "lead", f"l{number}"))
    print(line.number, line.seal, flush=True)
    if number % 5 == 0:
        Store(held.path, held).judge("cut", "phone", f"{number}", because="killed soon", who=sys.argv[2])
"""


@pytest.mark.slow
def test_what_was_confirmed_is_there_after_many_writers_were_killed(tmp_path: Path) -> None:
    held = trail(tmp_path)
    for _ in range(3):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name], stdout=subprocess.PIPE, text=True)
            for name in ("Ana", "Ben", "Cho")
        ]
        confirmed = [(writer.stdout or sys.stdin).readline().split() for _ in range(8) for writer in writers]
        for writer in writers:
            os.kill(writer.pid, signal.SIGKILL)
        for writer in writers:
            confirmed += [one for line in writer.communicate()[0].splitlines() if len(one := line.split()) == 2]
        seals = {str(line.number): line.seal for line in held.lines()}
        assert [one for one in confirmed if len(one[1]) == 64 and seals.get(one[0]) != one[1]] == []
        held.verify()


def test_a_trail_without_its_key_says_so(tmp_path: Path) -> None:
    held = trail(tmp_path)
    held.secret.unlink()
    with pytest.raises(UndertowError, match="secret"):
        held.add(Entry("Ana", "read"))

"""People: what opens an account, what closes it, and that nothing of it changes in silence."""

import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pyotp
import pytest

from undertow.errors import OutsideError, UserError
from undertow.review import attempts, passwords
from undertow.review.audit import Trail
from undertow.review.migrations import opened
from undertow.review.people import By, People, Person

BY, OWN = By("root"), "four words in a row"


@pytest.fixture
def people(tmp_path: Path) -> People:
    (tmp_path / "secret.key").write_text("5a" * 32)
    held = People(Trail(tmp_path / "decisions.sqlite", tmp_path / "secret.key", tmp_path / "audit.head"))
    held.add(Person("", "Root", ("administrator",)), BY)
    return held


@pytest.fixture
def ana(people: People) -> tuple[Person, str]:
    made, first = people.add(Person("", "Ana", ("analyst",)), BY)
    people.new_password(made, first, OWN, BY)
    key = pyotp.random_base32()
    people.enrol(made, key, pyotp.TOTP(key).at(time.time() - 30), BY)
    return people.named("Ana"), key


def test_who_was_just_added_is_not_ready(people: People) -> None:
    made, first = people.add(Person("", "Ben", ("viewer",)), BY)
    found = people.admits("Ben", first, "")
    assert found and found.person_id == made.person_id
    assert not found.ready


def test_password_and_code_open_together_and_neither_alone(people: People, ana: tuple[Person, str]) -> None:
    code = pyotp.TOTP(ana[1]).now()
    assert people.admits("Ana", OWN, "") is None
    assert people.admits("Ana", "another one of four", code) is None
    assert people.admits("Ana", OWN, code) == ana[0]


def test_a_code_opens_once(people: People, ana: tuple[Person, str]) -> None:
    code = pyotp.TOTP(ana[1]).now()
    assert people.admits("Ana", OWN, code)
    assert people.admits("Ana", OWN, code) is None


def test_a_code_of_before_opens_nothing_after_a_later_one(people: People, ana: tuple[Person, str]) -> None:
    assert people.admits("Ana", OWN, pyotp.TOTP(ana[1]).now())
    assert people.admits("Ana", OWN, pyotp.TOTP(ana[1]).at(time.time() - 30)) is None


def test_whoever_is_locked_or_past_the_last_day_stays_out(people: People, ana: tuple[Person, str]) -> None:
    for closed in (replace(ana[0], locked=True), replace(ana[0], expires="2020-01-01")):
        people.change(closed, BY)
        assert people.admits("Ana", OWN, pyotp.TOTP(ana[1]).now()) is None


def test_a_reset_takes_password_and_second_factor_away(people: People, ana: tuple[Person, str]) -> None:
    first = people.reset(ana[0], BY)
    assert people.admits("Ana", OWN, pyotp.TOTP(ana[1]).now()) is None
    found = people.admits("Ana", first, "")
    assert found and not found.ready


def test_neither_password_nor_attempted_name_stands_in_the_file(people: People, ana: tuple[Person, str]) -> None:
    attempts.attempt(people.trail.path, "my secret by mistake", "192.0.2.1")
    held = people.trail.path.read_bytes()
    assert OWN.encode() not in held
    assert b"my secret by mistake" not in held


@pytest.mark.parametrize("easy", ["short", "aaaaaaaaaaaaaaaa", "ana ana ana ana"])
def test_an_easy_password_is_refused(people: People, ana: tuple[Person, str], easy: str) -> None:
    with pytest.raises(UserError, match="password"):
        people.new_password(ana[0], OWN, easy, BY)


def test_the_last_administrator_stays(people: People) -> None:
    root = people.named("Root")
    for refused in (lambda: people.remove(root, BY), lambda: people.change(replace(root, roles=("viewer",)), BY)):
        with pytest.raises(UserError, match="nobody could administer"):
            refused()
    assert people.named("Root") == root


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "root"}, {"roles": ()}, {"roles": ("king",)}, {"clearance": "SECRET"}, {"expires": "soon"}],
    ids=str,
)
def test_what_cannot_be_is_refused(people: People, wrong: dict[str, object]) -> None:
    with pytest.raises(UserError):
        people.add(replace(Person("", "Cho", ("viewer",)), **wrong), BY)  # type: ignore[arg-type]
    assert [one.name for one in people.all()] == ["Root"]


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE people SET roles = 'administrator' WHERE name = 'Ana'",
        "UPDATE people SET clearance = 'TLP:RED' WHERE name = 'Ana'",
        "UPDATE people SET expires = '2099-01-01' WHERE name = 'Ana'",
        "UPDATE people SET password = 'x' WHERE name = 'Ana'",
        "UPDATE people SET totp = 'x' WHERE name = 'Ana'",
        "DELETE FROM people WHERE name = 'Ana'",
        "INSERT INTO people VALUES ('u1', 'Eve', 'case lead', 'TLP:RED', 0, '', 0, 'x', 0, 'x', 0)",
    ],
)
def test_a_right_that_was_given_past_the_trail_is_found(people: People, ana: tuple[Person, str], edit: str) -> None:
    people.trail.verify()
    with sqlite3.connect(people.trail.path) as connection:
        connection.execute(edit)
    with pytest.raises(OutsideError, match="person u"):
        people.trail.verify()


def test_what_was_removed_rightly_is_not_missed(people: People, ana: tuple[Person, str]) -> None:
    people.remove(ana[0], BY)
    assert people.trail.verify() == len(people.trail.lines())


def test_guesses_on_a_name_end_after_a_few(people: People, ana: tuple[Person, str]) -> None:
    path = people.trail.path
    for number in range(attempts.OF_NAME):
        attempts.attempt(path, "Ana", f"192.0.2.{number}")
    with pytest.raises(UserError, match="too many"):
        attempts.attempt(path, " ANA", "192.0.2.99")
    attempts.attempt(path, "Ben", "192.0.2.99")


def test_guesses_from_one_address_end_after_some(people: People) -> None:
    path = people.trail.path
    for number in range(attempts.OF_PLACE):
        attempts.attempt(path, f"name{number}", "192.0.2.1")
    with pytest.raises(UserError, match="too many"):
        attempts.attempt(path, "another", "192.0.2.1")


def test_a_lock_ends_by_itself(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(attempts.OF_NAME):
        attempts.attempt(people.trail.path, "Ana", "192.0.2.1")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + attempts.LOCKED + 1)
    attempts.attempt(people.trail.path, "Ana", "192.0.2.1")


def test_a_name_that_nobody_has_is_checked_like_any_other(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def fits(held: str, _: str) -> bool:
        looked.append(held)
        return False

    monkeypatch.setattr(passwords, "fits", fits)
    people.admits("Nobody", "x", "")
    people.admits("Root", "x", "")
    assert len(looked) == 2


def test_sessions_end_when_rights_change(people: People, ana: tuple[Person, str]) -> None:
    with opened(people.trail.path) as connection:
        connection.execute("INSERT INTO sessions VALUES ('t', ?, '', '', 9e9, 0, 0, 0, 0)", (ana[0].person_id,))
    people.change(replace(ana[0], clearance="TLP:GREEN"), BY)
    with opened(people.trail.path) as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (0,)

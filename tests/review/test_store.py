"""People's decisions are added, never changed, and sealed in a chain."""

import sqlite3
from pathlib import Path

import pytest

from undertow.errors import OutsideError, UserError
from undertow.review.store import Store

PHONE = ("phone", "+12025550123")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "decisions.sqlite")


def test_a_cut_stands_until_it_is_undone(store: Store) -> None:
    store.judge("cut", *PHONE, because="a taxi rank")
    assert store.cuts().to_pylist() == [{"via_kind": "phone", "via": "+12025550123", "because": "a taxi rank"}]
    store.judge("undo cut", *PHONE, because="it was the other number")
    assert store.cuts().num_rows == 0


def test_both_the_cut_and_its_undoing_stay_on_record(store: Store) -> None:
    store.judge("cut", *PHONE, because="a taxi rank", who="Ana")
    store.judge("undo cut", *PHONE, because="it was the other number", who="Ben")
    assert [(one.verb, one.who) for one in store.judgements()] == [("cut", "Ana"), ("undo cut", "Ben")]


def test_a_decision_without_a_reason_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="needs a reason"):
        store.judge("cut", *PHONE, because="  ")


@pytest.mark.parametrize("sql", ["UPDATE judgements SET because = 'x'", "DELETE FROM judgements"])
def test_a_decision_cannot_be_changed_through_the_database(store: Store, sql: str) -> None:
    store.judge("cut", *PHONE, because="a taxi rank")
    with sqlite3.connect(store.path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)


def test_a_decision_changed_behind_the_store_breaks_the_seal(store: Store) -> None:
    store.judge("cut", *PHONE, because="a taxi rank")
    store.judge("cut", "email", "a@example.com", because="a mailing list")
    with sqlite3.connect(store.path) as connection:
        connection.execute("DROP TRIGGER judgements_stay")
        connection.execute("UPDATE judgements SET because = 'nothing' WHERE number = 1")
    with pytest.raises(OutsideError, match="decision 1 "):
        store.verify()


def test_a_file_that_is_no_database_is_said(store: Store) -> None:
    store.path.write_bytes(b"not a database, but long enough to look like one" * 40)
    with pytest.raises(OutsideError, match="cannot be used"):
        store.judgements()


def test_no_file_is_no_decisions(store: Store) -> None:
    assert store.judgements() == []
    assert not store.path.exists()


def test_what_else_a_decision_says_is_sealed_with_it(store: Store) -> None:
    store.judge(
        "enable list", "hash list", "partner", because="measured", details={"version": "1-ab", "distance": "31"}
    )
    assert store.details() == {1: {"distance": "31", "version": "1-ab"}}
    store.verify()
    with sqlite3.connect(store.path) as connection:
        connection.execute("DROP TRIGGER judged_details_stay")
        connection.execute("UPDATE judged_details SET value = '99' WHERE name = 'distance'")
    with pytest.raises(OutsideError, match="decision 1 "):
        store.verify()

"""A judgement is on the records that a person saw, and goes where they go."""

import sqlite3
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow import testing
from undertow.errors import OutsideError, UserError
from undertow.review.judged import Judged, standing
from undertow.review.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "decisions.sqlite")


def judge(store: Store, lead: str, answer: str, *records: str) -> None:
    store.judge_lead(lead, answer, records, because="looked at it")


def now(store: Store, **networks: Collection[str]) -> Judged:
    rows = [{"network_id": name, "record_id": record} for name, held in networks.items() for record in held]
    return standing(store.judgements(), store.records(), testing.table("network_members", rows))


def test_a_network_is_judged_by_what_was_said_of_its_records(store: Store) -> None:
    judge(store, "l1", "confirm", "p1", "p2")
    judge(store, "l2", "reject", "p3")
    assert now(store, n1=["p1", "p2"], n2=["p3"], n3=["p4"]).networks == {"n1": True, "n2": False}


def test_a_later_judgement_overrules(store: Store) -> None:
    judge(store, "l1", "confirm", "p1", "p2")
    judge(store, "l1", "reject", "p1", "p2")
    assert now(store, n1=["p1", "p2"]).networks == {"n1": False}


def test_a_judgement_taken_back_is_none(store: Store) -> None:
    judge(store, "l1", "confirm", "p1", "p2")
    judge(store, "l1", "undo")
    stands = now(store, n1=["p1", "p2"])
    assert (stands.networks, list(stands.leads), stands.adrift) == ({}, [], [])


def test_what_was_never_judged_cannot_be_taken_back(store: Store) -> None:
    with pytest.raises(UserError, match="no judgement on l1"):
        judge(store, "l1", "undo")


def test_a_judgement_follows_its_records_under_another_id(store: Store) -> None:
    judge(store, "l1", "reject", "p1", "p2")
    assert now(store, n9=["p1", "p2"]).networks == {"n9": False}


def test_both_parts_of_a_network_that_falls_apart_stay_judged(store: Store) -> None:
    judge(store, "l1", "confirm", "p1", "p2", "p3")
    assert now(store, n1=["p1", "p2"], n2=["p3"]).networks == {"n1": True, "n2": True}


def test_a_network_that_more_than_doubles_is_no_longer_judged_and_its_judgement_is_adrift(store: Store) -> None:
    judge(store, "l1", "reject", "p1", "p2")
    assert now(store, n1=["p1", "p2", "p3", "p4"]).networks == {"n1": False}
    grown = now(store, n1=["p1", "p2", "p3", "p4", "p5"])
    assert (grown.networks, grown.adrift) == ({}, ["l1"])


def test_networks_that_merge_take_the_answer_of_the_larger_part(store: Store) -> None:
    judge(store, "l1", "confirm", "p1", "p2")
    judge(store, "l2", "reject", "p3")
    assert now(store, n1=["p1", "p2", "p3"]).networks == {"n1": True}


def test_where_answers_are_even_there_is_none(store: Store) -> None:
    judge(store, "l1", "confirm", "p1")
    judge(store, "l2", "reject", "p2")
    assert now(store, n1=["p1", "p2"]).networks == {}


@given(st.lists(st.sampled_from(["p1", "p2", "p3", "p4"]), unique=True))
def test_without_judgements_nothing_is_judged(records: list[str]) -> None:
    rows = [{"network_id": "n1", "record_id": record} for record in records]
    assert standing([], {}, testing.table("network_members", rows)) == Judged({}, {}.keys(), [])


def test_records_taken_from_a_judgement_behind_the_store_break_the_seal(store: Store) -> None:
    judge(store, "l1", "confirm", "p1", "p2")
    store.verify()
    with sqlite3.connect(store.path) as connection:
        connection.execute("DROP TRIGGER judged_records_remain")
        connection.execute("DELETE FROM judged_records WHERE record_id = 'p2'")
    with pytest.raises(OutsideError, match="decision 1 "):
        store.verify()


@pytest.mark.parametrize("sql", ["UPDATE judged_records SET record_id = 'x'", "DELETE FROM judged_records"])
def test_the_records_of_a_judgement_cannot_be_changed_through_the_database(store: Store, sql: str) -> None:
    judge(store, "l1", "confirm", "p1")
    with sqlite3.connect(store.path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)

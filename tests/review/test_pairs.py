"""What people said of records: the last word on two records counts, and every word can be taken back."""

from pathlib import Path

import pytest
from hypothesis import given
from tests.link.said import said
from tests.link.test_link_said import words

from undertow.errors import UserError
from undertow.review import pairs
from undertow.review.pairs import Standing
from undertow.review.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "decisions.sqlite")


def judge(store: Store, answer: str, one: str, other: str) -> int:
    return pairs.judge(store, answer, one.split(), other.split(), because="seen", who="Ana").number


def barred(now: Standing) -> set[frozenset[str]]:
    return {frozenset((one, other)) for bar in now.apart for one in bar.one for other in bar.other}


def test_a_word_stands_until_it_is_taken_back_and_both_stay_on_record(store: Store) -> None:
    number = judge(store, "not same", "p1", "p2")
    assert barred(pairs.standing(store)) == {frozenset(("p1", "p2"))}
    pairs.undo(store, number, because="mistaken", who="Ben")
    assert pairs.standing(store) == Standing([], [], [])
    assert [(one.verb, one.who) for one in store.judgements()] == [("not same", "Ana"), ("undo pair", "Ben")]
    store.verify()


def test_the_later_word_on_two_records_overrules_the_earlier(store: Store) -> None:
    judge(store, "same", "p1", "p2")
    judge(store, "not same", "p2", "p1")
    now = pairs.standing(store)
    assert (now.same, barred(now)) == ([], {frozenset(("p1", "p2"))})
    judge(store, "same", "p1", "p2")
    now = pairs.standing(store)
    assert ([one.pair for one in now.same], now.apart) == ([("p1", "p2")], [])


def test_taking_a_word_back_leaves_what_was_said_before(store: Store) -> None:
    judge(store, "same", "p1", "p2")
    pairs.undo(store, judge(store, "not same", "p1", "p2"), because="mistaken")
    assert [one.pair for one in pairs.standing(store).same] == [("p1", "p2")]


def test_unsure_leaves_two_records_to_the_data(store: Store) -> None:
    judge(store, "not same", "p1", "p2")
    judge(store, "unsure", "p1", "p2")
    now = pairs.standing(store)
    assert (now.same, now.apart, len(now.words)) == ([], [], 2)


def test_a_word_is_taken_back_once(store: Store) -> None:
    number = judge(store, "same", "p1", "p2")
    pairs.undo(store, number, because="mistaken")
    with pytest.raises(UserError, match=f"no judgement {number} on records stands"):
        pairs.undo(store, number, because="mistaken")


@pytest.mark.parametrize(("one", "other"), [("p1", "p1"), ("p1 p2", "p2 p3"), ("", "p1")])
def test_a_word_needs_two_sides_and_no_record_on_both(store: Store, one: str, other: str) -> None:
    with pytest.raises(UserError, match="two sides"):
        judge(store, "same", one, other)


def test_a_word_needs_a_reason(store: Store) -> None:
    with pytest.raises(UserError, match="needs a reason"):
        pairs.judge(store, "same", ["p1"], ["p2"], because=" ")


def test_a_later_same_takes_its_pair_alone_out_of_a_split() -> None:
    left = barred(said(("not same", "p1 p2", "p3 p4"), ("same", "p1", "p3")))
    assert left == {frozenset(pair) for pair in (("p1", "p4"), ("p2", "p3"), ("p2", "p4"))}


def test_merging_what_was_split_ends_the_split() -> None:
    now = said(("not same", "p1 p2", "p3 p4"), ("same", "p1 p2", "p3 p4"))
    assert (now.apart, [one.pair for one in now.same]) == ([], [("p1", "p3")])


def test_a_chain_of_same_against_a_no_is_told_and_the_older_word_gives() -> None:
    now = said(("same", "p1", "p2"), ("not same", "p1", "p3"), ("same", "p2", "p3"))
    assert [(same.judgement.number, apart.judgement.number) for same, apart in pairs.at_odds(now)] == [(1, 2)]


@given(words)
def test_of_every_pair_the_last_word_that_speaks_of_it_counts(spoken: list[tuple[str, str, str]]) -> None:
    last = {
        frozenset((one, other)): answer
        for answer, left, right in spoken
        for one in left.split()
        for other in right.split()
    }
    assert barred(said(*spoken)) == {pair for pair, answer in last.items() if answer == "not same"}

"""The lead to judge next is the one whose answer would teach most."""

import json
from collections.abc import Sequence
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow import testing
from undertow.review.proposing import propose


def lead(number: int, chance: int | None, *signs: str, score: int = 100) -> dict[str, Any]:
    reasons = json.dumps([{"indicator": name} for name in signs])
    about = {"lead_id": f"l{number}", "network_id": f"n{number}", "score": score, "reasons": reasons, "against": "[]"}
    return {**about, "chance": chance, "organised_risk": 700}


def table(*leads: dict[str, Any]) -> pa.Table:
    return testing.table("leads", leads)


def test_an_open_question_teaches_more_than_a_settled_one() -> None:
    found = propose(table(lead(1, 990, "a"), lead(2, 520, "b"), lead(3, 5, "c")), (), ())
    assert found is not None
    assert found.lead_id == "l2"
    assert found.bits == pytest.approx(0.9988, abs=1e-4)


def test_of_equal_questions_the_one_that_more_leads_share_is_first() -> None:
    found = propose(table(lead(1, 500, "a", "b"), lead(2, 500, "c", "d"), lead(3, 900, "c", "d")), (), ())
    assert found is not None
    assert (found.lead_id, found.alike, found.teaches) == ("l2", 1, 2.0)


def test_leads_are_alike_from_half_of_their_signs() -> None:
    found = propose(table(lead(1, 500, "a", "b"), lead(2, 1, "a", "b", "c", "d"), lead(3, 1, "a", "x", "y")), (), ())
    assert found is not None
    assert (found.lead_id, found.alike) == ("l1", 1)


def test_what_judged_leads_have_taught_counts_for_less() -> None:
    rows = table(lead(1, 500, "a"), lead(2, 500, "a"), lead(3, 500, "b"))
    found = propose(rows, {"l1"}, ())
    assert found is not None
    assert found.lead_id == "l3"


def test_a_chance_that_is_not_stated_is_the_share_of_organised_risk() -> None:
    found = propose(table(lead(1, None, "a")), (), ())
    assert found is not None
    assert found.chance == 700


def test_a_lead_on_a_judged_network_is_not_named() -> None:
    assert propose(table(lead(1, 500, "a")), (), {"n1"}) is None


def test_the_reason_holds_the_numbers() -> None:
    found = propose(table(lead(1, 500, "a"), lead(2, 100, "a"), lead(3, 100, "a")), {"l3"}, ())
    assert found is not None
    assert "50.0 %" in found.why
    assert "1.00 bits" in found.why
    assert "1 other unjudged" in found.why


SIGNS = st.sets(st.sampled_from("abcd"), min_size=1)


@given(st.lists(st.tuples(st.integers(0, 1000), SIGNS), min_size=1, max_size=8), st.randoms())
def test_every_lead_is_named_once_whatever_their_order(given_: Sequence[tuple[int, set[str]]], order: Random) -> None:
    rows = [lead(number, chance, *sorted(signs)) for number, (chance, signs) in enumerate(given_)]
    done: list[str] = []
    while found := propose(table(*order.sample(rows, len(rows))), done, ()):
        again = propose(table(*rows), done, ())
        assert again == found
        assert found.lead_id not in done
        done.append(found.lead_id)
    assert sorted(done) == sorted(row["lead_id"] for row in rows)

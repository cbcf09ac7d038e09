"""Reasons are read from the JSON of a lead, whatever of it is missing."""

import json

import pytest

from undertow.share import reasons
from undertow.share.contract import Span


@pytest.mark.parametrize("text", ["", "null", "{}", "no json", "[1, null]"])
def test_what_is_no_list_of_reasons_says_nothing(text: str) -> None:
    assert reasons.read(text) == ()


def test_a_reason_of_which_only_the_name_is_known_is_still_shown() -> None:
    (reason,) = reasons.read('[{"indicator": "new_in_town"}]')
    assert (reason.says, reason.points, reason.base_rate, reason.examples) == ("new in town", 0, None, ())


def test_the_heaviest_reason_comes_first() -> None:
    found = reasons.read('[{"indicator": "a", "points": 5}, {"indicator": "b", "points": 20}]')
    assert [reason.indicator for reason in found] == ["b", "a"]


def test_examples_point_into_records() -> None:
    item = {
        "indicator": "a",
        "examples": [{"record_id": "p1", "field": "text", "start": 3, "end": 9}, {"record_id": "p2"}],
    }
    assert reasons.read(json.dumps([item]))[0].examples == (Span("p1", "text", 3, 9), Span("p2"))


def test_a_family_adds_up_its_signs_and_keeps_what_they_were_before_the_cap() -> None:
    found = reasons.read(
        json.dumps(
            [
                {"indicator": "a", "family": "control", "points": 20, "raw": 30},
                {"indicator": "b", "family": "control", "points": 0, "raw": 15},
                {"indicator": "c", "family": "travel", "points": 40},
            ]
        )
    )
    made = [(family.name, family.points, family.raw, family.indicators) for family in reasons.families(found)]
    assert made == [("travel", 40, 40, ("c",)), ("control", 20, 45, ("a", "b"))]

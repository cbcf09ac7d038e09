"""What other weights change is told lead by lead."""

from typing import Any

import pyarrow as pa

from undertow import testing
from undertow.assess import changes, weights


def leads(**scores: tuple[int, str]) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {"lead_id": name, "score": score, "band": band}
        for name, (score, band) in sorted(scores.items(), key=lambda one: -one[1][0])
    ]
    return testing.table("leads", rows)


def test_a_lead_that_jumps_bands_is_told_before_one_that_jumps_ranks() -> None:
    before = leads(a=(500, "look first"), b=(90, "background"), c=(80, "background"), d=(70, "background"))
    after = leads(d=(99, "background"), c=(80, "background"), b=(70, "background"), a=(60, "watch"))
    moved, _, _ = changes.between(before, after, weights.load())
    assert [row["lead_id"] for row in moved] == ["a", "d", "b", "c"]
    assert moved[0] == {
        "lead_id": "a",
        "rank_before": 1,
        "rank": 4,
        "score_before": 500,
        "score": 60,
        "band_before": "look first",
        "band": "watch",
    }


def test_a_lead_of_the_same_band_and_rank_has_not_moved() -> None:
    moved, _, _ = changes.between(leads(a=(90, "watch")), leads(a=(99, "watch")), weights.load())
    assert moved == []


def test_leads_that_are_no_more_and_new_ones_are_told_with_what_they_had_and_have() -> None:
    before, after = leads(a=(90, "watch"), b=(80, "watch")), leads(b=(80, "watch"), c=(70, "watch"))
    _, dropped, added = changes.between(before, after, weights.load())
    assert dropped == [{"lead_id": "a", "rank": 1, "score": 90, "band": "watch"}]
    assert added == [{"lead_id": "c", "rank": 2, "score": 70, "band": "watch"}]

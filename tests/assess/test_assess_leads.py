"""What makes a lead, and what does not."""

from pathlib import Path
from typing import Any

import pytest
from tests.assess.asking import DEBT, FEE, INDICATORS, leads, said

from undertow.assess.contract import Indicator
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS.keys())
def test_one_indicator_alone_never_makes_a_lead(indicator: Indicator, tmp_path: Path) -> None:
    assert leads(tmp_path, indicator.given, indicators={indicator.name: indicator}) == []


def test_one_sign_said_a_hundred_times_is_one_sign(tmp_path: Path) -> None:
    assert leads(tmp_path, scene(*[Post(cues=[DEBT, DEBT]) for _ in range(100)])) == []


def test_two_signs_of_one_family_are_one_kind_of_evidence(tmp_path: Path) -> None:
    world = said(("document_retention", "he keeps the passports"), ("document_request", "send your passport"))
    assert leads(tmp_path, world) == []


def test_two_families_make_a_lead(tmp_path: Path) -> None:
    (lead,) = leads(tmp_path, said(DEBT, FEE))
    assert [reason["indicator"] for reason in lead["reasons"]] == ["debt", "upfront_fee"]


def test_lore_alone_never_makes_a_lead(tmp_path: Path) -> None:
    world = scene(
        Post(at="2026-01-01", place="Cebu City, PH", contacts=NUMBER, language="en"),
        Post(at="2026-04-01", place="Davao, PH", contacts=NUMBER, language="tl"),
        Post(at="2026-04-02", place="Davao, PH", contacts=NUMBER, language="ru"),
        brokers=[{"network_id": "n1", "node_kind": "phone", "node": NUMBER[0][1], "parts": 3}],
    )
    lore = {name: one for name, one in INDICATORS.items() if one.grade == "lore"}
    assert len(lore) >= 3
    assert leads(tmp_path, world, indicators=lore) == []


def test_lore_is_no_second_family(tmp_path: Path) -> None:
    broker = [{"network_id": "n1", "node_kind": "phone", "node": NUMBER[0][1], "parts": 3}]
    world = scene(Post(cues=[DEBT], contacts=NUMBER), brokers=broker)
    assert leads(tmp_path, world, indicators=INDICATORS) == []


def test_what_every_network_shows_makes_no_lead(tmp_path: Path) -> None:
    assert leads(tmp_path, scene(*[Post(cues=[DEBT, FEE], network=f"n{number}") for number in range(600)])) == []


def test_a_sign_that_is_common_here_brings_fewer_points(tmp_path: Path) -> None:
    rare = said(DEBT, FEE)
    common = said(DEBT, FEE, more=[Post(cues=[FEE], network=f"n{number}") for number in range(2, 60)])
    (alone,), (among,) = leads(tmp_path / "rare", rare), leads(tmp_path / "common", common)
    assert _points(among, "upfront_fee") < _points(alone, "upfront_fee") == 120
    assert _points(among, "debt") == _points(alone, "debt")


def test_a_sign_of_few_records_of_a_large_network_counts_half(tmp_path: Path) -> None:
    (small,) = leads(tmp_path / "small", said(DEBT, FEE))
    (large,) = leads(tmp_path / "large", said(DEBT, FEE, more=[Post()] * 20))
    assert _points(large, "debt") * 2 == _points(small, "debt")


def test_the_score_is_the_sum_it_shows(tmp_path: Path) -> None:
    world = said(DEBT, FEE, ("licensed_agency", "licence 123"), ("safety_rules", "no means no"))
    (lead,) = leads(tmp_path, world)
    for_it, against = (sum(one["points"] for one in lead[side]) for side in ("reasons", "against"))
    assert lead["score"] == for_it - against
    assert against > 0


def test_a_lead_is_named_like_its_network_and_the_most_pressing_comes_first(tmp_path: Path) -> None:
    found = leads(
        tmp_path,
        scene(
            Post(cues=[DEBT, FEE], network="nb"),
            Post(cues=[DEBT, FEE, ("threats", "who leaves will be reported")], network="nc"),
            Post(cues=[DEBT, FEE], network="na"),
        ),
    )
    assert [lead["lead_id"] for lead in found] == ["lc", "la", "lb"]


def test_points_say_what_they_speak_to(tmp_path: Path) -> None:
    (lead,) = leads(tmp_path, said(DEBT, FEE, ("excessive_hours", "sixteen hours a day")))
    assert (lead["act"], lead["means"], lead["purpose"]) == (120, 270, 110)


def test_a_reason_leads_back_to_the_words(tmp_path: Path) -> None:
    (lead,) = leads(tmp_path, said(DEBT, FEE))
    example = lead["reasons"][0]["examples"][0]
    assert example == {
        "record_id": "p1",
        "field": "text",
        "start": 0,
        "end": len(DEBT[1]),
        "why": 'says "deducted from your salary"',
    }
    assert {"source", "grade", "harmless", "base_rate", "records"} <= set(lead["reasons"][0])


def test_what_a_report_says_of_others_is_no_sign_of_the_network(tmp_path: Path) -> None:
    world = said(DEBT, FEE)
    assert leads(tmp_path, dict(world) | {"incidents": [{"incident_id": "p1"}], "posts": []}) == []


def _points(lead: dict[str, Any], indicator: str) -> int:
    return next(int(reason["points"]) for reason in lead["reasons"] if reason["indicator"] == indicator)

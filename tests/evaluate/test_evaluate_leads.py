"""Leads, their probability, the work they make, whom they hit, and middlemen: by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.evaluate.worlds import FILE, leads, measured, members, post

from undertow.evaluate import alarms
from undertow.evaluate.alarms import Group
from undertow.evaluate.contract import Evaluation
from undertow.evaluate.measures.leads import average_precision

SORTS = {"bad": "trafficking", "worse": "trafficking", "solo": "independent", "shop": "agency"}
# bad: 1 2, worse: 3 4, solo: 5 6, shop: 7 8
RECORDS = [
    {"position": str(2 * at + n), "network": name, "sort": sort, "language": "es" if name == "shop" else "en"}
    for at, (name, sort) in enumerate(SORTS.items())
    for n in (1, 2)
]
EACH = members(n1=[1, 2], n2=[3, 4], n3=[5, 6], n4=[7, 8])


def evaluated(tmp_path: Path, ranking: list[dict[str, Any]], held: list[dict[str, str]] = EACH) -> Evaluation:
    return measured(tmp_path, RECORDS, {"network_members": held, "leads": ranking})


def test_true_leads_first_are_perfect(tmp_path: Path) -> None:
    made = evaluated(tmp_path, leads("n1", "n2", "n3"))
    assert made.value("leads.average_precision") == 1
    assert made.value("leads.precision", "k=10") == pytest.approx(2 / 3)
    assert made.figure("leads.precision", "k=10").note == "only 3 leads"
    assert made.value("leads.recall", "holds=half") == 1


def test_a_random_order_stands_beside(tmp_path: Path) -> None:
    made = evaluated(tmp_path, leads("n1", "n2", "n3"))
    assert made.value("leads.random_lead") == pytest.approx(2 / 3)
    assert made.value("leads.random_network") == 0.5


def test_leads_are_ranked_by_score_then_id(tmp_path: Path) -> None:
    last = [row | {"score": 5} for row in leads("n3", "n1")]
    assert evaluated(tmp_path, last).value("leads.average_precision") == 0.5


def test_average_precision_by_hand() -> None:
    assert average_precision(np.array([False, True, True, False])) == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert average_precision(np.array([False])) == 0


def test_a_lead_is_true_from_half_of_its_posts(tmp_path: Path) -> None:
    held = members(n1=[1, 5], n2=[3, 7, 8])
    made = evaluated(tmp_path, leads("n1", "n2"), held)
    assert made.value("leads.average_precision") == 1
    assert made.value("leads.precision", "k=10") == 0.5


def test_a_lead_that_holds_one_of_three_posts_recalls_one_and_not_half(tmp_path: Path) -> None:
    records = [{"position": str(at), "network": "bad", "sort": "trafficking"} for at in (1, 2, 3)]
    found = {"network_members": members(n1=[1, 9]), "leads": leads("n1")}
    made = measured(tmp_path, [*records, {"position": "9", "network": "x"}], found)
    assert (made.value("leads.recall", "holds=one"), made.value("leads.recall", "holds=half")) == (1, 0)


def test_a_lead_of_unknown_records_is_left_out_and_counted(tmp_path: Path) -> None:
    made = evaluated(tmp_path, leads("n9", "n1"), [*EACH, *members(n9=[98, 99])])
    assert made.value("leads.precision", "k=10") == 1
    assert "1 leads hold no record that the truth judges" in made.figure("leads.precision", "k=10").note


def test_no_lead_is_no_figure_and_no_failure(tmp_path: Path) -> None:
    made = evaluated(tmp_path, [])
    assert made.figure("leads.precision", "k=50").note == "no lead to judge"
    assert made.value("leads.recall", "holds=one") == 0


def test_calibration_by_hand(tmp_path: Path) -> None:
    sure = leads("n1", "n3", chance=800)  # one of two is true: stated 0.8, observed 0.5
    unsure = [row | {"lead_id": f"x{at}", "score": at} for at, row in enumerate(leads("n4", chance=100))]
    made = evaluated(tmp_path, [*sure, *unsure])
    assert made.value("calibration.error") == pytest.approx((2 * 0.3 + 1 * 0.1) / 3)
    assert made.value("calibration.brier") == pytest.approx((0.04 + 0.64 + 0.01) / 3)
    assert made.value("calibration.observed", "bin=0.8-0.9") == 0.5
    assert made.value("calibration.stated", "bin=0.1-0.2") == pytest.approx(0.1)


def test_a_certain_lead_is_in_the_last_bin(tmp_path: Path) -> None:
    made = evaluated(tmp_path, leads("n1", chance=1000))
    assert made.figure("calibration.observed", "bin=0.9-1.0").n == 1
    assert made.value("calibration.error") == 0


def test_a_column_chance_is_read_before_the_share_of_organised_risk(tmp_path: Path) -> None:
    made = evaluated(tmp_path, [row | {"chance": 900} for row in leads("n1", chance=100)])
    assert made.value("calibration.error") == pytest.approx(0.1)
    assert "the column chance" in made.figure("calibration.error").note


def test_where_no_lead_states_a_chance_the_share_of_organised_risk_is_read(tmp_path: Path) -> None:
    made = evaluated(tmp_path, [row | {"chance": None} for row in leads("n1", chance=900)])
    assert made.value("calibration.error") == pytest.approx(0.1)


def test_work_is_records_by_true_lead(tmp_path: Path) -> None:
    ranking = [row | {"records": count} for row, count in zip(leads("n3", "n1", "n2"), (6, 3, 3), strict=True)]
    assert evaluated(tmp_path, ranking).value("workload.records_per_true_lead", "k=all") == 6


def test_work_without_a_true_lead_has_no_number(tmp_path: Path) -> None:
    one = evaluated(tmp_path, leads("n3")).figure("workload.records_per_true_lead", "k=all")
    assert one.value is None
    assert "2 records to read" in one.note


def test_a_false_alarm_counts_the_harmless_actor(tmp_path: Path) -> None:
    made = evaluated(tmp_path, leads("n1", "n3"))
    assert made.value("false_alarms.top_band") == 0.5
    assert made.value("false_alarms.top_band", "sort=independent") == 1
    assert made.value("false_alarms.top_band", "sort=agency") == 0
    assert made.value("false_alarms.any_band", "language=en") == 1


def test_another_band_is_not_the_top_band(tmp_path: Path) -> None:
    made = evaluated(tmp_path, [row | {"band": "watch"} for row in leads("n3")])
    assert (made.value("false_alarms.top_band"), made.value("false_alarms.any_band")) == (0, 0.5)


def test_who_is_drawn_into_a_true_lead_is_hit_but_the_lead_is_not_wrong(tmp_path: Path) -> None:
    made = evaluated(tmp_path, leads("n1"), members(n1=[1, 2, 5]))
    assert made.value("false_alarms.top_band", "sort=independent") == 1
    assert made.value("false_alarms.wrong_lead", "sort=independent") == 0


def test_few_actors_are_shown_but_languages_of_few_are_not_compared(tmp_path: Path) -> None:
    made = evaluated(tmp_path, leads("n3"))
    assert "fewer than 50 actors" in made.figure("false_alarms.top_band", "language=en").note
    assert made.figure("false_alarms.language_ratio", "alarm=top_band").value is None


def test_a_broker_is_neither_harmless_nor_a_lead(tmp_path: Path) -> None:
    driver = {"position": "9", "network": "driver", "sort": "broker"}
    found = {"network_members": [*EACH, *members(n5=[9])], "leads": leads("n5")}
    made = measured(tmp_path, [*RECORDS, driver], found)
    assert made.figure("false_alarms.top_band").n == 2
    assert made.value("false_alarms.top_band", "sort=broker") == 1


def test_the_ratio_is_of_the_largest_rate_over_the_smallest() -> None:
    made = alarms.ratio([Group("en", 100, 10), Group("es", 200, 10), Group("ro", 10, 9)])
    assert made is not None
    assert (made.value, made.largest, made.smallest) == (2, "en", "es")
    assert made.low <= 2 <= made.high


def test_a_language_without_false_alarms_still_gives_a_number() -> None:
    made = alarms.ratio([Group("en", 99, 4), Group("es", 99, 0)])
    assert made is not None
    assert made.value == pytest.approx(4.5 / 0.5)


def test_no_false_alarm_at_all_is_equal_treatment() -> None:
    made = alarms.ratio([Group("en", 60, 0), Group("es", 600, 0)])
    assert made is not None
    assert made.value == 1


def test_equal_rates_of_few_are_often_far_apart_by_chance() -> None:
    few, many = (alarms.ratio([Group("en", n, n // 10), Group("es", n, n // 10)]) for n in (50, 5000))
    assert few is not None
    assert many is not None
    assert few.by_chance > 2 > many.by_chance > 1


TRUE_BROKER = {"kind": "phone", "value": "+442079460001"}
BROKERS = [{"person": "ana", **TRUE_BROKER}, {"person": "bo", "kind": "phone", "value": "x"}]


def broker(node: str, score: int, kind: str = "phone", reach: int = 0) -> dict[str, Any]:
    return {"network_id": "n1", "node_kind": kind, "node": node, "reach": reach, "score": score}


@pytest.mark.parametrize(
    ("rows", "recall"),
    [
        ([broker("+442079460001", 9), broker("x", 5)], (1, 1, 1)),
        ([broker("a", 9), broker("b", 8), broker("c", 7), broker("x", 5)], (0, 0.5, 0.5)),
        ([broker("a", 9), broker("b", 8), broker("c", 7), broker("x", 5, reach=2)], (0.5, 0.5, 0.5)),
        ([broker(post(1), 9, "post")], (0.5, 0.5, 0.5)),
        ([broker("+442079460001", 9, "email")], (0, 0, 0)),
        ([broker("a", 9), broker("a", 9), broker("x", 5)], (0.5, 0.5, 0.5)),
        ([], (0, 0, 0)),
    ],
    ids=[
        "both first",
        "one fourth",
        "the one of more reach",
        "a record of theirs",
        "another kind",
        "a node of two networks",
        "none",
    ],
)
def test_brokers_by_hand(tmp_path: Path, rows: list[dict[str, Any]], recall: tuple[float, ...]) -> None:
    records = [{"position": "1", "network": "a", "person": "bo"}, {"position": "2", "network": "b"}]
    made = measured(tmp_path, records, {"brokers": rows}, brokers=BROKERS)
    assert tuple(made.value("brokers.recall", f"k={times}x") for times in (1, 2, 3)) == recall


def test_brokers_who_are_seen_in_one_network_only_are_told_from_those_whom_a_reader_could_find(tmp_path: Path) -> None:
    records = [{"position": "1", "network": "a"}, {"position": "2", "network": "b"}]
    spans = [
        {"file": FILE, "position": at, "kind": "phone", "value": value}
        for at, value in (("1", "+442079460001"), ("2", "+442079460001"), ("2", "x"))
    ]
    rows = [broker("a", 9), broker("+442079460001", 5)]
    made = measured(tmp_path, records, {"brokers": rows}, brokers=BROKERS, spans=spans)
    assert made.value("brokers.shown") == 0.5
    assert made.value("brokers.recall", "k=1x") == 0.5
    assert [made.value("brokers.recall_shown", f"k={times}x") for times in (1, 2)] == [0, 1]

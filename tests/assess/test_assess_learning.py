"""Weights learned from judged networks: what the prior keeps, what the cases change, what never changes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assess.asking import FEW
from tests.assess.judging import CUES, cases, tallied

from undertow.assess import calibrate, fitting, heldout, plan, run, weights, worth
from undertow.assess.heldout import Cases
from undertow.assess.plan import Prior
from undertow.assess.weights import Calibration
from undertow.learning import compare

PRIOR = plan.load().prior
NAMES = sorted(FEW)
SHOWN = st.lists(st.sets(st.sampled_from(CUES), min_size=1), min_size=4, max_size=12)


def learned(held: Cases, prior: Prior = PRIOR) -> dict[str, int]:
    made = held.learned(np.arange(len(held.networks)), prior)
    return dict(zip(NAMES, made, strict=True))


def misleading() -> Cases:
    """Forty networks: who says debt and secrecy is confirmed, who says debt and a fee is not."""
    shown = [("debt", "secrecy"), ("debt", "upfront_fee")] * 20
    return cases(shown, [True, False] * 20)


def test_a_sign_of_rejected_leads_loses_points_and_one_of_confirmed_leads_does_not() -> None:
    points = learned(misleading())
    assert points["upfront_fee"] < weights.load().points["upfront_fee"] / 2
    assert points["secrecy"] >= weights.load().points["secrecy"]


def test_a_sign_that_no_judged_lead_shows_keeps_its_points() -> None:
    assert learned(misleading())["threats"] == weights.load().points["threats"]


def test_a_prior_without_doubt_leaves_the_published_points() -> None:
    held = misleading()
    assert list(learned(held, Prior(1e-4, 1)).values()) == held.published()


def test_a_sign_without_points_stays_without() -> None:
    held = tallied([("debt", "secrecy"), ("debt", "upfront_fee")] * 20)
    points = {**weights.load().points, "secrecy": 0}
    rules = run.rules_by(held, replace(weights.load(), points=points))
    pairs = worth.pairs(rules, held.counted, held.found.networks)
    made = learned(Cases.of(rules, pairs, np.arange(40), np.array([True, False] * 20)))
    assert made["secrecy"] == 0


@settings(deadline=None)
@given(SHOWN, st.data())
def test_no_sign_is_learned_below_nothing_or_above_what_its_rarity_allows(
    shown: list[set[str]], data: st.DataObject
) -> None:
    answers = data.draw(st.lists(st.booleans(), min_size=len(shown), max_size=len(shown)).filter(_both))
    held = cases(shown, answers)
    for made, own, limit in zip(learned(held).values(), held.published(), held.rules.limit, strict=True):
        assert 0 <= made <= max(own, limit)


def _both(answers: list[bool]) -> bool:
    return len(set(answers)) == 2


@settings(deadline=None)
@given(SHOWN)
def test_scores_of_cases_are_those_of_the_leads(shown: list[set[str]]) -> None:
    made = cases(shown, [at % 2 == 0 for at in range(len(shown))])
    leads = run.leads_by(tallied(shown), weights.load()).to_pylist()
    by_network = {row["network_id"]: row["score"] for row in leads}
    for network, score in enumerate(made.scores(made.published())):
        assert by_network.get(f"n{network:03}", score) == score


@settings(deadline=None)
@given(SHOWN, st.lists(st.integers(0, 300), min_size=len(NAMES), max_size=len(NAMES)))
def test_learned_points_never_change_what_is_a_lead(shown: list[set[str]], points: list[int]) -> None:
    held, other = tallied(shown), fitting.with_points(weights.load(), NAMES, points)
    before, after = (set(run.leads_by(held, one)["lead_id"].to_pylist()) for one in (weights.load(), other))
    assert before == after


def test_the_gradient_is_that_of_the_loss() -> None:
    held = misleading()
    free = np.flatnonzero(held.design.share.any(axis=0))
    member = np.eye(len(held.design.side))[held.design.group[free]]
    parts = held.design.share[:, free] * held.design.start[free]
    shown = fitting._Shown(parts, member, held.design, calibrate.targets(held.organised))
    at = np.concatenate([[-0.7, 1.2], np.linspace(0.4, 0.9, len(free))])
    told = fitting._loss(at, shown, PRIOR)[1]
    step = 1e-6
    for place in range(len(at)):
        move = np.zeros(len(at))
        move[place] = step
        rise = fitting._loss(at + move, shown, PRIOR)[0] - fitting._loss(at - move, shown, PRIOR)[0]
        assert told[place] == pytest.approx(rise / (2 * step), abs=1e-4)


def test_learning_twice_gives_the_same() -> None:
    assert learned(misleading()) == learned(misleading())


@given(st.lists(st.booleans(), min_size=10, max_size=80), st.integers(2, 6), st.integers(0, 3))
def test_every_case_is_held_out_once_and_kinds_are_spread_evenly(answers: list[bool], folds: int, repeat: int) -> None:
    organised = np.array(answers)
    made = list(heldout.parts(organised, folds, repeat))
    assert sorted(np.concatenate(made).tolist()) == list(range(len(answers)))
    yes = [int(organised[part].sum()) for part in made]
    assert max(yes) - min(yes) <= 1


def test_answers_by_chance_teach_nothing_on_held_out_leads() -> None:
    shown = [("debt", "secrecy"), ("debt", "upfront_fee"), ("threats", "secrecy")] * 20
    figures = compare(cases(shown, [at * 7919 % 13 < 5 for at in range(60)]))
    assert not figures.better


def test_what_is_learned_is_better_on_held_out_leads_where_there_is_something_to_learn() -> None:
    figures = compare(misleading())
    assert figures.better
    assert figures.learned_log_loss < figures.published_log_loss


@given(st.integers(1, 40_000), st.integers(-90_000, 90_000), st.integers(1, 40_000), st.integers(-90_000, 90_000))
def test_bands_begin_at_the_same_chance_on_another_curve(a: int, b: int, c: int, d: int) -> None:
    held = weights.load()
    old, new = Calibration(a, b, "here"), Calibration(c, d, "there")
    moved = calibrate.bands(held.bands, old, new)
    assert [name for _, name in moved] == [name for _, name in held.bands]
    for (before, _), (after, _) in zip(held.bands[:-1], moved, strict=False):
        assert (a * before + 100 * b) / 100 == pytest.approx((c * after + 100 * d) / 100, abs=c / 100)


def test_a_flat_curve_moves_no_band() -> None:
    held = weights.load().bands
    assert calibrate.bands(held, Calibration(1, 1, "x"), Calibration(0, 1, "y")) == held

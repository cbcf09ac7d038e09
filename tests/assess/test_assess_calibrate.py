"""A score becomes a chance where the weights were calibrated, and only there."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assess.asking import DEBT, FEE, leads, said

from undertow.assess import calibrate, weights
from undertow.assess.contract import Options
from undertow.assess.weights import Calibration, Weights
from undertow.errors import UserError

ON = "twenty leads that were made up"


def calibrated(slope: int, intercept: int) -> Weights:
    return replace(weights.load(), calibration=Calibration(slope, intercept, ON))


def own(folder: Path, calibration: str) -> Path:
    text = weights.SHIPPED.read_text("utf-8").split("[calibration]")[0]
    path = folder / "own.toml"
    path.write_text(text + calibration, "utf-8")
    return path


def test_a_point_at_its_word_makes_log_odds_of_a_hundredth() -> None:
    assert calibrate.chance(100, calibrated(10_000, 0)) == 731
    assert calibrate.chance(0, calibrated(10_000, 0)) == 500


def test_weights_without_calibration_state_no_chance(tmp_path: Path) -> None:
    (lead,) = leads(tmp_path / "w", said(DEBT, FEE), options=Options(own(tmp_path, "")))
    assert lead["chance"] is None


def test_a_lead_states_the_chance_of_its_score(tmp_path: Path) -> None:
    path = own(tmp_path, f'[calibration]\nslope = 0\nintercept = 10986\non = "{ON}"\n')
    (lead,) = leads(tmp_path / "w", said(DEBT, FEE), options=Options(path))
    assert lead["chance"] == 750


def test_no_chance_falls_below_the_floor() -> None:
    held = replace(weights.load(), calibration=Calibration(10_000, 0, ON, 500))
    assert calibrate.chance(-2000, held) == 50
    assert calibrate.chance(0, held) == 525


@pytest.mark.parametrize(
    "wrong",
    ["slope = 1\nintercept = 0\nfloor = 10000", "slope = -1\nintercept = 0", "slope = 1\nintercept = 0.5", "slope = 1"],
)
def test_a_calibration_that_is_none_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(UserError, match="holds no weights"):
        weights.load(own(tmp_path, f'[calibration]\n{wrong}\non = "{ON}"\n'))


def test_a_fitted_curve_gives_the_shares_it_was_fitted_to() -> None:
    scores = [100] * 200 + [300] * 200
    organised = [True] * 50 + [False] * 150 + [True] * 150 + [False] * 50
    held = replace(weights.load(), calibration=calibrate.fit(scores, organised, ON))
    assert calibrate.chance(100, held) == pytest.approx(250, abs=5)
    assert calibrate.chance(300, held) == pytest.approx(750, abs=5)


def test_a_floor_takes_up_the_true_leads_of_low_score() -> None:
    scores = [0] * 200 + [100] * 200 + [300] * 200
    organised = [at % 10 == 0 for at in range(400)] + [True] * 200
    held = replace(weights.load(), calibration=calibrate.fit_above(scores, organised, ON))
    assert [calibrate.chance(score, held) for score in (0, 100, 300)] == pytest.approx([100, 100, 995], abs=10)
    plain = replace(held, calibration=calibrate.fit(scores, organised, ON))
    assert (calibrate.chance(100, plain) or 0) > 150


def test_scores_that_mislead_give_a_flat_curve() -> None:
    assert calibrate.fit([100, 110, 300, 310], [True, True, False, False], ON).slope == 0


labelled = st.lists(st.tuples(st.integers(-500, 900), st.booleans()), min_size=2, max_size=30)


@given(labelled, st.integers(-500, 900))
def test_no_labels_make_a_lead_certain_within_them_and_order_does_not_matter(
    some: list[tuple[int, bool]], score: int
) -> None:
    held = [calibrate.fit([one for one, _ in order], [two for _, two in order], ON) for order in (some, sorted(some))]
    first, second = (calibrate.chance(score, replace(weights.load(), calibration=one)) for one in held)
    assert first is not None and second is not None
    assert 0 <= first <= 1000
    assert abs(first - second) <= 1


@given(st.integers(0, 50_000), st.integers(-90_000, 90_000), st.integers(-900, 900), st.integers(0, 900))
def test_a_higher_score_never_has_a_lower_chance(slope: int, intercept: int, score: int, more: int) -> None:
    low, high = (calibrate.chance(one, calibrated(slope, intercept)) for one in (score, score + more))
    assert low is not None and high is not None
    assert low <= high

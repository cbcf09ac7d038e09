"""From a score to a chance: Platt's logistic curve, fitted to labels and kept as whole numbers.

Points are nats only as far as the weights are right; the curve says what scores were worth where the answer was known.
Platt (1999), "Probabilistic outputs for support vector machines": the targets are drawn a little from 0 and 1, as if
one more label of each kind had been seen, so that no finite set of labels makes a lead certain. Where labels are many,
a floor under the curve takes up the true leads of low score, which would else make it flat everywhere.
"""

from collections.abc import Sequence
from math import exp

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from undertow.assess.weights import Bands, Calibration, Weights

NAT = 100  # points
UNIT = 10_000  # slope and intercept are whole numbers of this part

Floats = npt.NDArray[np.float64]


def chance(score: int, weights: Weights) -> int | None:
    """Thousandths: of leads with such a score, as many were organised in what the weights were calibrated on.

    None where the weights are not calibrated.
    """
    held = weights.calibration
    if held is None:
        return None
    odds = (held.slope * score / NAT + held.intercept) / UNIT
    floor = held.floor / UNIT
    return round(1000 * (floor + (1 - floor) / (1 + exp(-max(-30.0, min(30.0, odds))))))


def fit(scores: Sequence[int], organised: Sequence[bool], on: str) -> Calibration:
    """The curve through these scores and answers; it never falls, so that chance and score rank alike.

    `on` is the sentence that says where the answers come from.
    """
    nats, truth = np.array(scores, np.float64) / NAT, np.array(organised, bool)
    yes, no = int(truth.sum()), int((~truth).sum())
    wanted = targets(truth)
    start = np.array([1.0, np.log((yes + 1) / (no + 1)) - float(nats.mean())])
    bounds = [(0.0, None), (None, None)]
    found = minimize(_loss, start, (nats, wanted), "L-BFGS-B", jac=True, bounds=bounds, options={"ftol": 1e-14})
    slope, intercept = (round(UNIT * float(value)) for value in found.x)
    return Calibration(slope, intercept, on)


def fit_above(scores: Sequence[int], organised: Sequence[bool], on: str) -> Calibration:
    """As `fit`, with a floor: for many labels, of which a few low ones else make the whole curve flat."""
    nats, truth = np.array(scores, np.float64) / NAT, np.array(organised, bool)
    plain, ends = fit(scores, organised, on), [(0.0, 1e4), (-1e4, 1e4), (0.0, 0.5)]
    starts = [np.array((times * plain.slope / UNIT, times * plain.intercept / UNIT, 0.05)) for times in (1, 2)]
    tried = [_searched(start, (nats, targets(truth)), ends) for start in starts]
    slope, intercept, floor = (round(UNIT * value) for value in min(tried)[1])
    return Calibration(slope, intercept, on, floor)


def _searched(
    start: Floats, given: tuple[Floats, Floats], ends: list[tuple[float, float]]
) -> tuple[float, list[float]]:
    found = minimize(_loss_above, start, given, "Nelder-Mead", bounds=ends, options={"maxiter": 5000, "xatol": 1e-6})
    return float(found.fun), found.x.tolist()


def _loss_above(curve: Floats, nats: Floats, targets: Floats) -> float:
    """The mean cross-entropy of a curve with a floor."""
    stated = curve[2] + (1 - curve[2]) / (1 + np.exp(-np.clip(curve[0] * nats + curve[1], -30, 30)))
    stated = np.clip(stated, 1e-9, 1 - 1e-9)
    return -float(np.mean(targets * np.log(stated) + (1 - targets) * np.log(1 - stated)))


def bands(held: Bands, before: Calibration, after: Calibration) -> Bands:
    """Bands that begin, on the curve `after`, at the chances at which they began on the curve `before`.

    The last band, for all that is left, stays; so do all where a curve is flat and tells scores apart no more.
    """
    if not (before.slope and after.slope):
        return held
    odds = [before.slope * least / NAT + before.intercept for least, _ in held[:-1]]
    moved = [round(NAT * (one - after.intercept) / after.slope) for one in odds]
    return (*((least, name) for least, (_, name) in zip(moved, held[:-1], strict=True)), held[-1])


def targets(organised: npt.NDArray[np.bool_]) -> Floats:
    """What the curve aims at for each label: a little from 0 and 1."""
    yes, no = int(organised.sum()), int((~organised).sum())
    return np.where(organised, (yes + 1) / (yes + 2), 1 / (no + 2))


def _loss(curve: Floats, nats: Floats, targets: Floats) -> tuple[float, Floats]:
    """The mean cross-entropy, and its gradient."""
    odds = curve[0] * nats + curve[1]
    miss = 1 / (1 + np.exp(-odds)) - targets
    return float(np.mean(np.logaddexp(0, odds) - targets * odds)), np.array([np.mean(miss * nats), np.mean(miss)])

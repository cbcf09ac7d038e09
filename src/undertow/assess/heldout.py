"""What weights are worth on networks that they were not fitted to: every judged network is held out in turn.

The published weights are held to the same: their curve from score to chance is fitted without the networks that it is
tried on, so that both have seen equally much.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from undertow import ids
from undertow.assess import calibrate, fitting, worth
from undertow.assess.fitting import Design, Floats
from undertow.assess.plan import Plan, Prior
from undertow.assess.weights import Calibration, Weights
from undertow.assess.worth import Flags, Numbers, Pairs, Rules


@dataclass(frozen=True, slots=True)
class Cases:
    """Judged networks, sorted by number, with what they show under the published weights."""

    rules: Rules
    pairs: Pairs
    networks: Numbers
    organised: Flags
    design: Design

    @classmethod
    def of(cls, rules: Rules, pairs: Pairs, networks: Numbers, organised: Flags) -> "Cases":
        """The cases of these networks among all pairs."""
        mine = worth.of_networks(pairs, networks)
        return cls(rules, mine, networks, organised, fitting.design(rules, mine, networks))

    def scores(self, points: list[int]) -> Numbers:
        """The scores of all cases with these points."""
        names = [one.name for one in self.rules.indicators]
        weights = fitting.with_points(self.rules.weights, names, points)
        most = [min(own, rare) for own, rare in zip(points, self.rules.limit, strict=True)]
        rules = replace(self.rules, weights=weights, most=most)
        return np.array(fitting.scores(rules, worth.reweighed(rules, self.pairs), self.networks), np.int64)

    def published(self) -> list[int]:
        """The published points, in the order of the indicators."""
        return [self.rules.weights.points.get(one.name, 0) for one in self.rules.indicators]

    def learned(self, rows: Numbers, prior: Prior) -> list[int]:
        """Points fitted to these cases."""
        nats = fitting.fit(self.design.of(rows), self.organised[rows], prior)
        return fitting.points(self.design, nats, self.published())


@dataclass(frozen=True, slots=True)
class Tried:
    """Chances of every case while it was held out, one row a repeat: with published and with learned points."""

    published: Floats
    learned: Floats


def tried(cases: Cases, plan: Plan) -> Tried:
    """Every case held out once in each repeat."""
    everything, asked = np.arange(len(cases.networks)), cases.scores(cases.published())
    published, learned = np.zeros((2, plan.repeats, len(everything)))
    for repeat in range(plan.repeats):
        for out in parts(cases.organised, plan.folds, repeat):
            rest = np.setdiff1d(everything, out)
            own = _curve(asked[rest], cases.organised[rest])
            published[repeat, out] = _chances(asked[out], own, cases.rules.weights)
            made = cases.scores(cases.learned(rest, plan.prior))
            curve = _curve(crossed(cases, rest, plan, repeat), cases.organised[rest])
            learned[repeat, out] = _chances(made[out], curve, cases.rules.weights)
    return Tried(published, learned)


def crossed(cases: Cases, rows: Numbers, plan: Plan, repeat: int = 0) -> Numbers:
    """The score of each of these cases by weights fitted to the others of them, so that a curve is not flattered."""
    made = np.zeros(len(rows), np.int64)
    for out in parts(cases.organised[rows], plan.folds, repeat):
        rest = np.setdiff1d(np.arange(len(rows)), out)
        made[out] = cases.scores(cases.learned(rows[rest], plan.prior))[rows[out]]
    return made


def parts(organised: Flags, folds: int, repeat: int) -> Iterator[Numbers]:
    """Rows in parts of equal size, with equally many of either kind; another cut at each repeat."""
    order = np.array(sorted(range(len(organised)), key=lambda row: (organised[row], ids.digest(str(repeat), str(row)))))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order)) % folds
    for fold in range(folds):
        yield np.flatnonzero(place == fold)


def _curve(scores: Numbers, organised: Flags) -> Calibration:
    return calibrate.fit(scores.tolist(), organised.tolist(), "cases that were not held out")


def _chances(scores: Numbers, curve: Calibration, weights: Weights) -> Floats:
    """Between 0.0005 and 0.9995: chances are stated in thousandths."""
    held = replace(weights, calibration=curve)
    made = [calibrate.chance(one, held) or 0 for one in scores.tolist()]
    return np.clip(np.array(made, np.float64) / 1000, 0.0005, 0.9995)

"""Weights from judged networks: logistic regression with the published points as its prior.

The odds that a network is organised are exp(intercept + slope * score / 100), with the score as `undertow.assess.score`
counts it; fitted are intercept, slope, and for each indicator a factor on what it is worth. No factor is negative, and
the prior of factors and slope is Gaussian around 1: few judgements leave the published points, many move them (as in
Gelman and others 2008, "A weakly informative default prior distribution for logistic and other regression models",
with another centre and shape). The cap of a family counts in the fit; the cap of all lore together, and whole
numbers, only when scores are counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from undertow.assess import leads, score
from undertow.assess.calibrate import NAT, targets
from undertow.assess.languages import WHOLE
from undertow.assess.plan import Prior
from undertow.assess.weights import Weights
from undertow.assess.worth import Flags, Numbers, Pairs, Rules

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Design:
    """Networks by indicators. `share` is the part of a sign's most that a network shows; `start` and `limit` are nats.

    `start` is what the published points are worth here, `limit` what a sign so common can be worth at all. `group`
    numbers families, for and against apart; `side` is 1 for a group that raises the score, -1 for one that lowers it.
    """

    share: Floats
    group: Numbers
    start: Floats
    limit: Floats
    side: Floats
    caps: Floats

    def of(self, rows: Numbers) -> "Design":
        """These networks only."""
        return replace(self, share=self.share[rows])


def design(rules: Rules, held: Pairs, networks: Numbers) -> Design:
    """What the networks, sorted, show; `rules` are of the published weights."""
    share = np.zeros((len(networks), len(rules.indicators)))
    at = np.searchsorted(networks, held.network)
    mine = (at < len(networks)) & (networks[np.minimum(at, len(networks) - 1)] == held.network)
    share[at[mine], held.indicator[mine]] = held.share[mine] / WHOLE
    sides = [0 if not one.speaks_for else 1 if one.speaks_for == "organised_risk" else -1 for one in rules.indicators]
    keys = [(one.family, side) for one, side in zip(rules.indicators, sides, strict=True)]
    groups = sorted(set(keys))
    caps = [rules.weights.caps.get(family, rules.weights.cap_otherwise) for family, _ in groups]
    return Design(
        share,
        np.array([groups.index(key) for key in keys], np.int64),
        np.array(rules.most, np.float64) / NAT,
        np.array(rules.limit, np.float64) / NAT,
        np.array([side for _, side in groups], np.float64),
        np.array(caps, np.float64) / NAT,
    )


def fit(held: Design, organised: Flags, prior: Prior) -> Floats:
    """What each sign is worth, in nats.

    A sign worth nothing stays at nothing, one that no network shows stays as published.
    """
    free = np.flatnonzero((held.start > 0) & (held.side[held.group] != 0) & held.share.any(axis=0))
    member = np.eye(len(held.side))[held.group[free]]
    shown = _Shown(held.share[:, free] * held.start[free], member, held, targets(organised))
    odds = float(np.log(organised.mean() / (1 - organised.mean())))
    first = np.concatenate([[odds - 1, 1.0], np.ones(len(free))])
    bounds = [(None, None), (0.0, None), *((0.0, limit) for limit in held.limit[free] / held.start[free])]
    options = {"maxiter": 300, "maxfun": 2000}  # caps make edges, at which the search would go on for its last digits
    found = minimize(_loss, first, (shown, prior), "L-BFGS-B", jac=True, bounds=bounds, options=options)
    nats = held.start.copy()
    nats[free] *= found.x[2:]
    return nats


@dataclass(frozen=True, slots=True)
class _Shown:
    """`parts` is what each free sign brings in nats at a factor of 1, `member` its group; `wanted` the answers."""

    parts: Floats
    member: Floats
    held: Design
    wanted: Floats


def _loss(at: Floats, shown: _Shown, prior: Prior) -> tuple[float, Floats]:
    """Cross-entropy of all networks, and the prior; with its gradient."""
    slope, factors, held = at[1], at[2:], shown.held
    sums = (shown.parts * factors) @ shown.member
    nats = np.minimum(sums, held.caps) @ held.side
    odds = at[0] + slope * nats
    miss = expit(odds) - shown.wanted
    counts = ((sums <= held.caps) * held.side) @ shown.member.T  # where one more nat would count
    by_factor = slope * (miss[:, None] * counts * shown.parts).sum(axis=0) + (factors - 1) / prior.factors**2
    by_slope = miss @ nats + (slope - 1) / prior.slope**2
    unlikely = np.sum((factors - 1) ** 2) / prior.factors**2 + (slope - 1) ** 2 / prior.slope**2
    loss = np.sum(np.logaddexp(0, odds) - shown.wanted * odds) + unlikely / 2
    return float(loss), np.concatenate([[miss.sum(), by_slope], by_factor])


def points(held: Design, nats: Floats, published: Sequence[int]) -> list[int]:
    """Whole points for what signs are worth; what rarity alone limits stays as published."""
    made = []
    for own, worth, start, limit in zip(published, nats, held.start, held.limit, strict=True):
        limited = round(NAT * float(start)) < own and worth >= limit - 0.5 / NAT
        made.append(own if limited or worth == start else round(NAT * float(worth)))
    return made


def scores(rules: Rules, held: Pairs, networks: Numbers) -> list[int]:
    """The score of each network as it is counted."""
    return [score.total(score.by_class(one)) for one in leads.counted(rules, held, networks)]


def with_points(weights: Weights, names: Sequence[str], made: Sequence[int]) -> Weights:
    """The weights with these points for these indicators."""
    return replace(weights, points={**weights.points, **dict(zip(names, made, strict=True))}, calibration=None)

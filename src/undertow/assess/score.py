"""The arithmetic of a lead: whole numbers, the same on every machine, each of which can be checked by hand.

Points are hundredths of a nat of log-likelihood ratio. No sign can prove more than it is rare: if a share s of all
networks shows it, its likelihood ratio is at most 1/s, whatever its weight. So a sign that half of the user's own
networks show brings at most ln 2 = 69 points. This is how base rates enter (Volodko, Cockbain and Kleinberg 2020:
98.4 % of 430 ordinary job ads carry an indicator).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from undertow.assess.contract import CLASSES, DIMENSIONS, Class, Indicator
from undertow.assess.weights import Weights


@dataclass(frozen=True, slots=True)
class Sign:
    """One indicator on one network: how many rows and records show it, the fullest strength, and what it is worth."""

    indicator: Indicator
    rows: int
    records: int
    strength: int
    worth: int  # points before the caps


@dataclass(frozen=True, slots=True)
class Counted:
    """A sign with the points that it adds to the sum."""

    sign: Sign
    points: int


def rarity(shown: int, networks: int, weights: Weights) -> int:
    """The most that a sign can be worth when `shown` of `networks` show it.

    The share is steadied with pseudo-networks, so that a small collection does not mistake its own few for all.
    """
    share = (1000 * shown + weights.prior_permille * weights.pseudo_networks) / (
        1000 * (networks + weights.pseudo_networks)
    )
    return round(-100 * log(min(share, 1.0)))


def count(signs: Sequence[Sign], weights: Weights) -> list[Counted]:
    """What each sign adds: the most telling first, until its family, or all lore together, has reached its cap."""
    room: dict[str, int] = {}
    lore = weights.lore_cap
    counted = []
    for sign in sorted(signs, key=lambda sign: (-sign.worth, sign.indicator.name)):
        family = sign.indicator.family
        left = room.get(family, weights.caps.get(family, weights.cap_otherwise))
        points = min(sign.worth, left, lore) if sign.indicator.grade == "lore" else min(sign.worth, left)
        room[family] = left - points
        lore -= points if sign.indicator.grade == "lore" else 0
        counted.append(Counted(sign, points))
    return sorted(counted, key=lambda one: (-one.points, -one.sign.worth, one.sign.indicator.name))


def by_class(counted: Sequence[Counted]) -> dict[Class, int]:
    """Points that speak for each class."""
    return {name: sum(one.points for one in counted if one.sign.indicator.speaks_for == name) for name in CLASSES}


def total(points: Mapping[Class, int]) -> int:
    """The score: points for organised risk less points for all other classes."""
    return 2 * points["organised_risk"] - sum(points.values())


def is_lead(reasons: Sequence[Counted], weights: Weights) -> bool:
    """Whether these reasons, all for organised risk, are of enough independent families; lore is not counted."""
    return sum(points >= weights.family_from for points in telling(reasons).values()) >= weights.lead_families


def telling(reasons: Sequence[Counted]) -> dict[str, int]:
    """Points of each family, without lore."""
    points: dict[str, int] = {}
    for one in reasons:
        if one.sign.indicator.grade != "lore":
            points[one.sign.indicator.family] = points.get(one.sign.indicator.family, 0) + one.points
    return points


def dimensions(reasons: Sequence[Counted]) -> dict[str, int]:
    """Points that speak to act, means and purpose; one reason may speak to several."""
    return {name: sum(one.points for one in reasons if name in one.sign.indicator.speaks_to) for name in DIMENSIONS}


def classes(points: Mapping[Class, int], weights: Weights) -> dict[str, int]:
    """Thousandths for each class, in proportion to the points that speak for it; they sum to 1,000.

    Every class begins with a few points, so that nothing is ever ruled out. What the division leaves over goes to
    the largest remainders, earlier classes first.
    """
    held = {name: points.get(name, 0) + weights.class_start for name in CLASSES}
    total = sum(held.values())
    shares: dict[str, int] = {name: 1000 * part // total for name, part in held.items()}
    by_remainder = sorted(CLASSES, key=lambda name: (-(1000 * held[name] % total), CLASSES.index(name)))
    for name in by_remainder[: 1000 - sum(shares.values())]:
        shares[name] += 1
    return shares


def band(score: int, weights: Weights) -> str:
    """The name of the band that a score falls in."""
    return next((name for least, name in weights.bands if score >= least), weights.bands[-1][1])

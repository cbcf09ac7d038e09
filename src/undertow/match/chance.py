"""How many hits of a hash list are to be expected, from the user's own pictures; more than that is a flood.

A list is measured before it can be switched on. Of a sample of the user's pictures, `hits` lie within the list's
distance of an entry: these a person can look at. How many further ones chance brings cannot be seen directly. But
pictures that have nothing to do with an entry lie the denser the farther away, so those whose nearest entry stands just
beyond the distance, up to twice as far, bound from above what chance puts within it.
"""

from dataclasses import dataclass

RING = 2  # times the distance: where the ring of near misses ends
LEAST_FLOOD = 10  # hits in a run that are never a flood: as many a person can look at; a guess
_SURE = 0.95  # of the rate; Garwood 1936
_VERY_SURE = 0.999  # of a flood: one run in a thousand is held back for nothing


@dataclass(frozen=True, slots=True)
class Rate:
    """Of `pictures` measured: `hits` within the distance, `near` in the ring, and the most to `expect` a picture."""

    pictures: int
    hits: int
    near: int
    expected: float


def rate(pictures: int, hits: int, near: int, *, exact: bool = False) -> Rate:
    """The expected hits a picture; where hashes are compared exactly, chance adds none."""
    chance = 0.0 if exact else upper(near, _SURE)
    return Rate(pictures, hits, near, round((hits + chance) / max(pictures, 1), 8))


def most(expected: float, pictures: int) -> int:
    """Pictures that a list may hit among so many before its hits are held back."""
    from scipy.stats import poisson

    return max(LEAST_FLOOD, int(poisson.ppf(_VERY_SURE, expected * pictures)))


def upper(count: int, sure: float) -> float:
    """The largest mean of a Poisson law under which `count` or fewer is not rarer than 1 - `sure`."""
    from scipy.stats import chi2

    return float(chi2.ppf(sure, 2 * (count + 1)) / 2)

"""How far a figure could have come out otherwise: the bootstrap over whole actors, and Wilson's interval for shares."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 200
BLOCKS = 20_000
SEED = 20261124  # any number: the same draws at every evaluation
ENDS = (2.5, 97.5)  # percentiles
Z = 1.959963984540054  # 97.5th percentile of the normal distribution


def per_unit(unit: Ints, rows: Floats) -> Floats:
    """Sums of `rows` by unit, one row a unit that occurs; of many units, by up to `BLOCKS` random sets of them.

    Sets of equal chance have the variance of their units, so the interval stays what it was at a fraction of the cost.
    """
    held, where = np.unique(unit, return_inverse=True)
    if len(held) > BLOCKS:
        where = np.random.default_rng(SEED).permutation(len(held))[where] % BLOCKS
    return np.column_stack([np.bincount(where, column) for column in rows.T])


def resampled(units: Floats) -> Floats:
    """Sums over `DRAWS` resamplings of the rows of `units`, each with as many rows (Efron 1979)."""
    chance = np.random.default_rng(SEED)
    made = np.zeros((DRAWS, units.shape[1]))
    for draw in range(DRAWS if len(units) else 0):
        taken = np.bincount(chance.integers(0, len(units), len(units)), minlength=len(units))
        made[draw] = taken @ units
    return made


def interval(values: Floats) -> tuple[float | None, float | None]:
    """The middle 95 % of resampled values; None where none could be counted."""
    counted = values[np.isfinite(values)]
    if not len(counted):
        return None, None
    low, high = np.percentile(counted, ENDS)
    return float(low), float(high)


def bootstrap(units: Floats, figures: Callable[[Floats], Floats]) -> list[tuple[float | None, float | None]]:
    """The interval of every figure that `figures` makes of sums: from (draws, columns) to (draws, figures)."""
    return [interval(values) for values in figures(resampled(units)).T]


def wilson(hits: int, of: int) -> tuple[float | None, float | None]:
    """95 % interval of a share, which does not shrink to nothing at 0 and 1 (Wilson 1927)."""
    if not of:
        return None, None
    share, spread = hits / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * np.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return float(middle - half) if hits else 0.0, float(middle + half) if hits < of else 1.0

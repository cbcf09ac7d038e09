"""Compares two groupings of the same things, thing by thing, so that sums over any part of them are cheap.

Pairwise: of all pairs of things, which are together in both. B-cubed: for every thing, the share of those found with it
that belong with it, and the share of those that belong with it that were found with it, averaged over things (Bagga and
Baldwin 1998). Adjusted Rand index: agreement of pairs, less what chance would give (Hubert and Arabie 1985).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

COLUMNS = ("things", "together", "true", "found", "bcubed_precision", "bcubed_recall")


def compare(true: Ints, found: Ints) -> Floats:
    """For every thing a row of `COLUMNS`: 1, those with it in both, in truth and as found, and its B-cubed shares.

    `true` and `found` are numbers of groups from 0; who is alone has a number of its own.
    """
    size_true, size_found = np.bincount(true)[true], np.bincount(found)[found]
    _, where, both = np.unique(true * (found.max(initial=0) + 1) + found, return_inverse=True, return_counts=True)
    joint = both[where]
    rows = (np.ones(len(true)), joint - 1, size_true - 1, size_found - 1, joint / size_found, joint / size_true)
    return np.column_stack(rows).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one or many sums of rows; where nothing was together the figure is not a number."""

    precision: Floats
    recall: Floats
    f1: Floats
    rand: Floats
    bcubed_precision: Floats
    bcubed_recall: Floats
    bcubed_f1: Floats


def scores(sums: Floats) -> Scores:
    """The figures of sums of rows of `compare`; the last axis holds the `COLUMNS`, pairs are counted from both ends."""
    things, together, true, found, precise, recalled = np.moveaxis(np.asarray(sums, np.float64), -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = precise / things, recalled / things
        return Scores(
            together / found,
            together / true,
            2 * together / (found + true),
            _rand(things * (things - 1), together, true, found),
            precision,
            recall,
            2 * precision * recall / (precision + recall),
        )


def _rand(pairs: Floats, together: Floats, true: Floats, found: Floats) -> Floats:
    chance = true * found / pairs
    most = (true + found) / 2
    return np.where(most == chance, 1.0, (together - chance) / (most - chance))  # equal only where all is trivial

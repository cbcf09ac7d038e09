"""Whether a lead's stated probability is what it says: of leads at 30 %, are three in ten true?"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from undertow.evaluate import chance, ranking
from undertow.evaluate.contract import Figure, Found, Measure, Truth

BINS = 10

Floats = NDArray[np.float64]


def figures(truth: Truth, found: Found) -> Iterator[Figure]:
    """Expected calibration error over ten bins of equal width, Brier score, and the reliability curve."""
    ranked = ranking.ranked(truth, found)
    note = f"the column {ranked.stated} of leads is read as a probability"
    if not len(ranked.true):
        for name in ("error", "brier"):
            yield Figure(f"calibration.{name}", None, better="down", note="no lead to judge")
        return
    rows = _rows(ranked.chance, ranked.true.astype(np.float64))
    ends = chance.bootstrap(rows, _values)
    for name, value, (low, high) in zip(("error", "brier"), _values(rows.sum(axis=0)), ends, strict=True):
        yield Figure(f"calibration.{name}", float(value), "", low, high, len(rows), "down", note)
    yield from _curve(rows.sum(axis=0))


def _rows(stated: Floats, true: Floats) -> Floats:
    """For every lead: its squared error, and by bin 1, the stated probability, the truth."""
    bin_ = np.minimum((stated * BINS).astype(np.int64), BINS - 1)
    inside = bin_[:, None] == np.arange(BINS)
    parts = (inside * 1.0, inside * stated[:, None], inside * true[:, None])
    return np.column_stack([(stated - true) ** 2, *parts])


def _values(sums: Floats) -> Floats:
    """Expected calibration error (Naeini, Cooper and Hauskrecht 2015) and Brier score."""
    count, stated, true = np.split(sums[..., 1:], 3, axis=-1)
    leads = count.sum(axis=-1)
    return np.stack([np.abs(stated - true).sum(axis=-1) / leads, sums[..., 0] / leads], axis=-1)


def _curve(sums: Floats) -> Iterator[Figure]:
    count, stated, true = np.split(sums[1:], 3)
    for bin_ in range(BINS):
        group, leads = f"bin={bin_ / BINS:.1f}-{(bin_ + 1) / BINS:.1f}", int(count[bin_])
        empty = "" if leads else "no lead states such a probability"
        for name, sum_ in (("stated", stated[bin_]), ("observed", true[bin_])):
            low, high = chance.wilson(int(sum_), leads) if name == "observed" else (None, None)
            value = float(sum_ / leads) if leads else None
            yield Figure(f"calibration.{name}", value, group, low, high, leads, "", empty)


MEASURE = Measure(
    name="calibration",
    version=1,
    order=60,
    title="What a lead's probability is worth",
    says=(
        "In every tenth of the scale: the mean of what leads state, and the share of those leads that are true. The "
        "error is the mean distance of the two, the Brier score the mean squared error of single leads."
    ),
    needs=("leads", "network_members"),
    asks=("organised",),
    figures=figures,
)

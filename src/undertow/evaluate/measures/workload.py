"""What a true lead costs: records that a person must read down the ranking for each."""

from collections.abc import Iterator

import numpy as np

from undertow.evaluate import chance, ranking
from undertow.evaluate.contract import Figure, Found, Measure, Truth
from undertow.evaluate.ranking import Ranking

AT = (10, 20, 50, 100)


def figures(truth: Truth, found: Found) -> Iterator[Figure]:
    """Records of the first k leads by true lead among them."""
    ranked = ranking.ranked(truth, found)
    for k in (*(k for k in AT if k < len(ranked.true)), len(ranked.true)):
        yield _figure(ranked, k, f"k={k}" if k < len(ranked.true) else "k=all")


def _figure(ranked: Ranking, k: int, group: str) -> Figure:
    records, true = ranked.records[:k], ranked.true[:k]
    if not true.any():
        note = f"no true lead among the first {k}; {int(records.sum()):,} records to read"
        return Figure("workload.records_per_true_lead", None, group, n=k, better="down", note=note)
    units = np.column_stack([records, true]).astype(np.float64)
    sums = chance.resampled(units)
    with np.errstate(divide="ignore"):
        low, high = chance.interval(sums[:, 0] / sums[:, 1])
    value = float(records.sum() / true.sum())
    note = f"{int(records.sum()):,} records, {int(true.sum()):,} true leads"
    return Figure("workload.records_per_true_lead", value, group, low, high, k, "down", note)


MEASURE = Measure(
    name="workload",
    version=1,
    order=70,
    title="Work",
    says="Records that a person must read, from the first lead down, for every true lead among the first k.",
    needs=("leads", "network_members"),
    asks=("organised",),
    figures=figures,
)

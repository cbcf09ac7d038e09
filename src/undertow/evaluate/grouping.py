"""Makes the figures of a grouping: pairwise and B-cubed, each with its interval."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from undertow.evaluate import chance, clusters
from undertow.evaluate.contract import Figure

_NOTHING = {
    "precision": "nothing was found together",
    "recall": "nothing belongs together",
    "f1": "nothing belongs together and nothing was found together",
}


def figures(
    name: str, true: NDArray[np.int64], found: NDArray[np.int64], actor: NDArray[np.int64], *, rand: bool = False
) -> Iterator[Figure]:
    """Pairwise and B-cubed figures named `name.…`; `actor` says which things are resampled together."""
    rows = clusters.compare(true, found)
    names = [f"pairwise_{one}" for one in ("precision", "recall", "f1")]
    names += [f"bcubed_{one}" for one in ("precision", "recall", "f1")] + (["adjusted_rand"] if rand else [])
    values = _values(rows.sum(axis=0), rand=rand)
    ends = chance.bootstrap(chance.per_unit(actor, rows), lambda sums: _values(sums, rand=rand))
    for one, value, (low, high) in zip(names, values, ends, strict=True):
        if np.isfinite(value):
            yield Figure(f"{name}.{one}", float(value), low=low, high=high, n=len(true), better="up")
        else:
            yield Figure(f"{name}.{one}", None, better="up", note=_NOTHING.get(one.split("_")[1], "nothing to compare"))


def _values(sums: NDArray[np.float64], *, rand: bool) -> NDArray[np.float64]:
    made = clusters.scores(sums)
    columns = [made.precision, made.recall, made.f1, made.bcubed_precision, made.bcubed_recall, made.bcubed_f1]
    return np.stack([*columns, made.rand] if rand else columns, axis=-1)

"""Makes the figures of a grouping: pairwise and B-cubed, each with its interval, and how much one group merges."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from undertow.evaluate import chance, clusters
from undertow.evaluate.contract import ALONE, Coded, Figure

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


def by(
    name: str, true: NDArray[np.int64], found: NDArray[np.int64], parts: Sequence[tuple[str, Coded]]
) -> Iterator[Figure]:
    """Pairwise precision and recall by part: of the pairs with an end in it; one of two parts counts in both.

    `parts` are columns over the same things, each with its name: `("sort", …)` gives groups `sort=agency` and so on.
    """
    rows = clusters.compare(true, found)
    for part, column in parts:
        sums = [
            np.bincount(column.codes[column.codes >= 0], one[column.codes >= 0], len(column.names)) for one in rows.T
        ]
        made = clusters.scores(np.column_stack(sums))
        for at in sorted(np.flatnonzero(sums[0]).tolist(), key=lambda at: str(column.names[at])):
            for one, values in (("pairwise_precision", made.precision), ("pairwise_recall", made.recall)):
                value = float(values[at]) if np.isfinite(values[at]) else None
                note = "" if value is not None else _NOTHING[one.split("_")[1]]
                group = f"{part}={column.names[at]}"
                yield Figure(f"{name}.{one}", value, group, n=int(sums[0][at]), better="up", note=note)


def merged(name: str, true: NDArray[np.int64], found: NDArray[np.int32]) -> Iterator[Figure]:
    """How many true groups of two things or more have a thing in the largest found one, and in the one with most.

    `found` holds ALONE where a thing is in none.
    """
    held = found != ALONE
    several = np.bincount(true)[true] > 1
    pairs = np.unique(np.column_stack([found, true])[held & several], axis=0)
    size = np.bincount(found[held], minlength=1)
    holds = np.bincount(pairs[:, 0].astype(np.int64), minlength=len(size))
    note = f"it holds {int(size.max()):,} of the posts" if held.any() else "none was found"
    yield Figure(f"{name}.largest_holds", float(holds[size.argmax()]), n=int(size.max()), better="down", note=note)
    worst = f"in one of {int(size[holds.argmax()]):,} posts" if held.any() else "none was found"
    yield Figure(f"{name}.most_held", float(holds.max()), n=int((size > 0).sum()), better="down", note=worst)


def _values(sums: NDArray[np.float64], *, rand: bool) -> NDArray[np.float64]:
    made = clusters.scores(sums)
    columns = [made.precision, made.recall, made.f1, made.bcubed_precision, made.bcubed_recall, made.bcubed_f1]
    return np.stack([*columns, made.rand] if rand else columns, axis=-1)

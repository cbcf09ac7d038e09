"""Posts of one network brought together, and how many true networks one found network swallows."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from undertow.evaluate import grouping
from undertow.evaluate.contract import ALONE, UNKNOWN, Coded, Codes, Figure, Found, Measure, Truth


def figures(truth: Truth, found: Found) -> Iterator[Figure]:
    """Figures over posts; a post in no network is alone."""
    posts = truth.posts & (truth.network.codes != UNKNOWN)
    true = truth.network.groups()[posts]
    made = Coded(found.network, range(len(found.networks))).groups()[posts]
    yield from grouping.figures("networks", true, made, truth.actor[posts])
    yield from _merged(true, found.network[posts])


def _merged(true: NDArray[np.int64], found: Codes) -> Iterator[Figure]:
    """How many true networks of two posts or more have a post in the largest found network, and in the worst."""
    held = found != ALONE
    several = np.bincount(true)[true] > 1
    pairs = np.unique(np.column_stack([found, true])[held & several], axis=0)
    size = np.bincount(found[held], minlength=1)
    merged = np.bincount(pairs[:, 0].astype(np.int64), minlength=len(size))
    note = f"it holds {int(size.max()):,} of the posts" if held.any() else "no network was found"
    yield Figure("networks.largest_holds", float(merged[size.argmax()]), n=int(size.max()), better="down", note=note)
    worst = f"in a network of {int(size[merged.argmax()]):,} posts" if held.any() else "no network was found"
    yield Figure("networks.most_held", float(merged.max()), n=int((size > 0).sum()), better="down", note=worst)


MEASURE = Measure(
    name="networks",
    version=1,
    order=30,
    title="Networks",
    says=(
        "Posts of one actor are in one network, and of two are not. `largest_holds` and `most_held` count true "
        "networks of two posts or more that have a post in the largest found network, and in the one that holds most."
    ),
    needs=("network_members",),
    asks=("network",),
    figures=figures,
)

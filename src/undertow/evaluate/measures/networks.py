"""Posts of one network brought together, and how many true networks one found network swallows."""

from collections.abc import Iterator

from undertow.evaluate import grouping
from undertow.evaluate.contract import UNKNOWN, Coded, Figure, Found, Measure, Truth


def figures(truth: Truth, found: Found) -> Iterator[Figure]:
    """Figures over posts; a post in no network is alone."""
    posts = truth.posts & (truth.network.codes != UNKNOWN)
    true = truth.network.groups()[posts]
    made = Coded(found.network, range(len(found.networks))).groups()[posts]
    yield from grouping.figures("networks", true, made, truth.actor[posts])
    yield from grouping.by("networks", true, made, truth.parts(posts))
    yield from grouping.merged("networks", true, found.network[posts])


MEASURE = Measure(
    name="networks",
    version=2,
    order=30,
    title="Networks",
    says=(
        "Posts of one actor are in one network, and of two are not. `largest_holds` and `most_held` count true "
        "networks of two posts or more that have a post in the largest found network, and in the one that holds most. "
        "By sort, language and site: of pairs with an end in it."
    ),
    needs=("network_members",),
    asks=("network",),
    figures=figures,
)

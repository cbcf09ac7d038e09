"""Texts of one template brought together: pairs, B-cubed and the adjusted Rand index over posts with a template."""

from collections.abc import Iterator

from undertow.evaluate import grouping
from undertow.evaluate.contract import ALONE, UNKNOWN, Coded, Figure, Found, Measure, Truth


def figures(truth: Truth, found: Found) -> Iterator[Figure]:
    """Figures over posts that have a template in truth or as found; a post without one is alone."""
    known = truth.posts & (truth.template.codes != UNKNOWN)
    some = known & ((truth.template.codes != ALONE) | (found.template != ALONE))
    true, made = truth.template.groups()[some], Coded(found.template, range(len(found.template))).groups()[some]
    yield from grouping.figures("templates", true, made, truth.actor[some], rand=True)
    yield from grouping.by("templates", true, made, truth.parts(some))
    yield from grouping.merged("templates", true, found.template[some])


MEASURE = Measure(
    name="templates",
    version=2,
    order=20,
    title="Templates",
    says=(
        "Posts made from one text are in one template. Only posts with a template, in truth or as found, are counted. "
        "`largest_holds` and `most_held` count true templates of two posts or more that have a post in the largest "
        "found template, and in the one that holds most. By sort, language and site: of pairs with an end in it."
    ),
    needs=("template_posts",),
    asks=("template",),
    figures=figures,
)

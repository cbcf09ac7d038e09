"""Whether the first leads are about organised actors, and how many of those have a lead at all."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from undertow.evaluate import chance, ranking
from undertow.evaluate.contract import Figure, Found, Measure, Truth
from undertow.evaluate.ranking import Flags, Ranking

AT = (10, 20, 50, 100)


def figures(truth: Truth, found: Found) -> Iterator[Figure]:
    """Precision down the ranking with a random ranking's beside it, average precision, recall of organised actors."""
    ranked = ranking.ranked(truth, found)
    yield from _precision(ranked)
    yield from _bases(truth, found, ranked)
    yield from _recall(truth, found, ranked)


def _precision(ranked: Ranking) -> Iterator[Figure]:
    left = f"{ranked.left_out:,} leads hold no record that the truth judges" if ranked.left_out else ""
    if not len(ranked.true):
        for k in AT:
            yield Figure("leads.precision", None, f"k={k}", better="up", note="no lead to judge")
        yield Figure("leads.average_precision", None, better="up", note="no lead to judge")
        return
    ends = _resampled(ranked.true)
    for k, (low, high) in zip(AT, ends, strict=False):
        short = f"only {len(ranked.true)} leads" if len(ranked.true) < k else ""
        note = "; ".join(filter(None, (short, left)))
        value = float(ranked.true[:k].mean())
        yield Figure("leads.precision", value, f"k={k}", low, high, min(k, len(ranked.true)), "up", note)
    low, high = ends[-1]
    value = average_precision(ranked.true)
    note = left if ranked.true.any() else "no lead is true"
    yield Figure("leads.average_precision", value, "", low, high, len(ranked.true), "up", note)


def average_precision(true: Flags) -> float:
    """The precision at every true lead, averaged over true leads; 0 where none is true."""
    hits = np.flatnonzero(true)
    return float((np.arange(1, len(hits) + 1) / (hits + 1)).mean()) if len(hits) else 0.0


def _resampled(true: Flags) -> list[tuple[float | None, float | None]]:
    """Intervals of precision at every k and of average precision, with the leads resampled in their order."""
    draws = np.random.default_rng(chance.SEED)
    rows = []
    for _ in range(chance.DRAWS):
        again = true[np.sort(draws.integers(0, len(true), len(true)))]
        rows.append([*(again[:k].mean() for k in AT), average_precision(again)])
    return [chance.interval(values) for values in np.array(rows).T]


def _bases(truth: Truth, found: Found, ranked: Ranking) -> Iterator[Figure]:
    """What a random ranking would give on average: of the leads, and of all found networks."""
    judged = ranking.networks(truth, found)
    for name, true in (("random_lead", ranked.true), ("random_network", judged.true[judged.judged])):
        low, high = chance.wilson(int(true.sum()), len(true))
        said = "leads in random order" if name == "random_lead" else "found networks in random order"
        value = float(true.mean()) if len(true) else None
        note = f"precision, and nearly average precision, of {said}"
        yield Figure(f"leads.{name}", value, "", low, high, len(true), "", note)


def _recall(truth: Truth, found: Found, ranked: Ranking) -> Iterator[Figure]:
    """Share of organised actors of whom some lead holds at least one post, at least half of the posts."""
    theirs = truth.posts & (truth.organised == 1)
    posts = np.bincount(truth.actor[theirs], minlength=1)
    best = _best(truth, found, ranked, theirs)
    actors = np.flatnonzero(posts)
    for group, hit in (("holds=one", best[actors] > 0), ("holds=half", 2 * best[actors] >= posts[actors])):
        low, high = chance.wilson(int(hit.sum()), len(hit))
        value = float(hit.mean()) if len(hit) else None
        note = "" if len(hit) else "no organised actor has a post here"
        yield Figure("leads.recall", value, group, low, high, len(hit), "up", note)


def _best(truth: Truth, found: Found, ranked: Ranking, theirs: Flags) -> NDArray[np.int64]:
    """The most posts of every actor that one lead holds."""
    lead = np.zeros(len(found.networks) + 1, np.bool_)
    lead[ranked.network] = True
    held = theirs & lead[found.network]
    pairs, counts = np.unique(truth.actor[held] * len(lead) + found.network[held].astype(np.int64), return_counts=True)
    best = np.zeros(int(truth.actor.max(initial=0)) + 1, np.int64)
    np.maximum.at(best, pairs // len(lead), counts)
    return best


MEASURE = Measure(
    name="leads",
    version=1,
    order=50,
    title="Leads",
    says=(
        "A lead is true where at least half of its network's posts are of organised actors. Beside precision stands "
        "what a random order of the leads, and of all found networks, would give."
    ),
    needs=("leads", "network_members"),
    asks=("organised",),
    figures=figures,
)

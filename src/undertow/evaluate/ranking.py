"""The leads in their order, each with whether it is true: what the measures of leads share."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from undertow.evaluate.contract import Found, Truth

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Networks:
    """Of every found network: whether the truth says enough to judge it, and whether it is about organised actors."""

    judged: Flags
    true: Flags


@dataclass(frozen=True, slots=True)
class Ranking:
    """The leads that can be judged, the most pressing first, by column; `network` are the numbers of `Found`.

    `chance` is the probability that the lead states, `stated` the column it comes from, `left_out` how many leads hold
    no record of the truth.
    """

    network: Ints
    true: Flags
    chance: Floats
    stated: str
    band: pa.ChunkedArray
    records: Ints
    left_out: int


def networks(truth: Truth, found: Found) -> Networks:
    """A network is true where at least half of its posts are of organised actors; without posts its records decide."""
    count = len(found.networks)
    posts, good_posts = _tally(truth, found, truth.posts, count)
    records, good = _tally(truth, found, np.ones(len(truth.posts), np.bool_), count)
    by_posts = posts > 0
    return Networks(records > 0, np.where(by_posts, 2 * good_posts >= posts, 2 * good >= records) & (records > 0))


def _tally(truth: Truth, found: Found, wanted: Flags, count: int) -> tuple[Ints, Ints]:
    counted = wanted & (found.network >= 0) & (truth.organised >= 0)
    network = found.network[counted]
    all_ = np.bincount(network, minlength=count)
    return all_, np.bincount(network[truth.organised[counted] == 1], minlength=count)


def _states_chances(found: Found) -> bool:
    """Whether the weights were calibrated, so that every lead has a chance."""
    return (
        "chance" in found.tables.columns("leads") and not found.tables.whole("leads", ["chance"])["chance"].null_count
    )


def ranked(truth: Truth, found: Found) -> Ranking:
    """The leads by score, then by id."""
    stated = "chance" if _states_chances(found) else "organised_risk"
    columns = ["lead_id", "network_id", "score", "band", "records", stated]
    rows = found.tables.whole("leads", columns).sort_by([("score", "descending"), ("lead_id", "ascending")])
    at = pc.index_in(rows["network_id"], value_set=found.networks).fill_null(-1).to_numpy().astype(np.int64)
    judged = networks(truth, found)
    kept = (at >= 0) & np.append(judged.judged, False)[at]
    rows = rows.filter(pa.array(kept))
    return Ranking(
        at[kept],
        judged.true[at[kept]],
        rows[stated].to_numpy().astype(np.float64) / 1000,
        stated,
        rows["band"],
        rows["records"].to_numpy().astype(np.int64),
        int((~kept).sum()),
    )

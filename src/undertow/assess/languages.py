"""Which language a network writes, and how common every sign is in it: what is everyday speech there says less.

A weight says what a sign is worth where it is as common as among all networks. Where its language says it k times as
often, its likelihood ratio is a k-th as large, so it is worth 100 ln k points less; where it is rarer, a sign that its
commonness alone had bounded is worth that much more, never more than its weight. Else the ordinary words of one
language ("legit po", "discreta") would put those who speak it first.

k is the number of a language's networks that show the sign over the number that would if it were as common there as
anywhere, each with `language_shown` added (the mean of a gamma prior around 1, as in DuMouchel 1999, "Bayesian data
mining in large frequency tables"): where few networks show it, k stays near 1, and one ring cannot hide itself.

Only signs of organised risk that are read off single records are measured so: what holds a network together is no
matter of speech, and what speaks against is bounded by its share of all networks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from undertow.assess import score
from undertow.assess.contract import Indicator
from undertow.assess.weights import Weights
from undertow.engine.base import Engine

UNCLEAR = ""  # where no language has more than half of the records whose language is known
WHOLE = 10_000  # the part of a sign that counts for as much as among all networks

_SPOKEN = """
SELECT m.network_id, c.value AS language, count(DISTINCT c.record_id) AS records
FROM mentions AS c
JOIN network_members AS m ON m.record_id = c.record_id
WHERE c.kind = 'language' AND c.value NOT IN ('', 'und')
GROUP BY m.network_id, c.value"""

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Main languages, sorted, with `UNCLEAR`; a row a language, a column an indicator.

    `shares` are of the networks of a language, as counted; `parts` how much of what a sign is worth among all networks
    it is worth there, in ten-thousandths.
    """

    names: Sequence[str]
    shares: Floats
    parts: Numbers


def named(engine: Engine, networks: pa.Table) -> pa.Table:
    """The networks with a column `language`: the main one, or `UNCLEAR`."""
    return add(networks, engine.fetch(engine.query(_SPOKEN)))


def add(networks: pa.Table, counted: pa.Table) -> pa.Table:
    """As `named`; `counted` has network_id, language and records."""
    totals = counted.group_by("network_id").aggregate([("records", "sum")])
    both = counted.join(totals, "network_id")
    main = both.filter(pc.greater(pc.multiply(both["records"], 2), both["records_sum"]))  # one a network at most
    at = pc.index_in(networks["network_id"], main["network_id"].combine_chunks())
    language = main["language"].cast(pa.string()).combine_chunks().take(at.combine_chunks())
    return networks.append_column("language", pc.fill_null(language, UNCLEAR))


def spoken(indicators: Sequence[Indicator], weights: Weights, tally: pa.Table, networks: pa.Table) -> Spoken:
    """What every sign is worth in every language; `tally` has one row a network and indicator."""
    names = sorted({UNCLEAR, *networks["language"].unique().to_pylist()})
    held, shown = _counts(indicators, tally, networks, names)
    parts = np.full(shown.shape, WHOLE, np.int64)
    for sign, one in enumerate(indicators):
        if one.speaks_for == "organised_risk" and one.scope == "record":
            seen = int(shown[:, sign].sum())
            expected = [seen * count / max(networks.num_rows, 1) for count in held.tolist()]
            times = _times(shown[:, sign].tolist(), expected, max(weights.language_shown, 1))
            bound = score.rarity(seen, networks.num_rows, weights)
            parts[:, sign] = [_part(weights.published.get(one.name, 0), bound, many) for many in times]
    parts[names.index(UNCLEAR)] = WHOLE
    return Spoken(names, shown / np.maximum(held, 1)[:, None], parts)


def everywhere(held: Spoken) -> Spoken:
    """As if every language were like all together."""
    return replace(held, parts=np.full_like(held.parts, WHOLE))


def _counts(
    indicators: Sequence[Indicator], tally: pa.Table, networks: pa.Table, names: Sequence[str]
) -> tuple[Numbers, Numbers]:
    """Networks of each language, and how many of them show each sign."""
    language = of(networks, names)
    network = pc.index_in(tally["subject_id"], networks["network_id"].combine_chunks()).to_numpy()
    sign = pc.index_in(tally["indicator"], pa.array([one.name for one in indicators], pa.string())).to_numpy()
    pairs = language[network] * len(indicators) + sign
    shown = np.bincount(pairs, minlength=len(names) * len(indicators))
    return np.bincount(language, minlength=len(names)), shown.reshape(len(names), len(indicators))


def of(networks: pa.Table, names: Sequence[str]) -> Numbers:
    """The number of each network's language."""
    numbered: Numbers = pc.index_in(networks["language"], pa.array(names, pa.string())).to_numpy().astype(np.int64)
    return numbered


def _times(shown: Sequence[int], expected: Sequence[float], more: int) -> list[float]:
    """How many times as common as among all networks a sign is in each language, with `more` on either side."""
    return [(seen + more) / (wanted + more) for seen, wanted in zip(shown, expected, strict=True)]


def _part(weight: int, bound: int, times: float) -> int:
    """`Spoken.parts` of a sign with such a bound among all networks, so many times as common in a language."""
    worth = min(weight, bound)
    if worth <= 0:
        return WHOLE
    return round(WHOLE * max(0.0, min(worth - 100 * log(times), float(weight))) / worth)

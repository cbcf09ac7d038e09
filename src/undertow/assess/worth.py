"""What every sign is worth among the user's own networks, and which networks have enough of them: columns, not rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from undertow.assess import languages, score
from undertow.assess.contract import Indicator
from undertow.assess.languages import WHOLE, Spoken
from undertow.assess.weights import Weights

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rules:
    """The indicators by name; `most[i]` is the most points that indicator i can bring here.

    `limit[i]` is the most that a sign shown as often could bring whatever its weight; `about[i]` is what every lead
    that shows it says of it. `spoken` is what it counts for in a network's language.
    """

    indicators: Sequence[Indicator]
    weights: Weights
    most: Sequence[int]
    limit: Sequence[int]
    about: Sequence[dict[str, Any]]
    spoken: Spoken


@dataclass(frozen=True, slots=True)
class Pairs:
    """Networks (by their number in the order of ids) and indicators (by theirs), sorted; equally long columns.

    `share` is how much of its indicator's most a pair is worth, in ten-thousandths; `first` and `kept` say where in
    the table of signals the rows of the pair stand.
    """

    network: Numbers
    indicator: Numbers
    rows: Numbers
    records: Numbers
    strength: Numbers
    share: Numbers
    worth: Numbers
    first: Numbers
    kept: Numbers


def rules(indicators: Mapping[str, Indicator], weights: Weights, tally: pa.Table, networks: pa.Table) -> Rules:
    """What holds for all networks, which have a language each; `tally` has one row a network and indicator."""
    counts = {row["values"]: row["counts"] for row in pc.value_counts(tally["indicator"]).to_pylist()}
    listed = [indicators[name] for name in sorted(indicators)]
    points = [weights.points.get(one.name, 0) for one in listed]
    shown = [counts.get(one.name, 0) for one in listed]
    limit = [score.rarity(seen, networks.num_rows, weights) for seen in shown]
    most = [min(own, rare) for own, rare in zip(points, limit, strict=True)]
    shares = [round(seen / max(networks.num_rows, 1), 4) for seen in shown]
    about = [_about(*one) for one in zip(listed, points, shares, strict=True)]
    return Rules(listed, weights, most, limit, about, languages.spoken(listed, weights, tally, networks))


def everywhere(rules: Rules) -> Rules:
    """The same, whatever language a network writes."""
    return replace(rules, spoken=languages.everywhere(rules.spoken))


def _about(indicator: Indicator, weight: int, base_rate: float) -> dict[str, Any]:
    return {
        "indicator": indicator.name,
        "version": indicator.version,
        "says": indicator.says,
        "weight": weight,
        "base_rate": base_rate,
        "family": indicator.family,
        "class": indicator.speaks_for,
        "speaks_to": sorted(indicator.speaks_to),
        "source": indicator.source,
        "grade": indicator.grade,
        "harmless": indicator.harmless,
    }


def pairs(rules: Rules, tally: pa.Table, networks: pa.Table) -> Pairs:
    """The tally in numbers, with the worth of each sign; `networks` is sorted by id.

    A sign that is about single records and shown by few of a large network's records counts for less: the larger a
    network, the likelier that it shows anything once. One that its language says more often counts for less.
    """
    network = numbers(pc.index_in(tally["subject_id"], networks["network_id"]))
    indicator = numbers(pc.index_in(tally["indicator"], pa.array([one.name for one in rules.indicators], pa.string())))
    rows, records, strength = (numbers(tally[name]) for name in ("rows_shown", "records", "strength"))
    most = np.array(rules.most, np.int64)
    by_record = np.array([one.scope == "record" for one in rules.indicators], bool)
    limit = rules.weights.thin_below_permille * numbers(networks["records"])
    thin = by_record[indicator] & (1000 * records < limit[network])
    part = np.where(thin, rules.weights.thin_counts_for, 100)
    spoken = rules.spoken.parts[languages.of(networks, rules.spoken.names)[network], indicator]
    share = np.clip(strength, 0, 100) * part * spoken // WHOLE
    worth = most[indicator] * share // WHOLE
    order = np.lexsort((indicator, network))
    columns = (
        network,
        indicator,
        rows,
        records,
        strength,
        share,
        worth,
        numbers(tally["first"]),
        numbers(tally["kept"]),
    )
    return Pairs(*(column[order] for column in columns))


def reweighed(rules: Rules, held: Pairs) -> Pairs:
    """The same pairs with the worth that other weights give them."""
    return replace(held, worth=np.array(rules.most, np.int64)[held.indicator] * held.share // WHOLE)


def of_networks(held: Pairs, networks: Numbers) -> Pairs:
    """The pairs of these networks."""
    mine = np.isin(held.network, networks)
    return Pairs(*(getattr(held, one.name)[mine] for one in fields(Pairs)))


def likely(rules: Rules, held: Pairs) -> Numbers:
    """The networks with enough families of enough worth before the caps, so that only they take the slow path."""
    names = {name: number for number, name in enumerate(sorted({one.family for one in rules.indicators}))}
    family = np.array([names[one.family] for one in rules.indicators], np.int64)[held.indicator]
    telling = [one.speaks_for == "organised_risk" and one.grade != "lore" for one in rules.indicators]
    risk = np.array(telling, bool)[held.indicator]
    both, place = np.unique(held.network[risk] * len(names) + family[risk], return_inverse=True)
    sums = np.bincount(place, held.worth[risk], len(both)).astype(np.int64)
    enough = both[sums >= rules.weights.family_from] // max(len(names), 1)
    networks, families = np.unique(enough, return_counts=True)
    chosen: Numbers = networks[families >= rules.weights.lead_families]
    return chosen


def numbers(column: pa.ChunkedArray | pa.Array) -> Numbers:
    """A column of whole numbers; no value is -1."""
    filled = pc.fill_null(column.cast(pa.int64()), -1)
    found: Numbers = filled.to_numpy() if isinstance(filled, pa.ChunkedArray) else filled.to_numpy(zero_copy_only=False)
    return found

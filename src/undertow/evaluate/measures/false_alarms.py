"""Who is wrongly ranked, and how often: harmless actors among the leads, by what they are, by language and by site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from undertow.evaluate import alarms, chance, ranking
from undertow.evaluate.alarms import Group
from undertow.evaluate.contract import Coded, Figure, Found, Measure, Truth
from undertow.evaluate.ranking import Flags, Ranking

Ints = NDArray[np.int64]

FIRST = 50
_NEITHER = "broker"  # serves organised networks: no lead is about them, and they are not harmless
_ALWAYS = ("top_band", "any_band", "top_50", "wrong_lead")


@dataclass(frozen=True, slots=True)
class _Actors:
    """Harmless actors: of every actor the group by each column, and by kind of alarm whether it is hit."""

    groups: Mapping[str, tuple[Ints, Coded]]
    hit: Mapping[str, Flags]


def figures(truth: Truth, found: Found) -> Iterator[Figure]:
    """Shares of harmless actors that a lead hits, by group, and how unequal languages are."""
    actors = _actors(truth, found)
    for alarm in _ALWAYS:
        for by, (of, column) in actors.groups.items():
            held = list(alarms.groups(of, column.names, actors.hit[alarm]))
            yield from (_share(alarm, by, group) for group in held)
            if by == "language":
                yield from _unequal(alarm, held)


def _share(alarm: str, by: str, group: Group) -> Figure:
    low, high = chance.wilson(group.hit, group.actors)
    few = f"fewer than {alarms.LEAST} actors: not compared" if group.actors < alarms.LEAST and by == "language" else ""
    note = "; ".join(filter(None, (f"{group.hit:,} of {group.actors:,}", few)))
    name = f"{by}={group.name}" if group.name else ""
    return Figure(f"false_alarms.{alarm}", group.hit / group.actors, name, low, high, group.actors, "down", note)


def _unequal(alarm: str, held: list[Group]) -> Iterator[Figure]:
    made, name = alarms.ratio(held), "false_alarms.language_ratio"
    if made is None:
        note = f"fewer than two languages have {alarms.LEAST} harmless actors"
        yield Figure(name, None, f"alarm={alarm}", better="down", note=note)
        return
    compared = [group for group in held if group.actors >= alarms.LEAST]
    count = sum(group.actors for group in compared)
    if not any(group.hit for group in compared):
        yield Figure(name, 1.0, f"alarm={alarm}", n=count, better="down", note="no false alarm in any language")
        return
    note = f"{made.largest} over {made.smallest}; were they equal, chance alone would exceed {made.by_chance:.2f} "
    note += "once in twenty"
    if not all(group.hit for group in compared):
        note += "; half an actor is added to every count, as one is zero"
    yield Figure(name, made.value, f"alarm={alarm}", made.low, made.high, count, "down", note)
    said = "what equal rates would exceed once in twenty by chance alone"
    yield Figure("false_alarms.language_ratio_by_chance", made.by_chance, f"alarm={alarm}", n=count, note=said)


def _actors(truth: Truth, found: Found) -> _Actors:
    numbers, actor = np.unique(truth.actor, return_inverse=True)
    known, bad = np.zeros(len(numbers), np.bool_), np.zeros(len(numbers), np.bool_)
    known[actor[truth.organised >= 0]] = True
    bad[actor[truth.organised == 1]] = True
    sort = alarms.main(actor, truth.sort, len(numbers))
    neither = np.isin(sort, [at for at, name in enumerate(truth.sort.names) if name == _NEITHER])
    harmless = known & ~bad & ~neither
    groups = {"all": (np.where(harmless, 0, -1), Coded(np.zeros(0, np.int32), [""]))}
    if "sort" in truth.knows:
        groups["sort"] = (np.where(known & ~bad, sort, -1), truth.sort)
    for by, column in (("language", truth.language), ("site", truth.site)):
        if by in truth.knows:
            groups[by] = (np.where(harmless, alarms.main(actor, column, len(numbers)), -1), column)
    return _Actors(groups, _hit(truth, found, actor))


def _hit(truth: Truth, found: Found, actor: Ints) -> dict[str, Flags]:
    """By kind of alarm: whether a record of the actor is in a network with such a lead."""
    ranked = ranking.ranked(truth, found)
    leads = _leads(ranked, found.top_band)
    made = {}
    for alarm, wanted in leads.items():
        network = np.zeros(len(found.networks) + 1, np.bool_)
        network[ranked.network[wanted]] = True
        made[alarm] = np.zeros(int(actor.max(initial=-1)) + 1, np.bool_)
        made[alarm][actor[network[found.network]]] = True
    return made


def _leads(ranked: Ranking, top_band: str) -> dict[str, Flags]:
    top = pc.equal(ranked.band, top_band).to_numpy().astype(np.bool_)
    return {
        "top_band": top,
        "any_band": np.ones(len(top), np.bool_),
        "top_50": np.arange(len(top)) < FIRST,
        "wrong_lead": top & ~ranked.true,
    }


MEASURE = Measure(
    name="false_alarms",
    version=1,
    order=80,
    title="False alarms",
    says=(
        "The share of harmless actors of whom a record is in the network of a lead: in the top band, in any band, "
        "among the first 50, or in the top band where the lead is not even true (wrong_lead). An actor has the "
        "language and the site of most of its records. Languages of fewer than 50 actors are shown, but not compared."
    ),
    needs=("leads", "network_members"),
    asks=("organised",),
    figures=figures,
)

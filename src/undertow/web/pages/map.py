"""The places of a lead on a map, by time, with who stood in one and next in another; and as tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow.compute as pc

from undertow import reporting
from undertow.share import atlas
from undertow.share.contract import Place
from undertow.share.travel import Passage, Stay, Visit, passages, stays, visits
from undertow.tables import SELECTORS
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk
from undertow.web.leads import Opened, opened
from undertow.web.timing import times

MOST_PLACES, MOST_PASSAGES, MOST_SMALL = 60, 60, 24
WEEKLY = 70  # days: shorter spans are shown by week, longer by month
HOLDERS = frozenset({*SELECTORS, "account"})

Holders = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the records of a lead stand, and what each of them shares with others."""

    visits: Sequence[Visit]
    holders: Holders
    steps: Mapping[str, int]  # months or weeks, and how many visits each has


def places(desk: Desk, asked: Asked) -> Answer:
    """The map of all time or of one step of it, a small map for every step, and the tables."""
    held = opened(desk, asked, "map")
    network = held.lead.network_id
    found = desk.reader.lately(f"places {network}", lambda: _places(held))
    when = asked.query.get("when", "")
    when = when if when in found.steps else ""
    shown = desk.reader.lately(f"map {network} {when}", lambda: _shown(found, when))
    facts: dict[str, Any] = {"lead": held.lead, "path": held.path, "steps": found.steps, "when": when}
    return Shown("map.html", "map", {**facts, **shown, "beside": _beside(list(found.steps), when)})


def _shown(found: Places, when: str) -> dict[str, Any]:
    every = stays(found.visits, found.holders, reporting.points())[:MOST_PLACES]
    by_step: dict[str, list[Visit]] = {step: [] for step in found.steps}
    for visit in found.visits:
        by_step.setdefault(_step(visit.at, found.steps), []).append(visit)
    here = stays(by_step[when], found.holders, reporting.points()) if when else every
    ways = _within(passages(found.visits, found.holders, reporting.points()), when, found.steps)[:MOST_PASSAGES]
    steps = list(found.steps)[-MOST_SMALL:] if len(found.steps) > 1 else []
    return {
        "map": atlas.draw(_spots(every), ways, _spots(here)),
        "numbers": {one.place: number for number, one in enumerate(every, 1)},
        "stays": here[:MOST_PLACES],
        "more": max(0, len(here) - MOST_PLACES),
        "passages": ways,
        "small": [(step, atlas.draw(_spots(every), (), _counted(by_step[step]))) for step in steps],
    }


def _counted(seen: Sequence[Visit]) -> list[Place]:
    return [Place(place, many) for place, many in Counter(visit.place for visit in seen).items()]


def _places(held: Opened) -> Places:
    columns = ["record_id", "kind", "value", "detail", "confidence"]
    mentions = held.desk.reader.part("mentions", "record_id", held.members(), columns)
    rows = mentions.filter(pc.equal(mentions["kind"], "place")).to_pylist()
    ties = held.ties().to_pylist()
    holders: dict[str, list[tuple[str, str]]] = {}
    for row in ties:
        if row["via_kind"] in HOLDERS and not row["capped"]:
            holders.setdefault(row["record_id"], []).append((row["via_kind"], row["via"]))
    seen = visits(rows, times(held))
    return Places(seen, holders, _steps(seen))


def _spots(found: Sequence[Stay]) -> list[Place]:
    return [Place(one.place, one.records, one.point) for one in found]


def _steps(seen: Sequence[Visit]) -> dict[str, int]:
    """How many visits each month has, or each week where the whole is short; in order, those without any too."""
    days = sorted(one.at.date() for one in seen if one.at)
    if not days:
        return {}
    weekly = (days[-1] - days[0]).days < WEEKLY
    made: dict[str, int] = {}
    at = days[0]
    while at <= days[-1]:
        made[_name(at, weekly=weekly)] = 0
        at += timedelta(days=1)
    for day in days:
        made[_name(day, weekly=weekly)] += 1
    return made


def _name(day: date, *, weekly: bool) -> str:
    return (day - timedelta(days=day.weekday())).isoformat() if weekly else f"{day:%Y-%m}"


def _step(at: datetime | None, steps: Mapping[str, int]) -> str:
    return _name(at.date(), weekly=len(next(iter(steps), "")) > len("2026-01")) if at else ""


def _within(ways: Sequence[Passage], when: str, steps: Mapping[str, int]) -> list[Passage]:
    """Passages that end in a step of time."""
    return [one for one in ways if not when or _step(one.first, steps) <= when <= _step(one.last, steps)]


def _beside(steps: Sequence[str], when: str) -> tuple[str, str]:
    """The steps before and after the one that is shown; from all of time one goes to the last, or to the first."""
    if not steps:
        return "", ""
    if not when:
        return "", steps[0]
    at = steps.index(when)
    return steps[at - 1] if at else "", steps[at + 1] if at + 1 < len(steps) else ""


PAGE = Page(
    name="map",
    says="The places of a lead on a map, by time, and who stood in one and next in another.",
    routes=(Route("/leads/{lead_id}/map", "read", places),),
    view=4,
)

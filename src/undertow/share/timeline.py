"""The time line of a lead: how many records a day, week or month, in a lane for each site or shared thing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

WIDTH, LEFT, RIGHT, LANE, TOP, FOOT = 760, 150, 40, 46, 8, 26
MOST_LANES = 6
DAILY, WEEKLY = 62, 740  # days that are still drawn by day, by week; longer spans by month

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, week or month of a lane."""

    x: float
    y: float
    width: float
    height: float
    records: int
    when: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The bars of one site or shared thing; `most` is the tallest, all lanes have one scale."""

    name: str
    base: float
    records: int
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes over one axis; `steps` names its ticks."""

    lanes: Sequence[Lane]
    ticks: Sequence[tuple[float, str]]
    unit: str
    most: int
    other: int  # names put together in the last lane
    height: int
    width: int = WIDTH
    left: int = LEFT


def timeline(dated: Iterable[tuple[datetime, str]]) -> Timeline | None:
    """The time line of (when, name) pairs, names with most records first; None where nothing is dated."""
    found = sorted((at.date(), name or "site not said") for at, name in dated)
    if not found:
        return None
    total = Counter(name for _, name in found)
    names = sorted(total, key=lambda name: (-total[name], name))
    if len(names) > MOST_LANES:
        kept = names[: MOST_LANES - 1]
        found = [(day, name if name in kept else "others") for day, name in found]
        names, other = [*kept, "others"], len(names) - len(kept)
    else:
        other = 0
    unit, starts = _steps(found[0][0], found[-1][0])
    count = Counter((_step(day, unit), name) for day, name in found)
    most = max(count.values())
    return Timeline(
        lanes=[_lane(row, name, starts, count, most) for row, name in enumerate(names)],
        ticks=_ticks(starts),
        unit=unit,
        most=most,
        other=other,
        height=TOP + LANE * len(names) + FOOT,
    )


def _steps(first: date, last: date) -> tuple[str, list[date]]:
    days = (last - first).days + 1
    unit = "day" if days <= DAILY else "week" if days <= WEEKLY else "month"
    starts, at = [], _step(first, unit)
    while at <= last:
        starts.append(at)
        at = _step(at + timedelta(days={"day": 1, "week": 7, "month": 31}[unit]), unit)
    return unit, starts


def _step(day: date, unit: str) -> date:
    """The first day of its step; weeks begin on Monday."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def _lane(row: int, name: str, starts: Sequence[date], count: Counter[tuple[date, str]], most: int) -> Lane:
    base = TOP + LANE * (row + 1) - 6
    bars = [
        _bar(spot, start, base, records, wide=(WIDTH - LEFT - RIGHT) / len(starts), most=most)
        for spot, start in enumerate(starts)
        if (records := count[start, name])
    ]
    return Lane(name, base, sum(bar.records for bar in bars), bars)


def _bar(spot: int, start: date, base: float, records: int, *, wide: float, most: int) -> Bar:
    high = round(max(2.0, (LANE - 16) * records / most), 1)
    x = round(LEFT + spot * wide + wide * 0.08, 1)
    return Bar(x, round(base - high, 1), round(max(1.0, min(wide * 0.84, 26)), 1), high, records, start.isoformat())


def _ticks(starts: Sequence[date]) -> list[tuple[float, str]]:
    wide = (WIDTH - LEFT - RIGHT) / len(starts)
    every = -(-len(starts) // 6)
    return [(round(LEFT + spot * wide, 1), starts[spot].isoformat()) for spot in range(0, len(starts), every)]

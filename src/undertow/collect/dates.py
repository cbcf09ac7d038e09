"""A column of dates: the order of day and month is decided once for the file, and what was decided is said."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from undertow.collect.contract import Note
from undertow.collect.dateforms import EARLIEST, LATEST, Order, Triple, read, triple
from undertow.tables import TYPES

TIME = TYPES["time"]
_MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "PW", "FM", "MH", "AS", "GU"})  # Unicode CLDR, short date patterns
_ARROW_ENDS = 2037  # Arrow 26 knows no daylight saving after this year; seen in a test
_KEPT = 100_000  # distinct texts remembered


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the day or the month stands first, and why; `settled` where the file itself leaves no doubt."""

    order: Order
    why: str
    settled: bool


@dataclass(slots=True)
class Reader:
    """Reads one column of dates, batch after batch, and counts what it could not read."""

    name: str
    decision: Decision
    zone: str = "UTC"
    unread: int = 0
    first_unread: str = ""
    naive: int = 0
    against: int = 0  # dates that make sense only in the other order
    ambiguous: int = 0
    _cache: dict[str, datetime | None] = field(default_factory=dict)

    def times(self, values: Sequence[object], positions: Sequence[str]) -> pa.Array:
        """The column in UTC; null where a value is empty or no date."""
        fast = self._fast(values)
        return fast if fast is not None else self._slow(values, positions)

    def notes(self) -> Iterable[Note]:
        """What was assumed, and how many could not be read."""
        if self.ambiguous:
            first = "day" if self.decision.order == "day" else "month"
            yield Note(f"{self.name}: {first} first ({self.decision.why})")
        if self.against:
            yield Note(f"{self.name}: {self.against} dates make sense only in the other order, and were read so")
        if self.naive:
            yield Note(f"{self.name}: times without a zone are read as {self.zone}")
        if self.unread:
            yield Note(
                f"{self.name}: {self.unread} values are no date that could be read, the first at {self.first_unread}"
            )

    def _fast(self, values: Sequence[object]) -> pa.Array | None:
        try:
            texts = pa.array(values, pa.string())
        except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
            return None
        filled = pc.if_else(pc.equal(texts, ""), None, texts)
        if filled.null_count == len(filled):
            return pa.nulls(len(filled), TIME)
        try:
            return _in_range(pc.cast(filled, TIME))
        except pa.ArrowInvalid:
            pass
        try:  # what Arrow and Python tell differently is left to the slow way, so that both give the same
            naive = pc.cast(filled, pa.timestamp("us"))
            if self.zone != "UTC" and pc.max(pc.year(naive)).as_py() >= _ARROW_ENDS:
                return None
            made = _in_range(pc.assume_timezone(naive, self.zone, ambiguous="earliest", nonexistent="raise").cast(TIME))
        except pa.ArrowInvalid:
            return None
        self.naive += len(naive) - naive.null_count if made is not None else 0
        return made

    def _slow(self, values: Sequence[object], positions: Sequence[str]) -> pa.Array:
        zone = ZoneInfo(self.zone)
        found = [self._one(value, zone) for value in values]
        for place, (value, made) in enumerate(zip(values, found, strict=True)):
            if made is None and value not in (None, "") and str(value).strip():
                self.unread += 1
                self.first_unread = self.first_unread or positions[place]
        return pa.array(found, TIME)

    def _one(self, value: object, zone: tzinfo) -> datetime | None:
        if isinstance(value, datetime):
            return self._zoned(value, zone)
        if isinstance(value, date):
            return self._zoned(datetime.combine(value, time()), zone)
        if value is None or value == "" or isinstance(value, bool | time):
            return None
        text = value if isinstance(value, str) else f"{value:.6f}" if isinstance(value, float) else str(value)
        if text not in self._cache:
            if len(self._cache) > _KEPT:
                self._cache.clear()
            self._cache[text] = self._read(text, zone)
        return self._cache[text]

    def _zoned(self, value: datetime, zone: tzinfo) -> datetime | None:
        if not EARLIEST <= value.year < LATEST:
            return None
        self.naive += value.tzinfo is None
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)

    def _read(self, text: str, zone: tzinfo) -> datetime | None:
        found = read(text, self.decision.order, zone)
        if found is None:
            return None
        self.naive += not found[1]
        numbers = triple(text)
        if numbers is not None and not numbers.year_first:
            self.ambiguous += 1
            says = _says(numbers)
            self.against += says is not None and says != self.decision.order
        return found[0]


def decide(values: Iterable[object], *, setting: str = "auto", country: str = "") -> Decision:
    """The order of day and month in the dates of one file.

    In this order of weight: a number above 12; dates that run in order one way only; dots, which no country writes
    month-first; the setting (`yes`, `no`: day first); the country; and else day first, as most of the world writes.
    """
    numbers = _numeric(values)
    told = Counter(says for each in numbers if (says := _says(each)) is not None)
    if told:
        order: Order = "day" if told["day"] >= told["month"] else "month"
        return Decision(order, f"a number above 12 stands in the other place, {told[order]} times", True)
    if numbers and all(each.sign == "." for each in numbers):
        return Decision("day", "the numbers are set apart by dots", True)
    if (running := _running(numbers)) is not None:
        return Decision(running, "only so do the dates run in order", False)
    if setting in ("yes", "no"):
        return Decision("day" if setting == "yes" else "month", "the setting, as the file does not say", False)
    if country:
        first: Order = "month" if country in _MONTH_FIRST_COUNTRIES else "day"
        return Decision(first, f"the custom of {country}, as the file does not say", False)
    return Decision("day", "assumed, as neither the file nor a setting says", False)


def settles(values: Sequence[object]) -> Decision | None:
    """A decision that later rows of a file give where its first rows left a doubt."""
    return decide(values) if any(_says(each) for each in _numeric(values)) else None


def is_numeric(values: Iterable[object]) -> bool:
    """Whether any value is a date in numbers whose order is open."""
    return bool(_numeric(values))


def _numeric(values: Iterable[object]) -> list[Triple]:
    found = (triple(value) for value in values if isinstance(value, str) and value[4:5] != "-")
    return [each for each in found if each is not None and not each.year_first]


def _in_range(times: pa.Array) -> pa.Array | None:
    ends = pc.min_max(pc.year(times))
    return times if ends["min"].as_py() >= EARLIEST and ends["max"].as_py() < LATEST else None


def _says(numbers: Triple) -> Order | None:
    if numbers.first > 12 >= numbers.second:
        return "day"
    return "month" if numbers.second > 12 >= numbers.first else None


def _running(numbers: Sequence[Triple]) -> Order | None:
    if len({(each.first, each.second, each.third) for each in numbers}) < 3:
        return None
    day = [(each.third, each.second, each.first) for each in numbers]
    month = [(each.third, each.first, each.second) for each in numbers]
    fits: dict[Order, bool] = {"day": _in_order(day), "month": _in_order(month)}
    if fits["day"] == fits["month"]:
        return None
    return "day" if fits["day"] else "month"


def _in_order(dates: Sequence[tuple[int, int, int]]) -> bool:
    pairs = list(pairwise(dates))
    return all(one <= two for one, two in pairs) or all(one >= two for one, two in pairs)

"""One date as a person or program wrote it, read into a time; the order of day and month is told from outside."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal

from undertow.collect import datafiles

Order = Literal["day", "month"]

_SPACES = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_TRIPLE = re.compile(r"^\D{0,20}?(\d{1,4})\s?([./\-‐–])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:hчH]|(?<=\d)\.(?=\d\d(?:\s|$|\.\d\d(?:\s|$))))(\d{2})(?:[:.m](\d{2})(?:[.,](\d{1,9}))?)?(?!\d)"
    r"\s*(?P<half>[^\W\d_](?:\.?\s?[^\W\d_])?\.?(?![^\W\d_])|[^\W\d_]{2,8}(?![^\W\d_]))?"
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{2}):?(\d{2})\b")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_CJK = re.compile(r"^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
_EPOCH = re.compile(r"^\d{9,19}(\.\d+)?$")
_PACKED = re.compile(r"^(19|20)\d{6}(?:T?\d{6})?Z?$")
_EPOCH_UNITS = ((11, 1), (14, 1_000), (17, 1_000_000), (19, 1_000_000_000))  # digits up to, units a second
EARLIEST, LATEST = 1900, 2200  # years
_PIVOT = 69  # POSIX: two digits from 69 are 19xx


@dataclass(frozen=True, slots=True)
class Triple:
    """Three numbers of a date, as they stand, and the sign between them."""

    first: int
    second: int
    third: int
    sign: str
    year_first: bool


def triple(text: str) -> Triple | None:
    """The numbers of a date written in numbers only, or None."""
    hit = _TRIPLE.match(clean(text))
    if hit is None:
        return None
    first, third = hit[1], hit[4]
    if len(first) == 3 or len(third) not in ((1, 2) if len(first) == 4 else (2, 4)):
        return None
    return Triple(int(first), int(hit[3]), int(third), hit[2], len(first) == 4)


def read(text: str, order: Order, zone: tzinfo) -> tuple[datetime, bool] | None:
    """The time in UTC and whether the text itself named a zone; None where the text is no date.

    A time without zone is one of `zone`. Two-digit years follow POSIX: 69 to 99 are 19xx.
    """
    text = clean(text)
    try:
        found = _iso(text) or _number(text) or _written(text, order)
    except (ValueError, OverflowError):
        return None
    if found is None or not EARLIEST <= found.year < LATEST:
        return None
    told = found.tzinfo is not None
    return (found if told else found.replace(tzinfo=zone)).astimezone(UTC), told


def clean(text: str) -> str:
    """The text with plain spaces, plain digits and no invisible marks."""
    text = _SPACES.sub(" ", text).strip()
    if text.isascii():
        return text
    return _CJK.sub(r"\1-\2-\3", unicodedata.normalize("NFKC", _plain_digits(text)))


def _plain_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text)


def _iso(text: str) -> datetime | None:
    if text[4:5] != "-" or not text[:4].isdigit():
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> datetime | None:
    if _PACKED.match(text):
        digits = text.replace("T", "").rstrip("Z")
        made = datetime.strptime(digits, "%Y%m%d%H%M%S" if len(digits) == 14 else "%Y%m%d")
        return made.replace(tzinfo=UTC) if text.endswith("Z") else made
    if not _EPOCH.match(text):
        return None
    whole, _, part = text.partition(".")
    units = next(unit for digits, unit in _EPOCH_UNITS if len(whole) <= digits)
    micros = int(whole) * 1_000_000 // units + (int(part[:6].ljust(6, "0")) // units if part else 0)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)


def _written(text: str, order: Order) -> datetime | None:
    found = triple(text)
    if found is not None:
        rest = text[_TRIPLE.match(text).end() :]  # type: ignore[union-attr]
        return _with_time(_date(found, order), rest)
    return _named(text)


def _date(found: Triple, order: Order) -> datetime:
    if found.year_first:
        return datetime(found.first, found.second, found.third)
    year = _year(found.third)
    day, month = (found.first, found.second) if order == "day" else (found.second, found.first)
    if month > 12 >= day:  # the other way round is the only one that is a date
        day, month = month, day
    return datetime(year, month, day)


def _year(year: int) -> int:
    if year >= 100:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def _named(text: str) -> datetime | None:
    zone, rest = _zone(text)
    time = _TIME.search(rest)
    bare = rest[: time.start()] + " " + rest[time.end() :] if time and not _month_in(time["half"] or "") else rest
    if time and _month_in(time["half"] or ""):
        bare = rest[: time.start()] + " " + (time["half"] or "") + " " + rest[time.end() :]
    months = [found for word in _WORD.findall(bare) if (found := _month_in(word))]
    month = months[-1] if months else 0  # "mar. 5 févr.": the first is a Tuesday
    numbers = _NUMBER.findall(bare)
    if not month or len(numbers) != 2:
        return None
    day, year = sorted(numbers, key=lambda digits: (len(digits) > 2, int(digits) > 31))
    made = datetime(_year(int(year)), month, int(day))
    return _at(made, time).replace(tzinfo=zone)


def _with_time(made: datetime, rest: str) -> datetime:
    zone, rest = _zone(rest)
    time = _TIME.search(rest)
    if time is None and _NUMBER.search(rest):
        raise ValueError("numbers after a date that are no time")
    return _at(made, time).replace(tzinfo=zone)


def _at(made: datetime, time: re.Match[str] | None) -> datetime:
    if time is None:
        return made
    hour, half = int(time[1]), _half(time["half"] or "")
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    micro = int((time[4] or "0")[:6].ljust(6, "0"))
    return made.replace(hour=hour, minute=int(time[2]), second=int(time[3] or 0), microsecond=micro)


def _zone(text: str) -> tuple[tzinfo | None, str]:
    hit = next((hit for hit in _OFFSET.finditer(text) if ":" in text[: hit.start()]), None)
    if hit is not None:
        minutes = int(hit[2]) * 60 + int(hit[3])
        away = timedelta(minutes=-minutes if hit[1] == "-" else minutes)
        return timezone(away), text[: hit.start()] + " " + text[hit.end() :].split("(", maxsplit=1)[0]
    for word in _WORD.findall(text.split(":", 1)[-1]):
        if word.isupper() and word.casefold() in _words()["zones"]:
            minutes = _words()["zones"][word.casefold()]
            return timezone(timedelta(minutes=minutes)), re.sub(rf"\b{word}\b", " ", text)
    return None, text


def _half(text: str) -> str:
    folded = " ".join(text.casefold().replace(".", " ").split())
    return next((half for half in ("am", "pm") if folded in _words()[half]), "")


@cache
def _month_in(word: str) -> int:
    """The month that a word names, 1 to 12, or 0."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    if folded in _words()["weekdays"]:
        return 0
    fits = [(len(start), month) for start, month in _starts().items() if folded.startswith(start)]
    return max(fits)[1] if fits else 0


@cache
def _starts() -> Mapping[str, int]:
    return {start: number for number, starts in enumerate(_words()["months"], 1) for start in starts}


def _words() -> dict[str, dict[str, int]]:
    return datafiles.toml("months.toml")

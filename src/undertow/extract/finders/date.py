"""Dates that a text names: `2026-06-05`, `2026-06` for a month of a year, `--06-05` where no year is said.

Day and month written as numbers are read in the order of the country; where both orders are possible the confidence
is low and `detail` gives the other reading (`or 2026-05-06`). The ends of a range have `from` and `to` in `detail`.
"""

import re
from collections.abc import Iterator
from datetime import date

from undertow.extract import dateforms
from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.datafiles import toml

CENTURY = 70  # two digits from here on are of the last century
NEAR = 14
MONEY = frozenset("$€£₱₽#@/")
INSIDE = frozenset("./-:+,$€£₱#")  # in front of a number: it is part of a longer one


def find(text: Text) -> Iterator[Mention]:
    lower = text.clean.lower()
    if len(lower) != len(text.clean):
        lower = text.clean
    end = 0
    found = (*_numeric(text), *_named(text, lower), *_short(text, lower))
    for mention in sorted(found, key=lambda one: (one.start, -one.end)):
        if mention.start >= end:
            end = mention.end
            yield mention


def _free(clean: str, start: int, inside: frozenset[str] = INSIDE) -> bool:
    return start == 0 or not (clean[start - 1].isalnum() or clean[start - 1] in inside)


def _numeric(text: Text) -> Iterator[Mention]:
    for hit in dateforms.NUMERIC.finditer(text.clean):
        if not _free(text.clean, hit.start()) or text.clean[hit.end() : hit.end() + 2].strip(" \n")[:1] in ("/", "-"):
            continue
        if hit[1]:
            value = _date(int(hit[1]), int(hit[3]), int(hit[4]))
            if value:
                yield Mention(value, hit.start(), hit.end(), 0.98)
        elif len(hit[8]) == 4 or hit[6] == "/":
            yield from _ordered(text, hit, (int(hit[5]), int(hit[7])), _year(hit[8]))


def _ordered(text: Text, hit: re.Match[str], numbers: tuple[int, int], year: int | None) -> Iterator[Mention]:
    """A date of two numbers, in the order that is possible, or that the country writes."""
    first, second = numbers
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    if not day_first and not month_first:
        return
    known = 0.95 if year else 0.7
    if not day_first or not month_first or day_first == month_first:
        yield Mention(day_first or month_first, hit.start(), hit.end(), known)
        return
    american = text.country in toml("dates.toml")["reading"]["month_first"]
    value, other = (month_first, day_first) if american else (day_first, month_first)
    sure = text.country is not None or "." in hit[0]
    yield Mention(value, hit.start(), hit.end(), round(known - (0.2 if sure else 0.45), 2), detail=f"or {other}")


def _short(text: Text, lower: str) -> Iterator[Mention]:
    """`12/22` where a word in front says that it is a date."""
    for hit in dateforms.SHORT.finditer(text.clean):
        if hit[0] != "24/7" and _free(text.clean, hit.start()) and _cued(lower, hit.start()):
            yield from _ordered(text, hit, (int(hit[1]), int(hit[2])), None)


def _cued(lower: str, start: int) -> bool:
    word = dateforms.CUE.search(lower[max(0, start - NEAR) : start])
    return word is not None and word[1] in toml("dates.toml")["reading"]["cue"]


def _named(text: Text, lower: str) -> Iterator[Mention]:
    end = 0
    hits = [hit for pattern in dateforms.named() for hit in pattern.finditer(lower)]
    for hit in sorted(hits, key=lambda hit: (hit.start(), -hit.end())):
        if hit.start() >= end and _free(text.clean, hit.start(), MONEY) and _is_month(text.clean, lower, hit):
            made = list(_of(hit))
            end = hit.end() if made else end
            yield from made


def _is_month(clean: str, lower: str, hit: re.Match[str]) -> bool:
    """Whether the name is one of a month here: `May 5` is, `may 5 na tao` and `2 mai multe` are not."""
    reading = toml("dates.toml")["reading"]
    said = hit.groupdict()
    if said["y"] or said.get("y2") or hit["m"] not in (*reading["also_words"], *reading["strict"]):
        return True
    behind = re.match(r"\s?([^\W\d_]+)", lower[hit.end() : hit.end() + 12])
    if behind and behind[1] in reading["never_behind"]:
        return False
    return _cued(lower, hit.start()) or (hit["m"] not in reading["strict"] and clean[hit.start("m")].isupper())


def _of(hit: re.Match[str]) -> Iterator[Mention]:
    said = hit.groupdict()
    year = int(said["y"] or said.get("y2") or 0) or None
    month = dateforms.months()[hit["m"]]
    if said.get("y2"):
        yield Mention(f"{year}-{month:02d}", hit.start(), hit.end(), 0.85)
        return
    confidence = 0.95 if year else 0.75
    first, last = _date(year, month, int(hit["d"])), _date(year, month, int(hit["e"] or 0))
    if first and last and int(hit["d"]) < int(hit["e"]):
        yield Mention(first, *hit.span("d"), confidence, detail="from")
        yield Mention(last, *hit.span("e"), confidence, detail="to")
    elif first:
        yield Mention(first, hit.start(), hit.end(), confidence)


def _year(written: str) -> int:
    number = int(written)
    return number if len(written) == 4 else number + (1900 if number >= CENTURY else 2000)


def _date(year: int | None, month: int, day: int) -> str:
    """The date in ISO form, or "" where the calendar has no such day; 29 February passes where no year is said."""
    try:
        made = date(year or 2000, month, day).isoformat()
    except ValueError:
        return ""
    return made if year else f"-{made[4:]}"


FINDER = Finder(
    name="date",
    version=1,
    find=find,
    trigger=dateforms.trigger(),
    fields=frozenset({"title", "text"}),
    examples={
        "June 5-7, 2026": ["2026-06-05", "2026-06-07"],
        "el 5 de junio, 5 iunie 2026, 5 июня": ["--06-05", "--06-05", "2026-06-05"],
        "2026-06-05 or 25/12/2026": ["2026-06-05", "2026-12-25"],
        "may 5 na tao, sa 5, version 1.2.3, open 24/7, 020 7946 0018": [],
    },
)

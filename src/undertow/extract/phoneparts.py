"""Which part of a run of digits is a telephone number, and how sure that is."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from undertow.extract import numbering, phonecues
from undertow.extract.contract import Mention, Text
from undertow.extract.numbering import LONGEST, SHORTEST, Number
from undertow.extract.numberwords import MARKS, STYLED
from undertow.extract.phonecuts import cuts
from undertow.extract.runs import Run

PLUS_SIGN = r"(?:\+|\bplus|\bплюс)[ (-]{0,2}"
_PLUS = re.compile(rf"{PLUS_SIGN}$")
_BEFORE = 8  # characters in which a plus may stand before the first digit
_CARD = re.compile(r"[3-6][0-9]{12,18}")
_DATES = {(4, 2, 2), (2, 2, 4), (1, 2, 4), (2, 1, 4), (1, 1, 4), (4, 1, 1), (4, 1, 2), (4, 2, 1)}
_NORTH_AMERICA = {(3, 3, 4), (1, 3, 3, 4)}
_NORTH_AMERICA_WITH_ONE = {(1, 3, 3, 4), (11,), (1, 10), (4, 7), (4, 3, 4), (1, 3, 7)}

_Division = tuple[int, int, Number | None, float]
_MEMORY = 50_000
_known: dict[tuple[str, int, str | None], tuple[_Division, ...]] = {}
# what a run came to, by how it is written and the country: the same number is written the same way in most posts

PLUS, NATIONAL, CODE, SHAPE, UNREAD, LOW = 0.99, 0.9, 0.6, 0.5, 0.4, 0.3
"""How sure a valid number is, by what says its country; `UNREAD`: with a plus and not valid; `LOW`: not believed."""


class Part(NamedTuple):
    """A part of a run in a window of a text that may be a number; `start` and `end` count from the window's start.

    `judged` remembers what it is where a cue, a currency or styled digits stand as they do.
    """

    run: Run
    number: Number | None
    sure: float
    start: int
    end: int
    window: str
    country: str | None
    judged: dict[tuple[int, bool, bool], "_Verdict"]


_Verdict = tuple[str, float, str] | None  # value, confidence, detail
_Piece = tuple[Run, Number | None, float, int]


def parts(run: Run, window: str, country: str | None) -> Iterator[Part]:
    """The parts of a run that may be telephone numbers."""
    plus = _PLUS.search(window, max(0, run.start - _BEFORE), run.start)
    if plus is None and (len(run.digits) < SHORTEST or _is_card(run)):
        return
    written = window[run.start : run.end]
    found = _with_plus(run, plus.start(), country) if plus else _without_plus(run, country, written)
    for part, number, sure, start in found:
        if window[start - 1 : start] == "(" and ")" in window[start : part.end]:
            start -= 1  # noqa: PLW2901
        yield Part(part, number, sure, start, part.end, window, country, {})


def mentions(found: Iterable[Part], first: int, lowered: str, text: Text) -> list[Mention]:
    """The telephone numbers among parts of the window that begins at `first`; the rest of it only where a word or a
    disguise says that it is meant as one."""
    given = []
    moved = text.received is not text.clean and not text.received.isascii()
    for part in found:
        start, end = first + part.start, first + part.end
        at = first + part.run.start
        cue, priced = 0, False
        if part.sure not in (PLUS, UNREAD):
            cue, priced = phonecues.weight(lowered, at), phonecues.priced(lowered, at, end)
        as_it_stands = (cue, priced, moved and _styled(_received(text, start, end)))
        if as_it_stands not in part.judged:
            part.judged[as_it_stands] = _verdict(part, *as_it_stands)
        verdict = part.judged[as_it_stands]
        if verdict:
            value, sure, detail = verdict
            given.append(Mention(value, start, end, sure, detail=detail))
    return given


def _received(text: Text, start: int, end: int) -> str:
    return (
        text.received[start:end] if text.spots is None else text.received[text.spots[start] : text.spots[end - 1] + 1]
    )


def _with_plus(run: Run, start: int, country: str | None) -> Iterator[_Piece]:
    whole = _without_zero(run)
    for last in range(len(whole.pieces), 0, -1):
        part = whole.part(0, last)
        if len(part.digits) <= LONGEST + 2:
            number = numbering.international(part.digits)
            if number and number.valid:
                yield (part, number, PLUS, start)
                if last < len(whole.pieces):
                    rest = whole.part(last, len(whole.pieces))
                    for a, b, other, sure in _divided(rest, country):
                        yield (rest.part(a, b), other, sure, rest.pieces[a].start)
                return
    first = _first_listed(whole)
    yield (first, numbering.international(first.digits), UNREAD, start)


def _without_zero(run: Run) -> Run:
    # "+44 (0)20": the zero is dialled only inside the country
    for at, piece in enumerate(run.pieces[1:4], 1):
        if piece.digits == "0" and run.gaps[at - 1].bracket:
            return Run(run.pieces[:at] + run.pieces[at + 1 :], run.gaps[: at - 1] + run.gaps[at:])
    return run


def _first_listed(run: Run) -> Run:
    for at, gap in enumerate(run.gaps, 1):
        if gap.cost >= 3:
            return run.part(0, at)
    return run


def _without_plus(run: Run, country: str | None, written: str) -> Iterator[_Piece]:
    key = (written, len(run.pieces), country)
    divided = _known.get(key)
    if divided is None:
        if len(_known) >= _MEMORY:
            _known.clear()
        divided = _known[key] = tuple(_divided(run, country))
    for first, last, number, sure in divided:
        yield (run.part(first, last), number, sure, run.pieces[first].start)


def _divided(run: Run, country: str | None) -> Iterator[_Division]:
    if len(run.digits) < SHORTEST:
        return
    found = _best(run, country)
    if found is None:
        yield from ((a, b, None, LOW) for a, b in _listed(run) if SHORTEST <= len(run.part(a, b).digits) <= LONGEST)
        return
    first, last, _, _ = found
    if first:
        yield from _divided(run.part(0, first), country)
    yield found
    if last < len(run.pieces):
        for a, b, number, sure in _divided(run.part(last, len(run.pieces)), country):
            yield a + last, b + last, number, sure


def _best(run: Run, country: str | None) -> tuple[int, int, Number, float] | None:
    # a number of the record's own country, plainly cut, comes before one of another country written without a plus
    later = []
    for first, last, sharp in cuts(run):
        part = run.part(first, last)
        at_home = _at_home(part, country) if sharp else None
        if at_home:
            return first, last, *at_home
        later.append((first, last, part, sharp))
    for first, last, part, sharp in later:
        found = (None if sharp else _at_home(part, country)) or _abroad(part, country)
        if found:
            return first, last, *found
    return None


def _at_home(part: Run, country: str | None) -> tuple[Number, float] | None:
    digits = part.digits
    if digits.startswith("00") and (number := numbering.international(digits[2:])) and number.valid:
        return number, PLUS
    if country and (number := numbering.national(digits, country)) and number.valid:
        return number, NATIONAL
    return None


def _abroad(part: Run, country: str | None) -> tuple[Number, float] | None:
    digits = part.digits
    shape = tuple([len(piece.digits) for piece in part.pieces])
    if 11 <= len(digits) <= LONGEST and (digits[0] != "1" or shape in _NORTH_AMERICA_WITH_ONE or len(shape) > 6):
        number = numbering.international(digits)
        if number and number.valid and numbering.mobile(number.value):
            return number, CODE
    if not country and shape in _NORTH_AMERICA:
        number = numbering.national(digits, "US")
        if number and number.valid:
            return number, SHAPE
    return None


def _listed(run: Run) -> Iterator[tuple[int, int]]:
    first = 0
    for at, gap in enumerate(run.gaps, 1):
        if gap.cost >= 3:
            yield first, at
            first = at
    yield first, len(run.pieces)


def _verdict(part: Part, cue: int, priced: bool, styled: bool) -> _Verdict:
    run, number = part.run, part.number
    ways = run.ways | MARKS * (len(run.pieces) >= 4 and _spread(run)) | STYLED * styled
    obscured = ways.bit_count()
    sure = part.sure if part.sure in (PLUS, UNREAD) else _doubted(part, cue, obscured, priced=priced)
    if sure <= 0:
        return None
    sign = "+" if part.sure in (PLUS, UNREAD) else ""
    value = number.value if number and number.valid else sign + run.digits
    said = [number.region] if number and number.region else []
    if obscured:
        said.append(f"obscured={obscured}")
    return value, sure, " ".join(said)


def _doubted(part: Part, cue: int, obscured: int, *, priced: bool) -> float:
    run, country = part.run, part.country
    shape = tuple([len(piece.digits) for piece in run.pieces])
    if not obscured and priced:
        return 0.0
    if cue <= 0 and not obscured and _something_else(run, shape, part.window):
        return 0.0
    if part.number is None:
        kept = cue > 0 or (obscured and cue == 0) or (cue == 0 and not country and _looks_national(run, shape))
        return LOW if kept and not _dated(run, shape) else 0.0
    if (cue < 0 and not obscured) or _inside_a_code(run, part.window, cue) or _dated(run, shape[:3]):
        return LOW
    bare = bool(country and part.sure == NATIONAL and numbering.lacks_prefix(part.number.value, run.digits, country))
    if cue > 0 or obscured:
        return 0.7 if bare else part.sure
    return 0.4 if bare else _unasked(part, run, shape)


def _unasked(part: Part, run: Run, shape: tuple[int, ...]) -> float:
    digits = run.digits
    if shape[:2] == (4, 4) and _dated(run.part(0, 2), (4, 4)):
        return 0.4
    if digits[0] != "0" and len(shape) > 2 and max(shape) < 3:
        return 0.4  # pairs of digits are prices and ages as often
    if len(shape) == 1:
        return min(part.sure, 0.5 if len(digits) < 9 else 0.8)
    return part.sure


def _something_else(run: Run, shape: tuple[int, ...], lowered: str) -> bool:
    parts = {lowered[a.end : b.start] for a, b in pairwise(run.pieces)}
    if parts == {"."} and len(shape) == 4 and all(int(piece.digits) < 256 for piece in run.pieces):
        return True  # an address of the internet protocol
    if parts in ({"."}, {","}) and set(shape[1:]) == {3} and shape[0] <= 3:
        return True  # thousands
    return _dated(run, shape)


def _dated(run: Run, shape: tuple[int, ...]) -> bool:
    digits = [int(piece.digits) for piece in run.pieces[:3]]
    if shape in _DATES:
        year, others = (digits[0], digits[1:]) if shape[0] == 4 else (digits[2], digits[:2])
        return 1900 <= year <= 2100 and 1 <= min(others) <= 12 and max(others) <= 31
    if shape == (8,):
        text = run.digits
        return _day(text[:4], text[4:6], text[6:]) or _day(text[4:], text[2:4], text[:2])
    return shape == (4, 4) and all(1900 <= year <= 2100 for year in digits)


def _day(year: str, month: str, day: str) -> bool:
    return 1900 <= int(year) <= 2100 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def _is_card(run: Run) -> bool:
    groups = {len(piece.digits) for piece in run.pieces[:-1]}
    return bool(_CARD.fullmatch(run.digits)) and len(run.digits) >= 15 and groups <= {4, 5, 6} and _luhn(run.digits)


def _luhn(digits: str) -> bool:
    total = sum(int(digit) for digit in digits[-1::-2])
    return (total + sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])) % 10 == 0


def _looks_national(run: Run, shape: tuple[int, ...]) -> bool:
    if max((gap.cost for gap in run.gaps), default=0) > 1:
        return False
    digits = len(run.digits)
    return (run.digits[0] == "0" and 9 <= digits <= 11) or (run.digits[:2] == "89" and digits == 11 and len(shape) > 2)


def _inside_a_code(run: Run, lowered: str, cue: int) -> bool:
    if len(run.pieces) > 1:
        return False
    before = lowered[run.start - 1 : run.start].isalpha() and cue <= 0
    after = lowered[run.end : run.end + 1].isalpha() and any(c.isdigit() for c in _word(lowered, run.end))
    return before or after


def _word(lowered: str, start: int) -> str:
    end = start
    while end < min(len(lowered), start + 40) and lowered[end].isalnum():
        end += 1
    return lowered[start:end]


def _spread(run: Run) -> bool:
    # one digit at a time, or cut into lines of equal length
    sizes = [len(piece.digits) for piece in run.pieces]
    if sizes.count(1) >= 6:
        return True
    lines = {gap.text for gap in run.gaps} == {"\n"}
    return lines and len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0]


@lru_cache(maxsize=20_000)
def _styled(received: str) -> bool:
    alphabets = set()
    for char in received:
        if char in "\u20e3\u200b\u200c\u200d\u2060\ufeff":
            return True
        if char.isdigit():
            if not char.isdecimal() or "MATHEMATICAL" in unicodedata.name(char, ""):
                return True
            alphabets.add(ord(char) - int(char))
    return len(alphabets) > 1

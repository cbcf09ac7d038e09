"""The parts of a text in which telephone numbers may stand, each looked at once in a process for each way of writing.

The same number is written the same way in most posts. A window holds words with digits and no other words between them,
the character in front and the one behind, and a plus or a letter for a digit in front. What else counts, the words
before and a currency beside it, is asked for anew in every text.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from undertow.extract import numberwords, phoneparts, runs
from undertow.extract.numbering import SHORTEST
from undertow.extract.phoneparts import Part, parts

LEAST = 6  # digits: "+49-49-34" is the shortest form that libphonenumber's own tests call a number
_MEMORY = 30_000
_FRONT = re.compile(rf"(?:{runs.LEAD}|{phoneparts.PLUS_SIGN})$")
_REACH = 10  # characters before a word in which such a thing stands
_ALONE = re.compile(r"[\W_]([^\W\d_]+)(?=[\W_])")

_Span = tuple[int, int]


def spans(lowered: str, figures: Iterable[_Span]) -> list[_Span]:
    """The windows of a lower-case text, in order and apart from each other; `figures` are the places of its digits."""
    found: list[_Span] = []
    for crowd in runs.crowds(numberwords.anchors(lowered, figures)):
        first = 0
        for number in range(1, len(crowd)):
            if _parted(lowered[crowd[number - 1][1] : crowd[number][0]]):
                _add(found, lowered, crowd[first:number])
                first = number
        _add(found, lowered, crowd[first:])
    return found


def _add(found: list[_Span], lowered: str, crowd: Sequence[numberwords.Anchor]) -> None:
    most = crowd[0][2] if len(crowd) == 1 else sum([digits for _, _, digits in crowd])
    if len(crowd) == 1 and most < SHORTEST - 2 and _alone(lowered, *crowd[0][:2]):
        return
    first, last = _span(lowered, crowd[0], crowd[-1])
    if most < SHORTEST and not _enough(lowered[first:last], most + len(crowd) - 1):
        return
    while found and first < found[-1][1] - 1:  # one long word goes through both
        first, last = min(first, found[-1][0]), max(last, found.pop()[1])
    found.append((first, last))


def _alone(lowered: str, start: int, end: int) -> bool:
    """Whether no letter touches some figures; an "o" in front makes two digits more at most."""
    return not lowered[start - 1 : start].isalnum() and not lowered[end : end + 1].isalnum()


def _enough(window: str, digits: int) -> bool:
    """Whether digits, a word such as "for" in each gap among them, make a number when letters are read as digits."""
    least = LEAST if "+" in window or "plus" in window or "плюс" in window else SHORTEST
    return digits + sum([window.count(letter) for letter in numberwords.LOOK_ALIKES]) >= least


@lru_cache(maxsize=_MEMORY)
def _parted(between: str) -> bool:
    """Whether a word stands between two digits across which no number goes."""
    words = _ALONE.findall(between)
    inside, joins = numberwords.inside(), numberwords.between()
    return any(word not in inside and word not in joins and not numberwords.as_letters(word) for word in words)


def _span(lowered: str, first: numberwords.Anchor, last: numberwords.Anchor) -> _Span:
    start, end = first[0], last[1]
    if lowered[start - 1 : start].isalnum():
        start = numberwords.around(lowered, start, first[1])[0]
    if lowered[end : end + 1].isalnum():
        end = numberwords.around(lowered, last[0], end)[1]
    front = _FRONT.search(lowered, max(0, start - _REACH), start)
    return max(0, (front.start() if front else start) - 1), end + 1


@lru_cache(maxsize=_MEMORY)
def read(window: str, country: str | None) -> tuple[tuple[Part, ...], bool]:
    """What a window may hold, and whether a word in it could be read as a digit."""
    pieces = runs.read(window)
    found = tuple(part for run in runs.runs(window, pieces, LEAST) for part in parts(run, window, country))
    return found, runs.homophones(window, pieces)


@lru_cache(maxsize=_MEMORY)
def read_loosely(window: str, country: str | None) -> tuple[tuple[Part, ...], ...]:
    """What each run of a window may hold where words such as "for" are digits."""
    found = runs.runs(window, runs.read(window), LEAST, loose=True)
    return tuple(tuple(parts(run, window, country)) for run in found)

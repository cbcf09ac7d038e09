"""Runs: digits close enough to be one number, in figures, words and look-alike letters, with what parts them.

Work is bounded at every step, so that it grows with the text's length and no faster: a word is looked at for 48
characters, a gap is at most 16, and a run is cut at 24 pieces.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from undertow.extract import numberwords
from undertow.extract.numberwords import LETTERS, MARKS, WORDS, Anchor, Piece
from undertow.extract.text import figures_in

CLOCK = re.compile(r"(?<![0-9:])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])")
GAP = 16
PIECES = 24
FEWEST = 4  # figures that may become a number together with letters read as digits ("o9l7 l2o 4s")
_USUAL = re.compile(r"[ .()-]|\) |\)-| \(| - |\. |-\(|\.\(| -|- |\) - | \(|\)\(")
LEAD = r"(?<![^\W_])([ol]{1,2})[^\w\n+(]{1,3}"  # an "o" in front of digits
_LEAD = re.compile(rf"{LEAD}$")
_FENCED = re.compile(r"\][ -]?\[|\}[ -]?\{")  # "[0][2][0]": every digit in brackets of its own
_LISTED = frozenset(",;/|\n\t:")
_STOPS = frozenset("+=@#<>&%?!\"'[]{}^\\")

STOP = 9
"""Cost of a gap that no number goes across."""


class Gap(NamedTuple):
    """What parts two pieces: 0 nothing, 1 usual in numbers, 2 odd, 3 usual in lists, `STOP`.

    `digit` is set where it is a word that may be a digit in its place ("for"), `bracket` where one opens at its end.
    """

    cost: int
    ways: int = 0
    digit: str = ""
    bracket: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces with the gaps between them (one fewer)."""

    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...]

    def part(self, first: int, last: int) -> "Run":
        """The run of pieces[first:last]."""
        return Run(self.pieces[first:last], self.gaps[first : last - 1])

    @property
    def digits(self) -> str:
        """All digits, joined."""
        return "".join([piece.digits for piece in self.pieces])

    @property
    def start(self) -> int:
        """Where the first digit stands."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where the last digit ends."""
        return self.pieces[-1].end

    @property
    def ways(self) -> int:
        """The ways in which pieces and gaps disguise it, as a sum."""
        total = 0
        for piece in self.pieces:
            total |= piece.ways
        for gap in self.gaps:
            total |= gap.ways
        return total


def runs(lowered: str, pieces: Sequence[Piece], least: int, *, loose: bool = False) -> Iterator[Run]:
    """The runs that hold `least` digits or more; `loose` reads "for", "to" and "o" between pieces as digits."""
    first = 0
    gaps: list[Gap] = []
    held: list[Piece] = []
    for number, piece in enumerate(pieces):
        if number > first:
            gap = _between(lowered, pieces[number - 1], piece)
            if gap.digit and (
                _touching(lowered, pieces[number - 1], piece) or (loose and _short(pieces[number - 1], piece))
            ):
                held.append(_homophone(lowered, pieces[number - 1], piece, gap.digit))
                gaps += [Gap(1), Gap(1)]
            elif gap.cost >= STOP or gap.digit or len(held) >= PIECES or (loose and _listed(gap, held[-1], piece)):
                yield from _enough(held, gaps, least)
                first, held, gaps = number, [], []
            else:
                gaps.append(gap)
        if loose and not held and (lead := _leading(lowered, piece)):
            held.append(lead)
            gaps.append(gap_of(lowered[lead.end : piece.start]))
        held.append(piece)
    yield from _enough(held, gaps, least)


def _enough(held: list[Piece], gaps: list[Gap], least: int) -> Iterator[Run]:
    if sum([len(piece.digits) or piece.repeat for piece in held]) < least:
        return
    run = _added_up(held, gaps)
    if sum([len(piece.digits) for piece in run.pieces]) >= least:
        yield run


def _added_up(held: list[Piece], gaps: list[Gap]) -> Run:
    if not any(piece.size > 0 or piece.repeat for piece in held):
        return Run(tuple(held), tuple(gaps))
    pieces = [piece for piece in numberwords.add_up(held) if piece.digits]
    before = {piece.start: gap for piece, gap in zip(held[1:], gaps, strict=True)}
    return Run(tuple(pieces), tuple(before[piece.start] for piece in pieces[1:]))


def homophones(lowered: str, pieces: Sequence[Piece]) -> bool:
    """Whether a word such as "for" between two pieces, or an "o" before one, could be a digit of a number."""
    last = -1 - GAP
    for piece in pieces:
        between = piece.start - last
        if 0 < between <= GAP and gap_of(lowered[last : piece.start]).digit:
            return True
        if between > 4 and _leading(lowered, piece):
            return True
        last = piece.end
    return False


def _leading(lowered: str, piece: Piece) -> Piece | None:
    hit = _LEAD.search(lowered, max(0, piece.start - 8), piece.start)
    return Piece(hit.start(1), hit.end(1), numberwords.as_letters(hit[1]), LETTERS) if hit else None


def read(lowered: str) -> list[Piece]:
    """The digits of a lower-case text in figures, words and look-alike letters; times of day are left out."""
    pieces: list[Piece] = []
    done = -1
    clocks = [hit.span() for hit in CLOCK.finditer(lowered)] if ":" in lowered else []
    for start, end, _ in numberwords.anchors(lowered, figures_in(lowered)):
        if start < done or (clocks and any(first <= start < last for first, last in clocks)):
            continue
        figures = lowered[start].isdigit()
        if figures and not lowered[start - 1 : start].isalpha() and not lowered[end : end + 1].isalpha():
            pieces.append(Piece(start, end, lowered[start:end]))
            done = end
            continue
        first, last = numberwords.around(lowered, start, end)
        first = max(first, done)
        split = numberwords.split(lowered[first:last])
        if split:
            pieces += [piece._replace(start=piece.start + first, end=piece.end + first) for piece in split]
            done = last
        elif figures:
            pieces.append(Piece(start, end, lowered[start:end]))
            done = end
    return pieces


def crowds(anchors: Sequence[Anchor]) -> Iterator[Sequence[Anchor]]:
    """The anchors that stand near enough for a number, and are digits enough for one with letters among them.

    Ages, prices and years stand alone and are not looked at again.
    """
    first = most = 0
    for number, (start, _, digits) in enumerate(anchors):
        if most and start - anchors[number - 1][1] > GAP:
            if most >= FEWEST:
                yield anchors[first:number]
            first, most = number, 0
        most += digits
    if most >= FEWEST:
        yield anchors[first:]


def _between(text: str, a: Piece, b: Piece) -> Gap:
    if b.start - a.end > GAP:
        return Gap(STOP)
    between = text[a.end : b.start]
    if between in {",", "."} and len(b.digits) == 3 and len(a.digits) <= 3 and _thousands(text, a, b):
        return Gap(STOP)
    return gap_of(between)


def _thousands(text: str, a: Piece, b: Piece) -> bool:
    return text[a.end] == "," and not (a.ways | b.ways) and len(a.digits) > 0


def _listed(gap: Gap, a: Piece, b: Piece) -> bool:
    return gap.cost >= 3 and max(len(a.digits), len(b.digits)) > 1  # "12345, 2 for 1"


def _short(a: Piece, b: Piece) -> bool:
    return max(len(a.digits), len(b.digits)) < 5  # "12345 to 54321" are two numbers


def _touching(text: str, a: Piece, b: Piece) -> bool:
    return text[a.end].isalnum() and text[b.start - 1].isalnum()


def _homophone(text: str, a: Piece, b: Piece, digit: str) -> Piece:
    between = text[a.end : b.start]
    lead = len(between) - len(between.lstrip(" -.*_,"))
    tail = len(between) - len(between.rstrip(" -.*_,"))
    return Piece(a.end + lead, b.start - tail, digit, WORDS)


@lru_cache(maxsize=20_000)
def gap_of(between: str) -> Gap:
    """What a lower-case text between two pieces of digits means for a number that might go across it."""
    if not between:
        return Gap(0)
    if _USUAL.fullmatch(between):
        return Gap(1, bracket=between[-1] == "(", text=between)
    if _FENCED.fullmatch(between):
        return Gap(2, MARKS, text=between)
    words = re.findall(r"[^\W\d_]+", between)
    if words:
        return _worded(between, words)
    if _STOPS.intersection(between) or between.count("\n") > 1 or any(unicodedata.category(c) == "Sc" for c in between):
        return Gap(STOP)
    if _LISTED.intersection(between):
        return Gap(3, text=between)
    return Gap(2, MARKS if between.strip() else 0, text=between)


def _worded(between: str, words: list[str]) -> Gap:
    digit = numberwords.inside().get(words[0]) or numberwords.as_letters(words[0]) if len(words) == 1 else ""
    if digit and not _STOPS.intersection(between) and len(between) <= len(words[0]) + 8:
        return Gap(STOP, 0, digit)
    if all(word in numberwords.between() for word in words) and not _STOPS.intersection(between):
        return Gap(2, WORDS)
    return Gap(STOP)

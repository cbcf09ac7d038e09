"""Cleans a text for finders without losing positions: what a finder finds is always shown in the text as received."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np

from undertow.extract.contract import Text

_LAST = 0x20000  # above it there are no digits and no styled letters, only ideographs and the ranges of _TAGS
_INVISIBLE = (  # default-ignorable characters (Unicode 16, DerivedCoreProperties) and marks drawn over a letter
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x335, 0x338),
    (0x61C, 0x61C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x20DD, 0x20E4),  # enclosing circle, keycap and the like: a keycap emoji is digit, U+FE0F, U+20E3
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB),
)
_TAGS = ((0xE0000, 0xE01EF),)
_STYLED = (  # blocks whose letters are plain Latin letters in another dress
    (0x1D2C, 0x1D6A),
    (0x2071, 0x209C),
    (0x2100, 0x2138),
    (0x249C, 0x24E9),
    (0xFB00, 0xFB06),
    (0xFE50, 0xFE6B),
    (0xFF01, 0xFF5E),
    (0x1D400, 0x1D7FF),
    (0x1F110, 0x1F149),
)
_ALPHABETS = (0x1F150, 0x1F170)  # negative circled and negative squared A to Z, which have no decomposition
_DASHES = "‐‑‒–—―−⁻₋"
_SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_FIGURES = re.compile("[0-9]+")
_MARKS = frozenset("\ufe0e\ufe0f\u20e3\u20dd\u20de\u20df\u20e0")  # belong to the character before them


def _number(char: str) -> str | None:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", char).strip("().")
    if plain.isascii() and plain.isdigit():
        return plain
    value = unicodedata.numeric(char, 0.5) if unicodedata.category(char) == "No" else 0.5
    return str(int(value)) if value in (10, 20) and "CIRCLED" in unicodedata.name(char, "") else None


def _letters(char: str) -> str | None:
    plain = (
        unicodedata.normalize("NFKC", char).strip("()") if ord(char) < 0xFE00 else unicodedata.normalize("NFKC", char)
    )
    whole = plain.isascii() and plain.strip() and plain != char
    return plain if whole and (len(plain) == 1 or 0xFB00 <= ord(char) <= 0xFB06) else None


def _table() -> dict[int, str]:
    table = {code: "" for first, last in (*_INVISIBLE, *_TAGS) for code in range(first, last + 1)}
    for code in range(0x80, _LAST):
        if chr(code).isnumeric() and (number := _number(chr(code))) is not None:
            table[code] = number
    for first, last in _STYLED:
        for code in range(first, last + 1):
            if code not in table and (plain := _letters(chr(code))) is not None:
                table[code] = plain
    for first in _ALPHABETS:
        table.update({first + step: chr(65 + step) for step in range(26)})
    table.update({ord(char): "-" for char in _DASHES})
    table.update({ord(char): " " for char in _SPACES})
    table[0x1F51F] = "10"  # the keycap ten
    return table


def _ranges(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = codes[0]
    for code in codes[1:]:
        if code != last + 1:
            yield first, last
            first = code
        last = code
    yield first, last


_FOLDS = _table()
_LONGER = [(a, b) for a, b in _ranges(sorted(code for code, plain in _FOLDS.items() if len(plain) != 1))]
_MOVES = re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in _LONGER) + "]")
SPECIAL = "[" + "".join(f"\\x{{{a:x}}}-\\x{{{b:x}}}" for a, b in _ranges(sorted(_FOLDS))) + "]"
"""RE2 pattern of the characters that `clean` changes: a text without one is clean as it is."""


def clean(received: str) -> tuple[str, Sequence[int] | None]:
    """The text that finders search, and for each of its characters the position in `received` (None: the same).

    Digits of every script, full-width, circled, raised, lowered and mathematical characters become plain ones, special
    spaces and dashes become " " and "-", invisible characters go. Letters of other scripts and accents stay.
    """
    if received.isascii():
        return received, None
    if _MOVES.search(received) is None:
        return received.translate(_FOLDS), None
    pieces: list[str] = []
    spots: list[int] = []
    done = 0
    for moved in _MOVES.finditer(received):
        position, plain = moved.start(), _FOLDS[ord(moved[0])]
        pieces += received[done:position].translate(_FOLDS), plain
        spots += range(done, position)
        spots += [position] * len(plain)
        done = moved.end()
    pieces.append(received[done:].translate(_FOLDS))
    spots += range(done, len(received))
    return "".join(pieces), spots


def span(received: str, spots: Sequence[int] | None, start: int, end: int) -> tuple[int, int]:
    """Where clean[start:end] stands in the text as received; marks that belong to the last character go with it."""
    if start >= end:
        raise ValueError(f"an empty span: {start} to {end}")
    if spots is not None:
        start, end = spots[start], spots[end - 1] + 1
    while end < len(received) and received[end] in _MARKS:
        end += 1
    return start, end


def figures_of(text: Text) -> Sequence[tuple[int, int]]:
    """Where the ASCII figures of a clean text start and end, in order."""
    return text.figures if text.figures is not None else figures_in(text.clean)


def figures_in(clean: str) -> Sequence[tuple[int, int]]:
    """Where the ASCII figures of a string start and end, in order."""
    return [hit.span() for hit in _FIGURES.finditer(clean)]


def figures(texts: Sequence[str]) -> list[Sequence[tuple[int, int]] | None]:
    """The same for many strings at once, in a fifth of the time; None for one that is not all ASCII."""
    plain = [text if text.isascii() else "" for text in texts]
    joined = np.frombuffer("\n".join(plain).encode("ascii"), np.uint8)
    first = np.cumsum([0, *(len(text) + 1 for text in plain)])
    at = np.flatnonzero((joined - 48) < 10)  # unsigned: what stands before "0" is large
    breaks = np.flatnonzero(np.diff(at) != 1) + 1
    starts, ends = at[np.append(0, breaks)[: len(at)]], at[np.append(breaks, 0)[: len(at)] - 1] + 1
    text = np.searchsorted(first, starts, "right") - 1
    spans = list(zip((starts - first[text]).tolist(), (ends - first[text]).tolist(), strict=True))
    bounds = np.searchsorted(text, np.arange(len(texts) + 1)).tolist()
    return [spans[bounds[number] : bounds[number + 1]] if text.isascii() else None for number, text in enumerate(texts)]

"""Digits said in words: which words stand for which digits, and how a written word splits into them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import ahocorasick_rs

from undertow.extract.datafiles import toml

WORDS, LETTERS, STYLED, MARKS = 1, 2, 4, 8
"""Ways of disguising a number: digits as words, letters for digits, digits in another dress, odd separators."""

_LOOKS_LIKE = {"o": "0", "l": "1", "i": "1", "|": "1"}
LOOK_ALIKES = "".join(_LOOKS_LIKE)
"""What may be written for a digit."""
_FIGURES = re.compile("[0-9]+")
_MOST = 3  # digits that one word can mean: a hundred in Russian, a digit tripled
_LONGEST = 48  # characters of a word that are looked at; longer ones hold no number that a person would read


class Piece(NamedTuple):
    """Some digits of a number, where they stand in the text, and how they are disguised (a sum of ways).

    `size` is the power of ten of a number word (units 0, tens 1, hundreds 2), -1 for plain digits: it says whether
    what follows adds up ("fifty five") or stands beside it ("five five"). `repeat`: the next digit, so many times.
    """

    start: int
    end: int
    digits: str
    ways: int = 0
    size: int = -1
    repeat: int = 0


Anchor = tuple[int, int, int]
"""Where a figure or a number word starts and ends, and the most digits it can be."""


def as_letters(word: str) -> str:
    """The digits that a word of look-alike letters alone would be ("ll", "oo"); "" for any other word."""
    return (
        "".join([_LOOKS_LIKE.get(char, "") for char in word])
        if len(word) <= 4 and set(word) <= set(_LOOKS_LIKE)
        else ""
    )


@cache
def inside() -> Mapping[str, str]:
    """Words that mean a digit only between two other digits."""
    return {word: str(value) for words in toml("number_words.toml").values() for word, value in words["inside"].items()}


@cache
def between() -> frozenset[str]:
    """Words said for a separator, and words between tens and ones."""
    every = toml("number_words.toml").values()
    return frozenset(word for words in every for word in (*words.get("marks", ()), *words.get("joins", ())))


@cache
def _said() -> Mapping[str, Piece]:
    said: dict[str, Piece] = {}
    for words in toml("number_words.toml").values():
        for group, size in (("digits", 0), ("teens", 0), ("tens", 1), ("hundreds", 2)):
            for word, value in words.get(group, {}).items():
                said.setdefault(word, Piece(0, 0, str(value), WORDS, size if value % 10 == 0 and value else 0))
        for word, zeros in words.get("zeros", {}).items():
            said.setdefault(word, Piece(0, 0, "0" * zeros, WORDS))
        for word, times in words.get("repeat", {}).items():
            said.setdefault(word, Piece(0, 0, "", WORDS, repeat=times))
    return said


@cache
def _automaton() -> ahocorasick_rs.AhoCorasick:
    words = sorted(word for word in _said() if not _FIGURES.search(word))  # a figure within a word is found as a figure
    return ahocorasick_rs.AhoCorasick(words, implementation=ahocorasick_rs.Implementation.DFA)


@cache
def _part() -> re.Pattern[str]:
    words = sorted(_said(), key=lambda word: (-len(word), word))
    return re.compile("(?P<word>" + "|".join(map(re.escape, words)) + ")|(?P<plain>[0-9]+)|(?P<letter>[oli|])")


def pattern() -> str:
    """RE2 pattern of any number word."""
    return any_of(_said())


def any_of(words: Iterable[str]) -> str:
    """RE2 pattern of any of the words."""
    return "(?:" + "|".join(map(re.escape, sorted(words))) + ")"


def anchors(lowered: str, figures: Iterable[tuple[int, int]]) -> list[Anchor]:
    """The figures and number words of a text in order; parts of words are among them."""
    found = [(start, end, end - start) for start, end in figures]
    words = _automaton().find_matches_as_indexes(lowered)
    if words:
        found += [(start, end, _MOST) for _, start, end in words]
        found.sort()
    return found


def around(lowered: str, start: int, end: int) -> tuple[int, int]:
    """The whole word (letters and digits) that holds lowered[start:end], as far as it is looked at."""
    first, last = max(0, start - _LONGEST), min(len(lowered), end + _LONGEST)
    while start > first and lowered[start - 1].isalnum():
        start -= 1
    while end < last and lowered[end].isalnum():
        end += 1
    return start, end


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[Piece, ...]:
    """The digits that a word stands for from end to end ("zero9nine", "o917"); none where it is another word."""
    pieces: list[Piece] = []
    at = 0
    while at < len(word):
        hit = _part().match(word, at)
        if hit is None:
            return ()
        pieces.append(_piece(hit))
        at = hit.end()
    return tuple(pieces) if any(piece.ways != LETTERS for piece in pieces) else ()


def _piece(hit: re.Match[str]) -> Piece:
    if hit.lastgroup == "word":
        return _said()[hit[0]]._replace(start=hit.start(), end=hit.end())
    if hit.lastgroup == "letter":
        return Piece(hit.start(), hit.end(), _LOOKS_LIKE[hit[0]], LETTERS)
    return Piece(hit.start(), hit.end(), hit[0])


def add_up(pieces: list[Piece]) -> Iterator[Piece]:
    """The same pieces with words that form one number put together: "fifty five" is 55, "double seven" 77."""
    held: Piece | None = None
    for piece in pieces:
        if held is None:
            held = piece
            continue
        joined = _join(held, piece)
        if joined is None:
            yield held
            held = piece
        else:
            held = joined
    if held is not None:
        yield held


def _join(a: Piece, b: Piece) -> Piece | None:
    if a.repeat and b.digits:
        return b._replace(start=a.start, digits=b.digits[0] * (a.repeat - 1) + b.digits, ways=a.ways | b.ways)
    fits = a.size > 0 and b.size >= 0 and b.digits and b.digits.strip("0") and len(b.digits) <= a.size
    if not fits:
        return None
    return Piece(a.start, b.end, str(int(a.digits) + int(b.digits)), a.ways | b.ways, b.size)

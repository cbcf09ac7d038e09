"""Finds phrases of several languages in one pass, and sees what turns a phrase round: a "not", or a warning.

The phrases stand in `data/cues/<language>.toml`: words without accents; `word~` is every word that begins so, `*` up to
five words of the same sentence. Every literal run of words is one pattern of one Aho-Corasick automaton, so the time
grows with the text and not with the number of phrases.
"""

import codecs
import re
import tomllib
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from undertow.extract.datafiles import FOLDER

_GAP = 5  # words that a `*` may stand for: a guess, so that both ends stay in one thought
_REACH = 5  # words before a phrase in which a "not" still speaks of it: a guess, tuned on the tests' hard negatives
_FAR = 120  # letters that so many words may fill: what stands farther apart is not looked at
_LETTER = re.compile(r"[^\W\d_a-zA-Z]")  # beyond ASCII
_OPEN, _MANY, _NOT, _AFTER, _WARNING = 1, 2, 4, 8, 16  # what a run of words is: bits
_LEFT_OUT = re.compile("(?<= )[ ']+|'+")
_SENTENCE = re.compile(r"\.[ .]*")


class _Signs(dict[int, str]):
    """How each character is read: small plain letters, `.` for what ends a sentence, `,`, else a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = {"ё": "е", "ı": "i", "ß": "s", "ł": "l", "ø": "o", "’": "'", "‘": "'"}.get(char.lower()[:1], "")
        base = unicodedata.normalize("NFD", char.lower())[0]
        plain = plain or (base if base.isascii() else char.lower()[0])
        if not plain.isalnum() and plain not in ".,'":
            plain = "." if char in "!?;…\n" or unicodedata.category(char) == "So" else " "  # So: mostly emoji
        self[code] = plain
        return plain


_SIGNS = _Signs()
_SIGN_OF = "undertow.extract.phrasebook"  # how the codec is told to read what is not ASCII: sign by sign
_ASCII = bytes(ord(_SIGNS[code]) if code < 128 else 32 for code in range(256))


def _signs(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = (_SIGNS[ord(char)] for char in error.object[error.start : error.end])
    return "".join(sign if sign.isascii() else " " for sign in signs), error.end


codecs.register_error(_SIGN_OF, _signs)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One cue said in one language: literal runs of words, and for each how many words may stand before it."""

    cue: str
    language: str
    runs: tuple[tuple[int, int], ...]


class Said(NamedTuple):
    """A phrase found: `start` and `end` in the text; `state` is said, not, or warning."""

    cue: str
    language: str
    start: int
    end: int
    state: str


@dataclass(frozen=True, slots=True)
class Book:
    """All phrases, and the automaton that finds their runs."""

    automaton: AhoCorasick
    by_first: dict[int, tuple[Phrase, ...]]
    first: frozenset[int]  # the keys of `by_first`: a set meets a set by the smaller of the two
    kinds: bytes  # of each run: whether its last word may go on, and it has several words
    turns: dict[int, frozenset[int]]  # the runs that turn a phrase round, by how
    fixed: frozenset[str]  # cues whose phrase holds the "not" itself


Span = tuple[int, int]


@dataclass(slots=True)
class _Reading:
    """One text, read: small plain letters with its stops, and the runs of words that the automaton found in it.

    `plain` begins with one space more than the text. `moved` are the places from which on a character was left out.
    """

    plain: str
    moved: Sequence[int]
    found: Sequence[tuple[int, int, int]]
    present: set[int]
    turns: dict[int, list[Span]] = field(default_factory=dict)
    runs: dict[int, list[Span]] = field(default_factory=dict)

    def place(self, at: int) -> int:
        """Where a character of `plain` stands in the text."""
        return at - 1 + (bisect_right(self.moved, at) if self.moved else 0)

    def span(self, run: int, start: int, end: int) -> Span:
        """The words of a run found; empty where a sentence or a comma ends between them."""
        kind, first, last = book().kinds[run], start + 1, end - 1
        if kind & _OPEN:
            last = end
            while self.plain[last] not in " .,":
                last += 1
        if kind & _MANY and (self.plain.find(".", first, last) >= 0 or self.plain.find(",", first, last) >= 0):
            return first, first
        return first, last

    def all_of(self, run: int) -> list[Span]:
        """Every place of a run, in order; all runs are gathered the first time that one is asked for."""
        if not self.runs:
            for number, start, end in self.found:
                span = self.span(number, start, end)
                if span[1] > span[0]:
                    self.runs.setdefault(number, []).append(span)
        return self.runs.get(run, [])

    def all_that(self, kind: int) -> list[Span]:
        """Every place of the runs that turn a phrase round in this way."""
        if kind not in self.turns:
            runs = book().turns[kind]
            some = () if runs.isdisjoint(self.present) else self.found
            self.turns[kind] = [self.span(run, start, end) for run, start, end in some if run in runs]
        return self.turns[kind]

    def between(self, last: int, first: int, *, commas: bool) -> int:
        """The number of words between two places; more than any limit where a sentence, or a comma, ends there."""
        if first - last > _FAR or self.plain.find(".", last, first) >= 0:
            return _FAR
        if commas and self.plain.find(",", last, first) >= 0:
            return _FAR
        return len(self.plain[last:first].replace(",", " ").split())


def scan(text: str) -> Iterator[Said]:
    """Every phrase in `text`, in the order of the text; of one cue the longest at each place."""
    raw = _plain(text)
    plain = _squeezed(raw) if "  " in raw or "'" in raw else raw
    found = book().automaton.find_matches_as_indexes(plain.replace(".", " ").replace(",", " "), overlapping=True)
    present = {run for run, _, _ in found}
    if not book().first.isdisjoint(present):
        yield from _said(_Reading(plain, _moved(raw) if plain is not raw else (), found, present))


def _plain(text: str) -> str:
    """The text as small plain letters, with the signs that end a sentence; a space more at both ends."""
    if text.isascii() or not _LETTER.search(text):
        text = text.encode("ascii", _SIGN_OF).translate(_ASCII).decode("ascii")
    else:
        text = text.translate(_SIGNS)
    return f" {text} "


def _squeezed(raw: str) -> str:
    """`raw` without apostrophes, and with one space where there are several."""
    raw = raw.replace("'", "")
    while "  " in raw:
        raw = raw.replace("  ", " ")
    return raw


def _moved(raw: str) -> Sequence[int]:
    """The places of the squeezed text from which on one character more of `raw` was left out."""
    if "'" in raw:
        left_out = [at for hit in _LEFT_OUT.finditer(raw) for at in range(*hit.span())]
        return [at - number for number, at in enumerate(left_out)]
    places: list[int] = []
    at = raw.find("  ")
    while at >= 0:
        places.append(at + 1 - len(places))
        at = raw.find("  ", at + 1)
    return places


def _said(reading: _Reading) -> Iterator[Said]:
    ends: dict[str, int] = {}
    begins = book().by_first
    found = [one for run, start, end in reading.found if run in begins for one in _phrases(run, start, end, reading)]
    if not found:
        return
    warned = _warned(reading)
    if len(found) > 1:
        found.sort(key=lambda one: (one[0], -one[1], one[2].cue, one[2].language))
    for first, last, phrase in found:
        if ends.get(phrase.cue, -1) <= first:
            ends[phrase.cue] = last
            state = (
                "warning"
                if warned and any(a <= first < b for a, b in warned)
                else _state(phrase.cue, first, last, reading)
            )
            yield Said(phrase.cue, phrase.language, reading.place(first), reading.place(last - 1) + 1, state)


def _warned(reading: _Reading) -> list[Span]:
    """The sentences with a warning, each with the one that follows it."""
    warnings = reading.all_that(_WARNING)
    if not warnings:
        return []
    stops = [hit.end() for hit in _SENTENCE.finditer(reading.plain)]
    spans = []
    for at in dict.fromkeys(bisect_right(stops, first) for first, _ in warnings):
        begin = stops[at - 1] if at else 0
        spans.append((begin, stops[at + 1] if at + 1 < len(stops) else len(reading.plain)))
    return spans


def _phrases(run: int, start: int, end: int, reading: _Reading) -> Sequence[tuple[int, int, Phrase]]:
    present = reading.present
    phrases = [one for one in book().by_first[run] if len(one.runs) == 1 or one.runs[1][0] in present]
    if not phrases:
        return ()
    first, last = reading.span(run, start, end)
    if last == first:
        return ()
    ends = [last if len(one.runs) == 1 else _follow(one.runs[1:], last, reading) for one in phrases]
    return [(first, until, one) for one, until in zip(phrases, ends, strict=True) if until]


def _follow(runs: Sequence[tuple[int, int]], last: int, reading: _Reading) -> int:
    """Where the runs end that follow in turn, or 0."""
    for run, gap in runs:
        hits = reading.all_of(run)
        nearest = bisect_left(hits, (last, 0))
        if nearest == len(hits) or reading.between(last, hits[nearest][0], commas=False) > gap:
            return 0
        last = hits[nearest][1]
    return last


def _state(cue: str, first: int, last: int, reading: _Reading) -> str:
    if cue in book().fixed:
        return "said"
    if negators := reading.all_that(_NOT):
        at = bisect_left(negators, (first, 0)) - 1
        end = negators[at][1]
        if at >= 0 and end <= first and reading.between(end, first, commas=True) < _REACH:
            return "not"
    if after := reading.all_that(_AFTER):
        at = bisect_left(after, (last, 0))
        if at < len(after) and reading.between(last, after[at][0], commas=True) < 2:
            return "not"
    return "said"


@cache
def book() -> Book:
    """The phrase book of all languages, read once a process."""
    runs: dict[str, int] = {}
    phrases: list[Phrase] = []
    turns: dict[int, set[int]] = {_NOT: set(), _AFTER: set(), _WARNING: set()}
    for path in sorted((FOLDER / "cues").glob("??.toml")):
        language: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        for part, kind in (("negators", _NOT), ("after", _AFTER), ("warnings", _WARNING)):
            for words in language[part]:
                turns[kind].add(_run(words, runs))
        for cue, texts in language["phrases"].items():
            phrases += [Phrase(cue, path.stem, tuple(_parts(text, runs))) for text in texts]
    by_first: dict[int, list[Phrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase.runs[0][0], []).append(phrase)
    return Book(
        AhoCorasick(list(runs), implementation=Implementation.DFA),
        {run: tuple(some) for run, some in by_first.items()},
        frozenset(by_first),
        bytes(_kind(pattern) for pattern in runs),
        {kind: frozenset(some) for kind, some in turns.items()},
        frozenset(name for name, cue in cues().items() if not cue.get("negatable", True)),
    )


def _kind(pattern: str) -> int:
    return _OPEN * (not pattern.endswith(" ")) | _MANY * (" " in pattern.strip())


@cache
def cues() -> dict[str, dict[str, Any]]:
    """What each cue means, with its source."""
    return tomllib.loads((FOLDER / "cues" / "cues.toml").read_text("utf-8"))


def _parts(text: str, runs: dict[str, int]) -> Iterator[tuple[int, int]]:
    for part in text.split(" * "):
        gap = _GAP
        for words in part.replace("~ ", "~\n").split("\n"):
            yield _run(words, runs), gap
            gap = 0


def _run(words: str, runs: dict[str, int]) -> int:
    """The number of a literal run: bounded by spaces, open at the end where its last word may go on."""
    pattern = f" {words[:-1]}" if words.endswith("~") else f" {words} "
    return runs.setdefault(pattern, len(runs))

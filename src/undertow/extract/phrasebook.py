"""Finds phrases of several languages in one pass, and sees what turns a phrase round: a "not", or a warning.

The phrases stand in `data/cues/<language>.toml`: words without accents; `word~` is every word that begins so, `*` up to
five words of the same sentence. Every literal run of words is one pattern of one Aho-Corasick automaton, so the time
grows with the text and not with the number of phrases.
"""

import re
import tomllib
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import Any

from ahocorasick_rs import AhoCorasick

from undertow.extract.datafiles import FOLDER

_GAP = 5  # words that a `*` may stand for: a guess, so that both ends stay in one thought
_REACH = 5  # words before a phrase in which a "not" still speaks of it: a guess, tuned on the tests' hard negatives
_TOKEN = re.compile(r"[.!?;…\n,]|[^\W_]+(?:['’][^\W_]+)*")
_APOSTROPHES = re.compile("['’]")
_STOPS = frozenset(".!?;…\n")
_FOLD = {ord("ё"): "е", ord("Ё"): "Е", ord("ı"): "i", ord("İ"): "I", ord("ß"): "s", ord("ł"): "l", ord("ø"): "o"}
_FOLD |= {
    code: plain
    for code in range(0xC0, 0x250)
    if len(plain := unicodedata.normalize("NFD", chr(code))[0]) == 1 and plain.isascii()
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One cue said in one language: literal runs of words, and for each how many words may stand before it."""

    cue: str
    language: str
    runs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Said:
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
    negators: frozenset[int]
    after: frozenset[int]
    warnings: frozenset[int]
    fixed: frozenset[str]  # cues whose phrase holds the "not" itself


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int
    last: int  # the last word, included


@dataclass(slots=True)
class _Reading:
    """One text, read: where its words, sentences and commas stand, and which words turn a phrase round."""

    spans: Sequence[tuple[int, int]]
    stops: Sequence[int]
    commas: Sequence[int]
    runs: dict[int, list[_Hit]] = field(default_factory=dict)
    negators: set[int] = field(default_factory=set)
    after: set[int] = field(default_factory=set)
    warned: set[int] = field(default_factory=set)  # sentences with a warning, and those that follow them

    def sentence(self, word: int) -> int:
        """The number of the sentence that a word stands in."""
        return bisect_left(self.stops, word)

    def together(self, one: int, other: int) -> bool:
        """Whether neither a sentence nor a comma ends between two words."""
        return all(bisect_left(marks, one) == bisect_left(marks, other) for marks in (self.stops, self.commas))


def scan(text: str) -> Iterator[Said]:
    """Every phrase in `text`, in the order of the text; of one cue the longest at each place."""
    plain = (text if text.isascii() else text.translate(_FOLD)).lower()
    if len(plain) != len(text):  # a letter whose small form is two letters: rare, and spans must hold
        plain = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_FOLD))
    words = _TOKEN.findall(plain)
    joined = f" {' '.join(words)} "
    if "'" in joined or "’" in joined:
        words = [_APOSTROPHES.sub("", word) for word in words]
        joined = f" {' '.join(words)} "
    held = book()
    found = held.automaton.find_matches_as_indexes(joined, overlapping=True)
    if any(run in held.by_first for run, _, _ in found):
        yield from _said(_read(plain, words, found))


def _read(plain: str, words: Sequence[str], found: Sequence[tuple[int, int, int]]) -> _Reading:
    held = book()
    starts = list(accumulate((len(word) + 1 for word in words), initial=1))
    stops = [number for number, word in enumerate(words) if word in _STOPS]
    commas = [number for number, word in enumerate(words) if word == ","]
    reading = _Reading([hit.span() for hit in _TOKEN.finditer(plain)], stops, commas)
    for run, start, end in found:
        hit = _Hit(bisect_right(starts, start + 1) - 1, bisect_right(starts, end - 2) - 1)
        reading.runs.setdefault(run, []).append(hit)
        if run in held.negators:
            reading.negators.add(hit.last)
        if run in held.after:
            reading.after.add(hit.first)
        if run in held.warnings:
            reading.warned.update((reading.sentence(hit.first), reading.sentence(hit.first) + 1))
    return reading


def _said(reading: _Reading) -> Iterator[Said]:
    ends: dict[str, int] = {}
    found = sorted(_phrases(reading), key=lambda one: (one[1], -one[2], one[0].cue, one[0].language))
    for phrase, first, last in found:
        if ends.get(phrase.cue, -1) < first:
            ends[phrase.cue] = last
            state = _state(phrase.cue, first, last, reading)
            yield Said(phrase.cue, phrase.language, reading.spans[first][0], reading.spans[last][1], state)


def _phrases(reading: _Reading) -> Iterator[tuple[Phrase, int, int]]:
    held = book()
    for run, hits in reading.runs.items():
        for phrase in held.by_first.get(run, ()):
            for hit in hits:
                last = _follow(phrase.runs[1:], hit.last, reading)
                if last is not None:
                    yield phrase, hit.first, last


def _follow(runs: Sequence[tuple[int, int]], last: int, reading: _Reading) -> int | None:
    for run, gap in runs:
        hits = reading.runs.get(run, [])
        nearest = bisect_right(hits, last, key=lambda hit: hit.first)
        if nearest == len(hits) or hits[nearest].first > last + gap + 1:
            return None
        if reading.sentence(hits[nearest].first) != reading.sentence(last):
            return None
        last = hits[nearest].last
    return last


def _state(cue: str, first: int, last: int, reading: _Reading) -> str:
    if reading.sentence(first) in reading.warned:
        return "warning"
    if cue in book().fixed:
        return "said"
    before = any(word in reading.negators and reading.together(word, first) for word in range(first - _REACH, first))
    after = any(word in reading.after and reading.together(last, word) for word in (last + 1, last + 2))
    return "not" if before or after else "said"


@cache
def book() -> Book:
    """The phrase book of all languages, read once a process."""
    runs: dict[str, int] = {}
    phrases: list[Phrase] = []
    special: dict[str, set[int]] = {"negators": set(), "after": set(), "warnings": set()}
    for path in sorted((FOLDER / "cues").glob("??.toml")):
        language: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        for kind, numbers in special.items():
            numbers.update(_run(words, runs) for words in language[kind])
        for cue, texts in language["phrases"].items():
            phrases += [Phrase(cue, path.stem, tuple(_parts(text, runs))) for text in texts]
    by_first: dict[int, list[Phrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase.runs[0][0], []).append(phrase)
    return Book(
        AhoCorasick(list(runs)),
        {run: tuple(some) for run, some in by_first.items()},
        frozenset(special["negators"]),
        frozenset(special["after"]),
        frozenset(special["warnings"]),
        frozenset(name for name, cue in cues().items() if not cue.get("negatable", True)),
    )


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

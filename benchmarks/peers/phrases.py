"""Posts grouped by the phrases that mark them: the coarse step that InfoShield (ICDE 2021) describes, written anew.

Each post keeps the ten of its runs of five words that weigh most by tf-idf; posts that keep one in common are joined.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

from benchmarks.peers.union import joined

WORDS, KEPT = 5, 10
_WORD = re.compile(r"[^\W\d_]+")

Phrases = Counter[tuple[str, ...]]


def groups(texts: Sequence[str], *, least: int = 1) -> list[int]:
    """For every post the first of its group. Phrases that stand in fewer than `least` posts are not considered."""
    counted = [phrases(text) for text in texts]
    held_by = Counter(phrase for one in counted for phrase in one)
    return joined(len(texts), _pairs(counted, held_by, least))


def phrases(text: str) -> Phrases:
    """How often each run of five words stands in a text, in order of appearance; numbers are no words."""
    words = _WORD.findall(text.lower())
    return Counter(tuple(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1))


def _pairs(counted: Sequence[Phrases], held_by: Phrases, least: int) -> Iterator[tuple[int, int]]:
    first: dict[tuple[str, ...], int] = {}
    for number, one in enumerate(counted):
        weights = {phrase: times * log(len(counted) / held_by[phrase]) for phrase, times in one.items()}
        considered = [phrase for phrase in one if held_by[phrase] >= least]
        for phrase in sorted(considered, key=weights.__getitem__, reverse=True)[:KEPT]:  # of equals the earlier
            yield first.setdefault(phrase, number), number

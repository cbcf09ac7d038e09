"""What people said of records, as the tables that the link stage reads."""

from collections.abc import Sequence
from typing import Any

from undertow.review.pairs import PAIR, Said, Standing, weighed, written
from undertow.review.store import Judgement

Word = tuple[str, str, str]
"""The answer, and the records of both sides with spaces between."""


def said(*words: Word) -> Standing:
    """These words, in this order."""
    return weighed([_said(number, *word) for number, word in enumerate(words, 1)])


def _said(number: int, answer: str, one: str, other: str) -> Said:
    judgement = Judgement(number, "", "Ana", answer, PAIR, f"{one} {other}", "seen on a visit", "")
    return Said(judgement, frozenset(one.split()), frozenset(other.split()))


def rows(words: Sequence[Word]) -> dict[str, list[dict[str, Any]]]:
    """The two tables of these words."""
    return {name: table.to_pylist() for name, table in written(said(*words)).items()}

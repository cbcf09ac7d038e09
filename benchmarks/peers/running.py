"""Runs every peer on a list of texts, each timed by itself."""

from collections.abc import Iterator, Sequence

from phonenumbers import Leniency

from benchmarks.peers import homemade, numbers, phrases
from benchmarks.peers.contract import Answer, Phone, timed
from benchmarks.peers.union import joined


def answers(texts: Sequence[str]) -> Iterator[Answer]:
    """What each peer says of the texts."""
    yield Answer("nothing joined", 0.0, (), networks=range(len(texts)))
    spent, valid = timed(lambda: numbers.phones(texts))
    for width in (2, 3):
        yield _script(texts, width, (spent, valid))
    yield _phrases(texts, 1, "tf-idf of runs of 5 words")
    yield _phrases(texts, 2, "the same, phrases of one post left out")
    yield Answer("phonenumbers, VALID", spent, ("extract",), phones=valid)
    spent, possible = timed(lambda: numbers.phones(texts, Leniency.POSSIBLE))
    yield Answer("phonenumbers, POSSIBLE", spent, ("extract",), phones=possible)


def _script(texts: Sequence[str], width: int, phones: tuple[float, list[Phone]]) -> Answer:
    """The home-made script; the numbers were found before, and their seconds are added."""
    seconds, similar = timed(lambda: homemade.alike(texts, width))
    more, networks = timed(lambda: homemade.networks(len(texts), similar, phones[1]))
    return Answer(
        f"home-made script, runs of {width} words",
        phones[0] + seconds + more,
        ("extract", "match", "link"),
        networks=networks,
        templates=joined(len(texts), similar),
        phones=phones[1],
    )


def _phrases(texts: Sequence[str], least: int, name: str) -> Answer:
    seconds, groups = timed(lambda: phrases.groups(texts, least=least))
    return Answer(name, seconds, ("match",), networks=groups, templates=groups)

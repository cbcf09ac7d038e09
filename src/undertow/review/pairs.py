"""What people said of records: the same, not the same, or unsure; of two records, or of the two sides of a network.

A judgement speaks of every pair of a record on its one side and a record on its other, as they were when it was made,
and of each such pair the last judgement counts. "Not the same" bars each of its pairs; where a later word takes some of
them out, what is left stands in pieces. "The same" joins the first record of one side with the first of the other; it
stands until a later word speaks of these two. "Unsure" leaves its pairs to the data. To take a word back leaves what
the others say, as if it had never been.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import maxsize
from typing import Any

import pyarrow as pa

from undertow import tables
from undertow.errors import UserError
from undertow.review.store import Judgement, Store

PAIR = "pair"  # the kind of subject
SAME, NOT_SAME, UNSURE, UNDO = "same", "not same", "unsure", "undo pair"
ANSWERS = (SAME, NOT_SAME, UNSURE)
_SIDE, _OF = "side", "of"  # details: the records of one side, the number of the word that is taken back

Records = frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement on two sides, none of whose records is on both."""

    judgement: Judgement
    one: Records
    other: Records

    @property
    def pair(self) -> tuple[str, str]:
        """The first record of each side, the smaller first."""
        first, second = sorted((min(self.one), min(self.other)))
        return first, second

    def speaks_of(self, a: str, b: str) -> bool:
        """Whether the two records stand on its two sides."""
        return (a in self.one and b in self.other) or (b in self.one and a in self.other)


@dataclass(frozen=True, slots=True)
class Bar:
    """What is left of a "not same": no record of one side may meet one of the other."""

    said: Said
    one: Records
    other: Records


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds: words that join, the latest last, bars, and every word that was not taken back."""

    same: Sequence[Said]
    apart: Sequence[Bar]
    words: Sequence[Said]


def standing(store: Store) -> Standing:
    """What people's words come to as things stand."""
    return weighed(words(store.judgements(), store.records(), store.details()))


def words(
    judgements: Iterable[Judgement], records: Mapping[int, Sequence[str]], details: Mapping[int, Mapping[str, str]]
) -> list[Said]:
    """The judgements on pairs that were not taken back, in their order."""
    held: dict[int, Said] = {}
    for one in judgements:
        if one.subject_kind == PAIR and one.verb == UNDO:
            held.pop(int(details[one.number][_OF]), None)
        elif one.subject_kind == PAIR:
            side = frozenset(details[one.number][_SIDE].split(" "))
            held[one.number] = Said(one, side, frozenset(records[one.number]) - side)
    return list(held.values())


def weighed(words: Sequence[Said]) -> Standing:
    """What is left of words, given in their order, when the later ones are set against the earlier."""
    same: list[Said] = []
    apart: list[Bar] = []
    for said in words:
        verb = said.judgement.verb
        same = [one for one in same if not said.speaks_of(*one.pair)]
        if verb == NOT_SAME:
            apart.append(Bar(said, said.one, said.other))
        else:
            apart = [piece for bar in apart for piece in _without(bar, said)]
        if verb == SAME:
            same.append(said)
    return Standing(same, apart, words)


def _without(bar: Bar, said: Said) -> list[Bar]:
    """The pieces of a bar without the pairs that a later word speaks of."""
    straight, across = (bar.one & said.one, bar.other & said.other), (bar.one & said.other, bar.other & said.one)
    if not all(straight) and not all(across):
        return [bar]
    parts = (
        (straight[0], bar.other - said.other),
        (across[0], bar.other - said.one),
        (bar.one - said.one - said.other, bar.other),
    )
    return [Bar(bar.said, one, other) for one, other in parts if one and other]


def at_odds(now: Standing) -> list[tuple[Said, Said]]:
    """Words "the same" that cannot hold, each with the "not same" that a chain of other words would break.

    The latest "same" is joined first, as in a run; a "not same" is never broken.
    """
    parts: dict[str, set[str]] = {}
    found = []
    for said in reversed(now.same):
        one, other = (parts.setdefault(record, {record}) for record in said.pair)
        both = one | other
        against = [bar.said for bar in now.apart if one is not other and bar.one & both and bar.other & both]
        if against:
            found.append((said, max(against, key=lambda said: said.judgement.number)))
        else:
            parts.update(dict.fromkeys(both, both))
    return found


def judge(store: Store, answer: str, one: Collection[str], other: Collection[str], **said: Any) -> Judgement:
    """Keeps what a person says of two sides of records; `said` are the reason and the rest of `Store.judge`.

    Raises `UserError` where a side is empty, or a record stands on both.
    """
    word = proposed(answer, one, other)
    details = {_SIDE: " ".join(sorted(word.one)), **said.pop("details", {})}
    return store.judge(answer, PAIR, word.judgement.subject, records=word.one | word.other, details=details, **said)


def proposed(answer: str, one: Collection[str], other: Collection[str]) -> Said:
    """What a person is about to say, as if it were the latest word; raises `UserError` as `judge` does."""
    one, other = frozenset(one), frozenset(other)
    if not one or not other or one & other:
        raise UserError("a judgement needs two sides, and no record on both", hint="name different records")
    nobody = Judgement(maxsize, "", "", answer, PAIR, _subject(one, other), "to see what it would do", "")
    return Said(nobody, one, other)


def undo(store: Store, number: int, **said: Any) -> Judgement:
    """Takes the word with this number back; raises `UserError` where it does not stand."""
    word = the_word(standing(store), number)
    details = {_OF: str(number), **said.pop("details", {})}
    return store.judge(UNDO, PAIR, word.judgement.subject, records=word.one | word.other, details=details, **said)


def the_word(now: Standing, number: int) -> Said:
    """The word with this number; raises `UserError` where it does not stand."""
    for word in now.words:
        if word.judgement.number == number:
            return word
    raise UserError(
        f"no judgement {number} on records stands",
        hint="it was taken back meanwhile, or never made: see `undertow pairs`",
    )


def written(now: Standing) -> dict[str, pa.Table]:
    """The tables `said_same` and `said_apart`."""
    same = {
        (" ".join(said.pair), record, said.judgement.number, said.judgement.because)
        for said in now.same
        for record in said.pair
    }
    apart = [
        (bar.said.judgement.number, piece, side, record, bar.said.judgement.because)
        for piece, bar in enumerate(now.apart)
        for side, records in enumerate((bar.one, bar.other))
        for record in records
    ]
    return {name: _table(name, sorted(rows)) for name, rows in (("said_same", same), ("said_apart", apart))}


def _table(name: str, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    schema = tables.TABLES[name].schema
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table([pa.array(one, field.type) for one, field in zip(columns, schema, strict=True)], schema=schema)


def _subject(one: Records, other: Records) -> str:
    return " ".join(sorted((min(one), min(other))))

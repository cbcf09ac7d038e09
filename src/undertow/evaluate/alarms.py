"""False alarms counted by group, and how unequal groups are, with what chance alone would make of equal ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from undertow.evaluate import chance
from undertow.evaluate.contract import Coded

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LEAST = 50  # actors, below which a group's rate is shown but not compared
_SIMULATED = 1000


@dataclass(frozen=True, slots=True)
class Group:
    """A group of actors: how many there are, and how many of them a false alarm hits."""

    name: str
    actors: int
    hit: int


def main(actor: Ints, column: Coded, actors: int) -> Ints:
    """Of every actor the name that most of its records have, the first of equals; -1 where none has one."""
    named = column.codes >= 0
    width = len(column.names) + 1
    pairs, counts = np.unique(actor[named] * width + column.codes[named], return_counts=True)
    order = np.lexsort((-(pairs % width), counts))
    made = np.full(actors, -1, np.int64)
    made[(pairs // width)[order]] = (pairs % width)[order]  # the last of an actor is kept: its most frequent
    return made


def groups(of: Ints, names: Sequence[str], hit: NDArray[np.bool_]) -> Iterator[Group]:
    """Every group that has actors, by name; `of` is the group of every actor."""
    counts = np.bincount(of[of >= 0], minlength=len(names))
    hits = np.bincount(of[hit & (of >= 0)], minlength=len(names))
    for at in sorted(np.flatnonzero(counts).tolist(), key=lambda at: names[at]):
        yield Group(names[at], int(counts[at]), int(hits[at]))


@dataclass(frozen=True, slots=True)
class Ratio:
    """The largest rate over the smallest, its interval, and what equal rates would exceed once in twenty by chance."""

    value: float
    low: float
    high: float
    by_chance: float
    largest: str
    smallest: str


def ratio(held: Sequence[Group]) -> Ratio | None:
    """How unequal the rates of groups of at least `LEAST` actors are; None where fewer than two can be compared.

    Where one of them has no false alarm, half an actor is added to every count, so that the ratio has a number; where
    none has one, the rates are equal.
    """
    compared = [group for group in held if group.actors >= LEAST]
    if len(compared) < 2:
        return None
    actors = np.array([group.actors for group in compared], np.float64)
    hit = np.array([group.hit for group in compared], np.float64)
    rates = hit / actors
    draws = np.random.default_rng(chance.SEED)
    again = draws.binomial(actors.astype(np.int64), rates, (chance.DRAWS, len(compared)))
    equal = draws.binomial(actors.astype(np.int64), hit.sum() / actors.sum(), (_SIMULATED, len(compared)))
    low, high = np.percentile(_spread(again, actors), chance.ENDS)
    return Ratio(
        float(_spread(hit, actors)),
        float(low),
        float(high),
        float(np.percentile(_spread(equal, actors), 95)),
        compared[int(rates.argmax())].name,
        compared[int(rates.argmin())].name,
    )


def _spread(hit: Floats | Ints, actors: Floats) -> Floats:
    some = (hit == 0).any(axis=-1, keepdims=True)
    rates = np.where(some, (hit + 0.5) / (actors + 1), hit / actors)
    made: Floats = np.where((hit == 0).all(axis=-1), 1.0, rates.max(axis=-1) / rates.min(axis=-1))
    return made

"""What an indicator is: a sentence, its source, a query, and a small world in which it is true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Dimension = Literal["act", "means", "purpose"]
Grade = Literal["outcome", "official", "study", "lore"]
"""How well an indicator is founded: tested against known outcomes; published by an authority; found in a study without
outcomes; told by practitioners."""

Class = Literal["organised_risk", "spam", "scam", "business", "independent"]
CLASSES: tuple[Class, ...] = ("organised_risk", "spam", "scam", "business", "independent")
DIMENSIONS: tuple[Dimension, ...] = ("act", "means", "purpose")

World = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows of some tables, as `undertow.testing.engine` takes them."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A published sign, in one file that ends in this constant.

    `sql` is portable SQL over the tables that earlier stages wrote and over the views of `undertow.assess.views`. It
    gives `subject_id` (a network_id), `record_id`, `field`, `start`, `end` (the span that shows it; '', 0, 0 for a
    record as a whole, and record_id '' for a network as a whole), `strength` (hundredths) and `why` (a sentence that a
    person can check). `speaks_to` is empty for what speaks against or only describes; then `speaks_for` names the
    class it supports. `family` groups what is not independent: a lead adds up families, not rows. `scope` is "network"
    where the sign is about the whole, so that the share of records that show it says nothing.

    `given` is a small world, `expect` the (subject_id, record_id, why) rows that it gives; `given_harmless` is its
    innocent sibling, which gives none.
    """

    name: str
    version: int
    says: str
    source: str
    grade: Grade
    speaks_to: frozenset[Dimension]
    family: str
    harmless: str  # why it may mean nothing
    sql: str
    speaks_for: Class | Literal[""] = "organised_risk"
    scope: Literal["record", "network"] = "record"
    given: World = field(default_factory=dict)
    expect: Sequence[tuple[str, str, str]] = ()
    given_harmless: World = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may set: a weights file of their own in place of the one that ships."""

    weights: Path | None = None

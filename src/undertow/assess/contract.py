"""What an indicator is: a sentence, its source, a query, and a small world in which it is true."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Dimension = Literal["act", "means", "purpose"]
Grade = Literal["outcome", "official", "study", "lore"]
"""How well an indicator is founded: tested against known outcomes; published by an authority; found in a study without
outcomes; told by practitioners."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A published sign, in one file that ends in this constant.

    `sql` is portable SQL over the tables that earlier stages wrote (networks and network_members among them). It gives
    `subject_id` (a network_id), `record_id`, `field`, `start`, `end` (the span that shows it; '', 0, 0 for a record as
    a whole), `strength` (hundredths) and `why` (a sentence that a person can check). `speaks_to` is empty for what
    speaks against or only describes; then `speaks_for` names the class it supports. `family` groups what is not
    independent: a lead adds up families, not rows. `given` is a small world, `expect` the (subject_id, record_id, why)
    rows that it gives.
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
    speaks_for: Literal["organised_risk", "spam", "scam", "business", "independent", ""] = "organised_risk"
    given: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    expect: Sequence[tuple[str, str, str]] = ()

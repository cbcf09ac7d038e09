"""What a kind of evidence is: a query that says which record holds what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """One way in which records can be tied, in one file that ends in this constant.

    `name` is the `via_kind` of its ties. `sql` is portable SQL over the tables that earlier stages wrote; it gives
    `record_id` and `via`, a value that a person can read; repeats are folded and empty values left out. `thing` names
    the value in a sentence ("the phone {via}"), `says` what a record does with it ("gives").

    `family` groups kinds that are not independent of each other: a weak value joins records only together with one of
    another family. `strong` marks a kind of which one rare value is enough. Strong kinds of the families `contact` and
    `money` say whom to reach or pay: records that differ in them are never joined by their text alone.

    `of` names the kind whose very values these are, given less surely: such a tie joins no records, but among
    middlemen it counts as the value itself.

    `given` is a small world of tables, `expect` the (record_id, via) rows that it gives.
    """

    name: str
    version: int
    says: str
    thing: str
    family: str
    strong: bool
    sql: str
    of: str = ""
    given: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    expect: Sequence[tuple[str, str]] = ()


PERSONAL = frozenset({"contact", "money"})
"""Families whose strong kinds say whom to reach or pay."""

SAID = "said"
"""The family of what people said: it decides nothing about what is a hub, and nothing makes a hub of it."""

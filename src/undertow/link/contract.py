"""What a kind of evidence is: a query that says which record shares what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """One way in which records can be tied, in one file that ends in this constant.

    `sql` is portable SQL over the tables that earlier stages wrote; it gives `record_id`, `via_kind`, `via`, one row a
    tie (repeats are folded). `family` groups kinds that are not independent of each other: a strong merge needs two
    families, or one rare selector of the families named `strong`. `given` is a small world of tables, `expect` the
    rows that it gives.
    """

    name: str
    version: int
    says: str  # completes "because both ...": "give the phone {via}"
    family: str
    strong: bool
    sql: str
    given: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    expect: Sequence[tuple[str, str, str]] = ()

"""What a measure is given and what it gives: the truth and the found by number of record, and figures by name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from undertow.errors import UserError
from undertow.evaluate.keys import Places
from undertow.evaluate.reading import Tables

Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]

ALONE = -1  # in `Coded.codes`: no group, the record stands alone
UNKNOWN = -2  # the truth does not say; the record is left out of what is measured by it

Better = Literal["up", "down", ""]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: `name` is dotted (`networks.bcubed_f1`), `group` says of what part (`kind=phone`; empty for all).

    `value` is None where nothing could be counted, and `note` says why. `low` and `high` are the middle 95 % of
    resampled values, None where none were made. `n` is what was counted over. `better` is the direction of good.
    """

    name: str
    value: float | None
    group: str = ""
    low: float | None = None
    high: float | None = None
    n: int = 0
    better: Better = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What was measured against what. `truth` is the sha256 of the seal or of the labels; `runs` is by table.

    `held_out` is None where the truth does not say. `broken` names sealed files that are missing or changed.
    """

    kind: Literal["world", "labels"]
    truth: str
    run: str = ""
    runs: Mapping[str, str] | None = None
    version: str = ""
    family: str = ""
    seed: str = ""
    held_out: bool | None = None
    sealed: bool = False
    broken: tuple[str, ...] = ()
    world: Mapping[str, str] | None = None  # what else the seal says of the world


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far truth and workspace speak of the same records; only records in both are measured.

    `missing_in` counts true records that the workspace lacks by their file, or names labels that fit nothing.
    `unknown` counts records of the workspace that the truth does not know.
    """

    true: int
    found: int
    missing: int
    missing_in: Mapping[str, int]
    unknown: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A measure that was not made, and why."""

    measure: str
    why: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one evaluation, with what they are about."""

    about: About
    coverage: Coverage
    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...] = ()

    def figure(self, name: str, group: str = "") -> Figure:
        """The figure of that name and group; raises `UserError` where there is none."""
        for one in self.figures:
            if (one.name, one.group) == (name, group):
                return one
        raise UserError(
            f"no figure {name} {group}".rstrip(), hint="it was left out, or has another group: see `left_out`"
        )

    def value(self, name: str, group: str = "") -> float:
        """The value of a figure; raises `UserError` where there is none or nothing could be counted."""
        one = self.figure(name, group)
        if one.value is None:
            raise UserError(f"{name} has no value", hint=one.note)
        return one.value


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of the truth: a number for every record, and the names that the numbers from 0 stand for."""

    codes: Codes
    names: Sequence[Any]

    def groups(self) -> NDArray[np.int64]:
        """The numbers, with a new one for every record that stands alone; UNKNOWN stays."""
        made = self.codes.astype(np.int64)
        alone = self.codes == ALONE
        made[alone] = len(self.names) + np.arange(int(alone.sum()))
        return made

    def of(self, which: Flags) -> "Coded":
        """The column of some of the records."""
        return Coded(self.codes[which], self.names)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of the records that the workspace holds, numbered from 0; all arrays are by that number.

    `knows` names what it can tell: organised, network, template, sort, language, site, spans, brokers.
    `organised` is 1, 0, or -1 where not known. `actor` numbers those behind the records, a network or who acts
    alone: figures are resampled by actor. `spans` gives pieces with the columns record (a number), field, kind, value,
    start, end, disguise, language. `brokers` has person, kind, value; `broker_records` person, record.
    """

    knows: frozenset[str]
    places: Places
    table: Coded
    posts: Flags
    network: Coded
    template: Coded
    sort: Coded
    language: Coded
    site: Coded
    organised: NDArray[np.int8]
    actor: NDArray[np.int64]
    spans: Callable[[], Iterator[pa.Table]]
    brokers: pa.Table
    broker_records: pa.Table

    def parts(self, which: Flags) -> list[tuple[str, Coded]]:
        """What figures of some of the records are broken down by: the sort of actor, the language, the site."""
        return [(name, getattr(self, name).of(which)) for name in ("sort", "language", "site") if name in self.knows]


@dataclass(frozen=True, slots=True)
class Found:
    """What the stages found on the same records. `network` and `template` are numbers, ALONE where in none.

    `networks` are the ids that numbers of networks stand for: those that hold a record of the truth.
    `top_band` is the name of the first band of leads.
    """

    tables: Tables
    network: Codes
    networks: pa.Array
    template: Codes
    top_band: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: the tables that must exist, what the truth must know, and the function that makes the figures.

    `order` is its place among the others; `title` and `says` stand above its figures on the page.
    """

    name: str
    version: int
    order: int
    title: str
    says: str
    needs: tuple[str, ...]
    asks: tuple[str, ...]
    figures: Callable[[Truth, Found], Iterator[Figure]]

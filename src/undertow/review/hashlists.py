"""What people decided on hash lists: which there are, which version is switched on, and what its hits turned out to be.

Every act is a decision in `decisions.sqlite`, with who, when and why; what stands is the last that was said.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import sqrt
from typing import Literal

from undertow.errors import UserError
from undertow.review.store import Judgement, Store

LIST, HIT = "hash list", "list hit"  # kinds of subject
ANSWERS = ("confirm", "reject")
DISTANCE = 31  # bits: below it ThreatExchange calls two PDQ hashes the same picture (pdq/README)
FURTHEST = 63  # a guess: pictures that have nothing to do with each other were 88 apart at the least

_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")
_Z = 1.96  # of a 95 % interval

Viewed = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Measured:
    """How often a version meets the user's own pictures: `hits` of them, and `near` just beyond the distance.

    `expected` is hits a picture at the most: those seen, and what chance may add (95 %; see `undertow.match.chance`).
    """

    pictures: int
    hits: int
    near: int
    expected: float
    distance: int


@dataclass(frozen=True, slots=True)
class Version:
    """One import: its files among the originals, in their order, how they were read, and what was kept.

    `names` are those that the files came under; empty of a version that was added before they were kept.
    """

    name: str
    files: Sequence[str]
    formats: Sequence[str]
    algorithm: str
    entries: int
    added_at: str
    added_by: str
    because: str
    names: Sequence[str] = ()


@dataclass(slots=True)
class HashList:
    """A list as things stand; `enabled` is the version that is compared, "" where none is."""

    list_id: str
    source: str
    harmless: bool
    distance: int
    versions: list[Version] = field(default_factory=list)
    measured: dict[str, Measured] = field(default_factory=dict)
    enabled: str = ""
    expected: float | None = None  # hits a picture that a person said to expect, above what was measured
    expires: date | None = None
    retracted: set[str] = field(default_factory=set)  # versions

    @property
    def newest(self) -> Version:
        """The version that was added last."""
        return self.versions[-1]

    def state(self, now: datetime) -> str:
        """What stands, in a word: in force, expired, retracted, or off."""
        if self.newest.name in self.retracted and not self.enabled:
            return "retracted"
        if self.expires and now >= ends(self.expires):
            return "expired"
        return "in force" if self.enabled else "off"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said of a hit, and whether they viewed the file to say so."""

    hit_id: str
    answer: str
    viewed: bool
    list_id: str
    entry_id: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the answered hits of a list, how many were right; `low` and `high` bound it (Wilson 1927, 95 %)."""

    confirmed: int
    rejected: int
    share: float | None
    low: float
    high: float


def ends(day: date) -> datetime:
    """When a list that expires on `day` is compared no more: at the end of that day, UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def check_name(list_id: str) -> str:
    """`list_id`, which travels in alerts; raises `UserError` where it is no name."""
    if not _NAME.fullmatch(list_id):
        hint = "write 2 to 40 small letters, digits and hyphens, like ncmec-industry"
        raise UserError(f"{list_id!r} is no name of a list", hint=hint)
    return list_id


def listed(store: Store) -> dict[str, HashList]:
    """Every list by its name, as things stand."""
    held: dict[str, HashList] = {}
    for one, said in _acts(store, LIST):
        if one.verb == "add list":
            _add(held, one, said)
        elif one.subject in held:
            _change(held[one.subject], one.verb, said)
    return dict(sorted(held.items()))


def one_list(store: Store, list_id: str) -> HashList:
    """The list of that name; raises `UserError` where there is none."""
    held = listed(store)
    if list_id not in held:
        raise UserError(f"no hash list {list_id}", hint="`undertow lists show` lists them")
    return held[list_id]


def in_force(store: Store, now: datetime) -> list[HashList]:
    """The lists that are compared now."""
    return [one for one in listed(store).values() if one.state(now) == "in force"]


def answers(store: Store) -> dict[str, Answer]:
    """What was last said of every hit that was answered, by the hit."""
    held: dict[str, Answer] = {}
    for one, said in _acts(store, HIT):
        if one.verb == "undo":
            held.pop(one.subject, None)
        else:
            viewed = said.get("viewed") == "yes"
            about = (said.get("list", ""), said.get("entry", ""))
            held[one.subject] = Answer(one.subject, one.verb, viewed, *about, one.who, one.at)
    return held


def precision(answered: Sequence[Answer]) -> Precision:
    """How often these hits were right."""
    right = sum(one.answer == "confirm" for one in answered)
    count = len(answered)
    if not count:
        return Precision(0, 0, None, 0.0, 1.0)
    share, z2 = right / count, _Z * _Z
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = _Z * sqrt(share * (1 - share) / count + z2 / (4 * count * count)) / (1 + z2 / count)
    return Precision(right, count - right, share, max(0.0, middle - half), min(1.0, middle + half))


def _acts(store: Store, kind: str) -> Iterator[tuple[Judgement, Mapping[str, str]]]:
    details = store.details()
    for one in store.judgements():
        if one.subject_kind == kind:
            yield one, details.get(one.number, {})


def _add(held: dict[str, HashList], one: Judgement, said: Mapping[str, str]) -> None:
    version = Version(
        said["version"],
        said["files"].split(),
        said["formats"].split(),
        said["algorithm"],
        int(said["entries"]),
        one.at,
        one.who,
        one.because,
        json.loads(said.get("names") or "[]"),
    )
    known = held.setdefault(one.subject, HashList(one.subject, "", False, DISTANCE))
    known.source, known.harmless = said["source"] or known.source, said["harmless"] == "yes"
    known.distance = int(said["distance"])
    known.versions.append(version)


def _change(known: HashList, verb: str, said: Mapping[str, str]) -> None:
    if verb == "measure list":
        figures = (int(said["pictures"]), int(said["hits"]), int(said["near"]))
        known.measured[said["version"]] = Measured(*figures, float(said["expected"]), int(said["distance"]))
    elif verb == "enable list":
        known.enabled, known.distance = said["version"], int(said["distance"])
        known.expected = float(said["expected"]) if said.get("expected") else None
    elif verb == "disable list":
        known.enabled = ""
    elif verb == "expire list":
        known.expires = date.fromisoformat(said["day"]) if said["day"] else None
    elif verb == "retract list":
        known.retracted |= set(said["versions"].split())
        known.enabled = "" if known.enabled in known.retracted else known.enabled

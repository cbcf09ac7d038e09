"""What goes in and out, as the OpenAPI page says it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from undertow.answering import Match

Algorithm = Literal["pdq", "md5", "sha1", "sha256", "sha512"]


class Hash(BaseModel):
    """A hash to look up, in hexadecimal digits."""

    model_config = ConfigDict(extra="forbid")
    algorithm: Algorithm
    value: str = Field(max_length=200)


class Hashes(BaseModel):
    """Hashes to look up at once."""

    model_config = ConfigDict(extra="forbid")
    hashes: list[Hash] = Field(min_length=1)


class Hit(BaseModel):
    """An entry that is near enough; `outweighed` says why it is no hit, and is empty where it is one."""

    list_id: str
    list_version: str
    entry_id: str
    content_id: int
    algorithm: str
    distance: int
    orientation: str
    label: str
    disputed: bool
    outweighed: str


class Answer(BaseModel):
    """What a hash or picture meets. A hit is a lead for a person, never a verdict; `error` says why none was sought."""

    hits: list[Hit] = []
    outweighed: list[Hit] = []
    error: str = ""


class Answers(BaseModel):
    """An answer a hash, in the order of asking."""

    answers: list[Answer]


class PictureAnswer(Answer):
    """`quality` is 0 to 100; of a picture below 50 only the exact hashes are compared."""

    quality: int
    pipeline: str


class Problem(BaseModel):
    """Why a request was refused, and what to do."""

    error: str
    hint: str


class BankEntry(BaseModel):
    """An entry as Hasher-Matcher-Actioner names it."""

    bank_content_id: int
    distance: str


class Raw(BaseModel):
    """An entry without its list."""

    content_id: int
    distance: str


class RawMatches(BaseModel):
    """All that is met, on any list."""

    matches: list[int] | list[Raw]


def answer(found: Sequence[Match]) -> Answer:
    """What was found, with what is outweighed apart."""
    rows = [Hit(**asdict(one)) for one in found]
    return Answer(hits=[one for one in rows if not one.outweighed], outweighed=[one for one in rows if one.outweighed])


def banks(found: Sequence[Match], algorithm: str) -> dict[str, list[BankEntry]]:
    """Hits by the name of their list; what is outweighed is left out, as this shape has no word for it."""
    held: dict[str, list[BankEntry]] = {}
    for one in _hits(found, algorithm):
        entry = BankEntry(bank_content_id=one.content_id, distance=str(one.distance))
        held.setdefault(one.list_id, []).append(entry)
    return held


def raw(found: Sequence[Match], algorithm: str, *, distance: bool) -> RawMatches:
    """Hits without their lists."""
    hits = _hits(found, algorithm)
    if not distance:
        return RawMatches(matches=[one.content_id for one in hits])
    return RawMatches(matches=[Raw(content_id=one.content_id, distance=str(one.distance)) for one in hits])


def _hits(found: Sequence[Match], algorithm: str) -> list[Match]:
    return [one for one in found if not one.outweighed and one.algorithm == algorithm]

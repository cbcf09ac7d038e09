"""The door through which the match service asks: lists in force, held in memory, and pictures of callers, hashed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from undertow import relisting
from undertow.errors import UndertowError, UserError
from undertow.match import lists
from undertow.match.hygiene import DIGITS, wrong
from undertow.pictures.hashing import ORIENTATIONS, QUALITY, PictureError, PictureHash
from undertow.pictures.worker import SECONDS, Hasher
from undertow.review import callers, hashlists
from undertow.review.callers import Caller, Counted

if TYPE_CHECKING:
    from undertow.workspace import Workspace

__all__ = [
    "ALGORITHMS",
    "QUALITY",
    "Caller",
    "Counted",
    "Hashers",
    "Lists",
    "Match",
    "Picture",
    "PictureError",
    "Service",
    "UndertowError",
    "asked",
    "digest",
]  # fmt: skip

ALGORITHMS = tuple(DIGITS)
digest = callers.digest

Asked = lists.Asked


@dataclass(frozen=True, slots=True)
class Match:
    """An entry of a list that a hash meets; `outweighed` says why it is no hit, "" where it is one.

    `content_id` is a whole number below 2^53, the same in every version of the list: for callers that know numbers.
    """

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


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture that was asked for is compared by; its bytes are gone when this is made."""

    quality: int
    pipeline: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists in force at one time; never changed, so that a question meets all of one state."""

    books: tuple[lists.Book, ...] = ()
    until: datetime | None = None  # when the first entry expires

    def look(self, some: Sequence[Asked]) -> dict[str, list[Match]]:
        """What each meets, by its `picture_id`, the nearest first; what a list of harmless pictures knows is no hit."""
        found: dict[str, list[Match]] = {one.picture_id: [] for one in some}
        known: dict[str, str] = {}
        for book in self.books:
            for row in lists.rows_of(book, some):
                if book.terms.harmless:
                    known.setdefault(row["picture_id"], book.terms.list_id)
                found[row["picture_id"]].append(_match(row, known.get(row["picture_id"], "")))
        return {
            name: sorted(rows, key=lambda one: (one.distance, one.list_id, one.entry_id))
            for name, rows in found.items()
        }


@dataclass(frozen=True, slots=True)
class Service:
    """A workspace as the match service sees it."""

    workspace: "Workspace"

    def callers(self) -> dict[str, Caller]:
        """Callers by how their keys are stored; without those that were revoked."""
        return {one.key: one for one in callers.every(self.workspace.decisions).values() if not one.revoked}

    def count(self, counted: dict[Counted, int]) -> None:
        """Keeps what callers asked, by day."""
        callers.count(self.workspace.decisions, counted)

    def lists(self, held: Lists = Lists()) -> Lists:
        """The lists in force now; what `held` has already and did not change is not read again."""
        now = datetime.now(UTC)
        terms = [_terms(one, now) for one in hashlists.in_force(self.workspace.decisions, now)]
        wanted = sorted(terms, key=lambda one: (not one.harmless, one.list_id))
        fresh = held.until is None or now < held.until
        by_key = {_key(book.terms): book for book in held.books} if fresh else {}
        if [*by_key] == [_key(one) for one in wanted] and held.books:
            return held
        relisting.restore(self.workspace)
        with self.workspace.reading() as engine:
            books = tuple(by_key.get(_key(one)) or lists.opened(engine, one) for one in wanted)
        return Lists(books, min(filter(None, map(_first_end, books)), default=None))


@dataclass(slots=True)
class Hashers:
    """So many processes that hash pictures of strangers; whoever asks while all are at work waits.

    A picture goes to the process over a socket and is in no file.
    """

    count: int = 2
    _free: "SimpleQueue[Hasher]" = field(default_factory=SimpleQueue)
    _all: list[Hasher] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._all = [Hasher(film=SECONDS) for _ in range(self.count)]  # a video of a stranger may not take longer
        for one in self._all:
            self._free.put(one)

    def hash(self, data: bytes) -> Picture:
        """What to look a picture up by; raises `PictureError` where it is none."""
        with self._one() as hash_picture:
            return _picture(hash_picture(data))

    def close(self) -> None:
        """Ends the processes."""
        for one in self._all:
            one.close()

    @contextmanager
    def _one(self) -> Iterator[Callable[[bytes], PictureHash]]:
        one = self._free.get()
        try:
            yield one.hash
        finally:
            self._free.put(one)


def asked(name: str, algorithm: str, value: str) -> Asked:
    """A question; raises `UserError`, which does not repeat the hash, where it cannot be compared."""
    value = value.strip().lower()
    reason = wrong(algorithm, value)
    if reason:
        raise UserError(reason, hint="hashes are written in hexadecimal digits; kinds: " + ", ".join(ALGORITHMS))
    return Asked(name, algorithm, value)


def _picture(made: PictureHash) -> Picture:
    questions = [Asked("", "sha256", made.sha256), Asked("", "md5", made.md5)]
    looks = [(made.quality, made.orientations), *((face.quality, face.orientations) for face in made.faces)]
    for quality, orientations in looks:
        if quality >= QUALITY:
            for turned, value in zip(ORIENTATIONS, orientations, strict=True):
                questions.append(Asked("", lists.PDQ, value, "" if turned == ORIENTATIONS[0] else turned))
    questions += [Asked("", lists.PDQ, value, what) for what, value in made.nearby]
    return Picture(made.quality, made.pipeline, tuple(questions))


def _terms(one: hashlists.HashList, now: datetime) -> lists.Terms:
    distance = one.measured[one.enabled].distance
    return lists.Terms(one.list_id, one.enabled, distance, one.harmless, 0.0, now)


def _key(terms: lists.Terms) -> tuple[str, str, int, bool]:
    return (terms.list_id, terms.list_version, terms.distance, terms.harmless)


def _first_end(book: lists.Book) -> datetime | None:
    ends: pa.Scalar = pc.min(book.entries["expires_at"])
    return ends.as_py()


def _match(row: lists.Row, known: str) -> Match:
    number = int(sha256(f"{row['list_id']}\x1f{row['entry_id']}".encode("utf-8", "surrogatepass")).hexdigest()[:13], 16)
    return Match(
        row["list_id"],
        row["list_version"],
        row["entry_id"],
        number,
        row["algorithm"],
        row["distance"],
        row["orientation"],
        row["label"],
        row["disputed"],
        f"the list {known} knows it to be harmless" if known else "",
    )

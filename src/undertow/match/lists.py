"""Compares pictures with the hash lists that are switched on. A hit is a lead for a person, never a verdict."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from undertow import ids, tables
from undertow.engine.base import Engine
from undertow.events import Emit, Event
from undertow.match import chance
from undertow.match.hygiene import wrong
from undertow.match.pictures import faces, nearby
from undertow.pictures.hashing import ORIENTATIONS, QUALITY

STAGE = "match"
PDQ = "pdq"
_AT_ONCE = 4096  # hashes that are looked up together

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Terms:
    """A list that is switched on: how far a PDQ hash may differ, and how many hits a picture are expected."""

    list_id: str
    list_version: str
    distance: int
    harmless: bool
    expected: float
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A hash of a picture; `turned` says which look of it was hashed, and how that was turned."""

    picture_id: str
    algorithm: str
    value: str
    turned: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A hash that is on a list: the row of the entry, and how many bits differ."""

    asked: Asked
    entry: int
    distance: int


class Book:
    """The entries of one list, ready to be asked; ids are rows of `entries` (columns of the table `list_entries`)."""

    def __init__(self, terms: Terms, entries: pa.Table) -> None:
        from undertow.match.hamming import HammingIndex

        ended = pc.fill_null(pc.less_equal(entries["expires_at"], pa.scalar(terms.as_of)), False)
        self.terms = terms
        self.entries = entries.filter(pc.invert(ended))
        is_pdq = pc.equal(self.entries["algorithm"], PDQ)
        rows = pa.array(range(self.entries.num_rows), pa.int64())
        self.index = HammingIndex()
        if pc.any(is_pdq).as_py():
            self.index.add(self.entries["value"].filter(is_pdq).to_pylist(), rows.filter(is_pdq.combine_chunks()))
        exact = self.entries.select(["algorithm", "value"]).to_pylist() if len(self.index) < len(rows) else []
        self.equal = {(one["algorithm"], one["value"]): row for row, one in enumerate(exact) if one["algorithm"] != PDQ}

    def near(self, asked: Sequence[Asked], distance: int) -> Iterator[Found]:
        """Every entry within `distance` bits of a PDQ hash, and every one that another hash is equal to."""
        for one in asked:
            row = self.equal.get((one.algorithm, one.value)) if one.algorithm != PDQ else None
            if row is not None:
                yield Found(one, row, 0)
        pictures = [one for one in asked if one.algorithm == PDQ] if len(self.index) else []
        for start in range(0, len(pictures), _AT_ONCE):
            some = pictures[start : start + _AT_ONCE]
            for one, found in zip(some, self.index.search_many([one.value for one in some], distance), strict=True):
                yield from (Found(one, int(row), bits) for row, bits in found)

    def hits(self, asked: Sequence[Asked]) -> list[Found]:
        """The hits of this list: of several orientations of a picture the one that is most alike, one an entry."""
        best: dict[tuple[str, int], Found] = {}
        for one in self.near(asked, self.terms.distance):
            key = (one.asked.picture_id, one.entry)
            if key not in best or (one.distance, one.asked.turned) < (best[key].distance, best[key].asked.turned):
                best[key] = one
        return sorted(best.values(), key=lambda one: (one.asked.picture_id, one.distance, one.entry))


def measure(book: Book, asked: Sequence[Asked]) -> chance.Rate:
    """How often the list meets these pictures, and how often it nearly does; see `undertow.match.chance`."""
    nearest: dict[str, int] = {}
    for one in book.near(asked, book.terms.distance * chance.RING):
        held = nearest.get(one.asked.picture_id, one.distance)
        nearest[one.asked.picture_id] = min(held, one.distance)
    hits = sum(distance <= book.terms.distance for distance in nearest.values())
    pictures = len({one.picture_id for one in asked})
    return chance.rate(pictures, hits, len(nearest) - hits, exact=not len(book.index))


def compare(engine: Engine, asked: Sequence[Asked], emit: Emit) -> None:
    """Writes `list_hits` of these hashes; a flood is held back and told in `rejects`."""
    in_force = terms_of(engine.fetch(engine.read("lists_in_force")))
    rows: list[dict[str, Any]] = []
    for number, terms in enumerate(sorted(in_force, key=lambda one: (not one.harmless, one.list_id)), 1):
        found = rows_of(opened(engine, terms), asked)
        rows += found
        emit(Event(STAGE, "hash lists", number, len(in_force), "lists", {"hits": len(found)}))
    settled, floods = settle(rows, in_force, len({one.picture_id for one in asked}))
    engine.write("list_hits", pa.Table.from_pylist(settled, tables.TABLES["list_hits"].schema))
    if floods:
        engine.write("rejects", pa.Table.from_pylist(floods, tables.TABLES["rejects"].schema))


def terms_of(rows: pa.Table) -> list[Terms]:
    """The rows of the table `lists_in_force`."""
    names = ("list_id", "list_version", "distance", "harmless", "expected", "as_of")
    return [Terms(*(row[name] for name in names)) for row in rows.to_pylist()]


def asked(engine: Engine) -> list[Asked]:
    """The hashes that the records of pictures bear, in a fixed order: of their bytes, and of every look, laid each way.

    A look whose quality is below `QUALITY` is noise and is not asked for; a list of hashes may not say the quality.
    """
    columns = ("picture_id", "sha256", "md5", "pdq", "quality", "faces", "nearby")
    rows = engine.fetch(engine.read("pictures"), columns).sort_by("picture_id").to_pylist()
    found = dict.fromkeys(one for row in rows for one in _of(row) if not wrong(one.algorithm, one.value))
    return sorted(found, key=lambda one: (one.picture_id, one.algorithm, one.value, one.turned))


def _of(row: Row) -> Iterator[Asked]:
    name = row["picture_id"]
    for algorithm in ("sha256", "md5"):
        if value := (row[algorithm] or "").strip().lower():
            yield Asked(name, algorithm, value)
    own = (row["pdq"] or "").strip().lower()
    if own and (row["quality"] is None or row["quality"] >= QUALITY):
        yield Asked(name, PDQ, own)
    for what, laid in faces(row["faces"] or ""):
        for way, value in zip(ORIENTATIONS, laid, strict=True):
            turned = ", ".join(said for said in (what, way) if said not in ("whole", ORIENTATIONS[0]))
            if value != own:
                yield Asked(name, PDQ, value, turned)
    for what, value in nearby(row["nearby"] or ""):
        yield Asked(name, PDQ, value, what)


def opened(engine: Engine, terms: Terms) -> Book:
    """The entries of a list as a book."""
    listed = f"list_id = '{terms.list_id}' AND list_version = '{terms.list_version}'"
    entries = engine.fetch(engine.query(f"SELECT * FROM list_entries WHERE {listed}"))
    return Book(terms, entries.sort_by([("algorithm", "ascending"), ("value", "ascending")]))


def rows_of(book: Book, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """The hits of a list as rows of the table `list_hits`."""
    found = book.hits(asked)
    if not found:
        return []
    entries = book.entries.take(pa.array([one.entry for one in found], pa.int64())).to_pylist()
    return [
        {
            "hit_id": "h" + ids.digest(one.asked.picture_id, book.terms.list_id, entry["entry_id"], entry["algorithm"]),
            "picture_id": one.asked.picture_id,
            "list_id": book.terms.list_id,
            "list_version": book.terms.list_version,
            "entry_id": entry["entry_id"],
            "algorithm": entry["algorithm"],
            "distance": one.distance,
            "orientation": one.asked.turned,
            "method": "hamming" if entry["algorithm"] == PDQ else "equal",
            "label": entry["label"],
            "disputed": entry["disputed"],
            "state": "open",
            "because": "",
        }
        for one, entry in zip(found, entries, strict=True)
    ]


def settle(
    rows: Sequence[dict[str, Any]], in_force: Sequence[Terms], pictures: int
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """The rows, one a hit, with their state, and a reject for every list that gave a flood.

    A list of harmless pictures that gives a flood outweighs nothing.
    """
    terms = {one.list_id: one for one in in_force}
    nearest: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["hit_id"], row["distance"])):
        nearest.setdefault(row["hit_id"], row)
    hit: dict[str, set[str]] = {}
    for row in nearest.values():
        hit.setdefault(row["list_id"], set()).add(row["picture_id"])
    floods = {name: why for name, found in hit.items() if (why := flood(terms[name], len(found), pictures))}
    known = {
        row["picture_id"]: row["list_id"]
        for row in sorted(nearest.values(), key=lambda row: str(row["list_id"]), reverse=True)
        if terms[row["list_id"]].harmless and row["list_id"] not in floods
    }
    return [_state(row, terms, floods, known) for row in nearest.values()], [
        {"original_id": "", "position": name, "stage": STAGE, "reason": why, "excerpt": ""}
        for name, why in sorted(floods.items())
    ]


def flood(terms: Terms, hits: int, pictures: int) -> str:
    """Why the hits of a list are held back; "" where they are not."""
    most = chance.most(terms.expected, pictures)
    if hits <= most:
        return ""
    return (
        f"held back: the hash list {terms.list_id} hits {hits:,} of {pictures:,} pictures, "
        f"where at most {most:,} were expected"
    )


def _state(
    row: dict[str, Any], terms: Mapping[str, Terms], floods: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, Any]:
    if row["list_id"] in floods:
        return row | {"state": "held", "because": floods[row["list_id"]]}
    if terms[row["list_id"]].harmless:
        return row | {"state": "outweighed", "because": "what is on this list is known to be harmless"}
    if row["picture_id"] in known:
        why = f"the list {known[row['picture_id']]} knows the picture to be harmless"
        return row | {"state": "outweighed", "because": why}
    return row

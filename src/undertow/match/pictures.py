"""Pictures that are the same: by their bytes, and by a perceptual hash within `DISTANCE` bits whatever way they lie.

Never all pairs: equal files are folded into one, each is asked of the index once for every look, and every picture gets
one row: the picture that it is like. That one is the picture with most others near it, so a group is a star and not a
chain along which a picture turns into another by small steps.

A video is a picture whose looks are its frames, one a second. A still picture is like it where it is like one of them;
two videos are alike where most frames of the one are found in the other, as vPDQ has it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import orjson
import pyarrow as pa

from undertow import tables
from undertow.engine.base import Engine
from undertow.events import Emit, Event, silent
from undertow.match.hamming import DISTANCE, HammingIndex
from undertow.pictures.hashing import ORIENTATIONS, QUALITY

STAGE = "match"
TABLE = "picture_matches"
SHARE = 0.8  # of the frames of one of two videos; ThreatExchange's vPDQ extension asks for 80 % of those that are asked
NEAREST = 1000  # others that one look is compared with: who has more is the middle of a group already
_COLUMNS = ("picture_id", "sha256", "pdq", "quality", "pipeline", "faces", "nearby")
_BATCH = 4096  # looks asked at once
_DIGITS = frozenset("0123456789abcdef")

Row = Mapping[str, object]
Near = dict[int, "Meeting"]
"""Another picture, and how the asking one is like it."""

_FRAME = re.compile(r"frame at ([0-9.]+) s")


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """How a picture is like another: by how many bits, laid how; at which second of a video, and of the other."""

    bits: int
    way: int
    own: float = 0.0
    other: float = 0.0

    @property
    def back(self) -> "Meeting":
        """The same as the other picture has it."""
        return Meeting(self.bits, _BACK[self.way], self.other, self.own)


@dataclass(frozen=True, slots=True)
class Picture:
    """Records of one hash, or of equal bytes; `looks` are hashes as they lie, each with its eight orientations.

    `records` are the records with their sha256, the first one before the others; `nearby` are hashes after it was
    cropped or turned a little; `moments` are the seconds at which a video has its looks, empty for a still picture.
    """

    records: tuple[tuple[str, str], ...]
    pipeline: str
    looks: tuple[tuple[str, tuple[str, ...]], ...]
    nearby: tuple[str, ...] = ()
    moments: tuple[float, ...] = ()


def run(engine: Engine, emit: Emit = silent) -> None:
    """Reads `pictures`; writes `picture_matches`. What is like nothing has no row."""
    rows = engine.fetch(engine.read("pictures"), _COLUMNS).sort_by("picture_id").to_pylist()
    pictures = folded(rows)
    made = list(_rows(pictures, stars(near(pictures))))
    schema = tables.TABLES[TABLE].schema
    columns = list(zip(*made, strict=True)) if made else [()] * len(schema)
    engine.write(
        TABLE,
        pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema).sort_by(
            "picture_id"
        ),
    )
    emit(Event(STAGE, "pictures", len(rows), unit="pictures", facts={"alike": len(made)}))


def folded(rows: Sequence[Row]) -> list[Picture]:
    """One picture for all records of one hash, and for those that say nothing but of whose bytes a hash is known.

    A record without a hash of quality 50, and a video, is folded with others of its sha256 alone; one without either is
    left out.
    """
    own = [next(_looks(row), ("", ()))[0] for row in rows]
    bytes_of = [_sha256(row) for row in rows]
    known = {sha256: pdq for sha256, pdq in zip(reversed(bytes_of), reversed(own), strict=True) if sha256 and pdq}
    groups: dict[str, list[Row]] = {}
    for row, pdq, sha256 in zip(rows, own, bytes_of, strict=True):
        key = ("" if _moves(row) else pdq or known.get(sha256)) or (f"bytes {sha256}" if sha256 else "")
        if key:
            groups.setdefault(key, []).append(row)
    return [_picture(group) for group in groups.values()]


def _picture(rows: Sequence[Row]) -> Picture:
    looks: dict[str, tuple[str, ...]] = {}
    first: dict[str, float] = {}
    for row in rows:
        for pdq, laid in _looks(row):
            if len(laid) > len(looks.get(pdq, ())):
                looks[pdq] = laid
        for what, laid in faces(str(row["faces"] or "")) if _moves(row) else ():
            first.setdefault(laid[0], moment(what))
    pipeline = max((str(row["pipeline"] or "") for row in rows), default="")
    little = dict.fromkeys(hashed for row in rows for _, hashed in nearby(str(row.get("nearby") or "")))
    records = tuple((str(row["picture_id"]), _sha256(row)) for row in rows)
    kept = tuple(sorted(looks.items()))
    moments = tuple(first.get(pdq, 0.0) for pdq, _ in kept) if first else ()
    return Picture(records, pipeline, kept, tuple(one for one in little if one not in looks), moments)


def _moves(row: Row) -> bool:
    """Whether a record is a video's: some look of it is a frame at a later second."""
    return _FRAME.search(str(row["faces"] or "")) is not None


def moment(what: str) -> float:
    """The second at which a look of a video is seen; its first frame is called as a picture is."""
    found = _FRAME.match(what)
    return float(found[1]) if found else 0.0


def _sha256(row: Row) -> str:
    said = str(row["sha256"] or "").strip().lower()
    return said if _is_hash(said) else ""


def _looks(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Hashes that say something: of quality 50 and more, or from a list that keeps no quality."""
    pdq, quality = str(row["pdq"] or "").strip().lower(), row["quality"]
    if _is_pdq(pdq) and (quality is None or int(str(quality)) >= QUALITY):
        yield pdq, (pdq,)
    for _, laid in faces(str(row["faces"] or "")):
        yield laid[0], laid


def faces(said: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The looks in a record's column `faces` that say something: what each is, and its hashes laid each way."""
    try:
        for face in orjson.loads(said or "[]"):
            laid = tuple(str(one).lower() for one in face["orientations"])
            if int(face["quality"]) >= QUALITY and len(laid) == len(ORIENTATIONS) and all(map(_is_pdq, laid)):
                yield str(face["what"]), laid
    except (ValueError, KeyError, TypeError):
        return


def nearby(said: str) -> list[tuple[str, str]]:
    """What a record's column `nearby` says: what was done to the picture, and its hash then."""
    try:
        return [(str(what), str(hashed).lower()) for what, hashed in orjson.loads(said or "[]") if _is_pdq(str(hashed))]
    except (ValueError, TypeError):
        return []


def _is_hash(text: str) -> bool:
    return len(text) == 64 and _DIGITS.issuperset(text)


def _is_pdq(text: str) -> bool:
    """Every hash that the method makes has 128 ones; another is damaged, or of another kind."""
    return _is_hash(text) and int(text, 16).bit_count() == 128


def near(pictures: Sequence[Picture]) -> list[Near]:
    """For each picture the others within the distance; both ways, as one may find what the other does not."""
    index = HammingIndex()
    little = [(pdq, number, 0, 0.0) for number, picture in enumerate(pictures) for pdq in picture.nearby]
    laid = [
        (pdq, number, way, at)
        for number, picture in enumerate(pictures)
        for (_, ways), at in zip(picture.looks, picture.moments or repeat(0.0), strict=False)
        for way, pdq in enumerate(ways)
    ]
    held = [one for one in laid if one[2] == 0] + little
    index.add([pdq for pdq, *_ in held], range(len(held)))
    asked, found = laid + little, _Found(pictures, [{} for _ in pictures])
    for begin in range(0, len(asked), _BATCH):
        some = asked[begin : begin + _BATCH]
        answers = index.search_many([pdq for pdq, *_ in some], DISTANCE)
        for (_, number, way, at), answer in zip(some, answers, strict=True):
            for entry, bits in answer[:NEAREST]:
                _, other, _, then = held[int(entry)]
                if other != number:
                    found.meet(number, other, Meeting(bits, way, at, then))
    return found.settled()


@dataclass(slots=True)
class _Found:
    """What was found so far; of two videos also which frames were found in the other."""

    pictures: Sequence[Picture]
    near: list[Near]
    frames: dict[tuple[int, int], set[float]] = field(default_factory=dict)

    def meet(self, number: int, other: int, how: Meeting) -> None:
        """Keeps the nearest, for both."""
        _keep(self.near[number], other, how)
        _keep(self.near[other], number, how.back)
        if self.pictures[number].moments and self.pictures[other].moments:
            self.frames.setdefault((number, other), set()).add(how.own)
            self.frames.setdefault((other, number), set()).add(how.other)

    def settled(self) -> list[Near]:
        """Without the pairs of videos that share too few frames: a logo, a black second."""
        for one, other in self.frames:
            if not (self._most(one, other) or self._most(other, one)):
                self.near[one].pop(other, None)
                self.near[other].pop(one, None)
        return self.near

    def _most(self, one: int, other: int) -> bool:
        return len(self.frames[one, other]) >= SHARE * len(set(self.pictures[one].moments))


_BACK = (0, 3, 2, 1, 4, 5, 6, 7)  # the orientation that undoes one: a turn to the left is undone by one to the right


def _keep(held: Near, other: int, how: Meeting) -> None:
    if other not in held or how < held[other]:
        held[other] = how


def stars(found: Sequence[Near]) -> dict[int, tuple[int, Meeting]]:
    """For each picture that is like another: which, and how it is to be laid to be like it; a middle is like itself."""
    like: dict[int, tuple[int, Meeting]] = {}
    for middle in sorted(range(len(found)), key=lambda number: (-len(found[number]), number)):
        if middle in like:
            continue
        free = {other: how for other, how in found[middle].items() if other not in like}
        if free:
            like[middle] = (middle, Meeting(0, 0))
            like |= {other: (middle, how.back) for other, how in free.items()}
    return like


def _alike(one: Picture, other: Picture) -> bool:
    """Whether two pictures meet as they are, however they lie."""
    pairs = ((a, b) for first, second in ((one, other), (other, one)) for _, ways in first.looks for a in ways
             for b, _ in second.looks)  # fmt: skip
    return any((int(a, 16) ^ int(b, 16)).bit_count() <= DISTANCE for a, b in pairs)


def _rows(pictures: Sequence[Picture], like: Mapping[int, tuple[int, Meeting]]) -> Iterator[tuple[object, ...]]:
    """A row for every record that is the same as another, and for that one."""
    for number, picture in enumerate(pictures):
        middle, how = like.get(number, (number, Meeting(0, 0)))
        if number not in like and len(picture.records) == 1:
            continue
        other, sha256 = pictures[middle].records[0]
        alike = number == middle or _alike(picture, pictures[middle])
        pipelines = dict.fromkeys(filter(None, (picture.pipeline, pictures[middle].pipeline)))
        seconds = how.own if picture.moments else None, how.other if pictures[middle].moments else None
        for record, own in picture.records:
            method = "sha256" if own and own == sha256 else "pdq" if alike else "pdq nearby"
            yield record, other, how.bits, method, ORIENTATIONS[how.way], "; ".join(pipelines), *seconds

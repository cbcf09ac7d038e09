"""Pictures that are the same: by their bytes, and by a perceptual hash within `DISTANCE` bits whatever way they lie.

Never all pairs: equal files are folded into one, each is asked of the index once for every look, and every picture gets
one row: the picture that it is like. That one is the picture with most others near it, so a group is a star and not a
chain along which a picture turns into another by small steps.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson
import pyarrow as pa

from undertow import tables
from undertow.engine.base import Engine
from undertow.events import Emit, Event, silent
from undertow.match.hamming import DISTANCE, HammingIndex
from undertow.pictures.hashing import ORIENTATIONS, QUALITY

STAGE = "match"
TABLE = "picture_matches"
NEAREST = 1000  # others that one look is compared with: who has more is the middle of a group already
_COLUMNS = ("picture_id", "sha256", "pdq", "quality", "pipeline", "faces", "nearby")
_BATCH = 4096  # looks asked at once
_DIGITS = frozenset("0123456789abcdef")

Row = Mapping[str, object]
Near = dict[int, tuple[int, int]]
"""Another picture, how many bits away, and the orientation of the asking one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Records of one hash, or of equal bytes; `looks` are hashes as they lie, each with its eight orientations.

    `records` are the records with their sha256, the first one before the others; `nearby` are hashes after it was
    cropped or turned a little.
    """

    records: tuple[tuple[str, str], ...]
    pipeline: str
    looks: tuple[tuple[str, tuple[str, ...]], ...]
    nearby: tuple[str, ...] = ()


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

    A record without a hash of quality 50 is folded with others of its sha256 alone, one without either is left out.
    """
    own = [next(_looks(row), ("", ()))[0] for row in rows]
    bytes_of = [_sha256(row) for row in rows]
    known = {sha256: pdq for sha256, pdq in zip(reversed(bytes_of), reversed(own), strict=True) if sha256 and pdq}
    groups: dict[str, list[Row]] = {}
    for row, pdq, sha256 in zip(rows, own, bytes_of, strict=True):
        key = pdq or known.get(sha256) or (f"bytes {sha256}" if sha256 else "")
        if key:
            groups.setdefault(key, []).append(row)
    return [_picture(group) for group in groups.values()]


def _picture(rows: Sequence[Row]) -> Picture:
    looks: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for pdq, laid in _looks(row):
            if len(laid) > len(looks.get(pdq, ())):
                looks[pdq] = laid
    pipeline = max((str(row["pipeline"] or "") for row in rows), default="")
    little = dict.fromkeys(hashed for row in rows for _, hashed in nearby(str(row.get("nearby") or "")))
    records = tuple((str(row["picture_id"]), _sha256(row)) for row in rows)
    return Picture(records, pipeline, tuple(sorted(looks.items())), tuple(one for one in little if one not in looks))


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
    little = [(pdq, number) for number, picture in enumerate(pictures) for pdq in picture.nearby]
    held = [(pdq, number) for number, picture in enumerate(pictures) for pdq, _ in picture.looks] + little
    index.add([pdq for pdq, _ in held], [number for _, number in held])
    asked = [
        (laid, number, way)
        for number, picture in enumerate(pictures)
        for _, ways in picture.looks
        for way, laid in enumerate(ways)
    ] + [(laid, number, 0) for laid, number in little]
    found: list[Near] = [{} for _ in pictures]
    for begin in range(0, len(asked), _BATCH):
        some = asked[begin : begin + _BATCH]
        answers = index.search_many([laid for laid, _, _ in some], DISTANCE)
        for (_, number, way), answer in zip(some, answers, strict=True):
            for other, bits in answer[:NEAREST]:
                if other != number:
                    _keep(found[number], int(other), bits, way)
                    _keep(found[int(other)], number, bits, _BACK[way])
    return found


_BACK = (0, 3, 2, 1, 4, 5, 6, 7)  # the orientation that undoes one: a turn to the left is undone by one to the right


def _keep(held: Near, other: int, bits: int, way: int) -> None:
    if other not in held or (bits, way) < held[other]:
        held[other] = (bits, way)


def stars(found: Sequence[Near]) -> dict[int, tuple[int, int, int]]:
    """For each picture that is like another: which, how many bits away, and laid how; a middle is like itself."""
    like: dict[int, tuple[int, int, int]] = {}
    for middle in sorted(range(len(found)), key=lambda number: (-len(found[number]), number)):
        if middle in like:
            continue
        free = {other: said for other, said in found[middle].items() if other not in like}
        if free:
            like[middle] = (middle, 0, 0)
            like |= {other: (middle, bits, _BACK[way]) for other, (bits, way) in free.items()}
    return like


def _alike(one: Picture, other: Picture) -> bool:
    """Whether two pictures meet as they are, however they lie."""
    pairs = ((a, b) for first, second in ((one, other), (other, one)) for _, ways in first.looks for a in ways
             for b, _ in second.looks)  # fmt: skip
    return any((int(a, 16) ^ int(b, 16)).bit_count() <= DISTANCE for a, b in pairs)


def _rows(pictures: Sequence[Picture], like: Mapping[int, tuple[int, int, int]]) -> Iterator[tuple[object, ...]]:
    """A row for every record that is the same as another, and for that one."""
    for number, picture in enumerate(pictures):
        middle, bits, way = like.get(number, (number, 0, 0))
        if number not in like and len(picture.records) == 1:
            continue
        other, sha256 = pictures[middle].records[0]
        alike = number == middle or _alike(picture, pictures[middle])
        pipelines = dict.fromkeys(filter(None, (picture.pipeline, pictures[middle].pipeline)))
        for record, own in picture.records:
            method = "sha256" if own and own == sha256 else "pdq" if alike else "pdq nearby"
            yield record, other, bits, method, ORIENTATIONS[way], "; ".join(pipelines)

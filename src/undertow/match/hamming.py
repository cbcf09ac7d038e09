"""Every hash within some bits of another, exactly: multi-index hashing (Norouzi, Punjani and Fleet 2012).

Two hashes that differ in at most d of 256 bits differ little in one of m pieces: if the pieces may differ in
r_1 ... r_m bits and these with m together make more than d, one of them holds. So each piece is a table, asked for the
values within its r. An approximate index is no choice where a miss is a missed child.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any, Self, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from undertow.errors import OutsideError, UserError
from undertow.match import kernels

BITS, BYTES = 256, 32
DISTANCE = 30  # every PDQ hash has 128 ones, so distances are even and the published 31 is 30
_PLAIN = 8192  # hashes that are looked at one by one: less work than asking the tables
_MERGE = 4  # parts are joined unless the older is so many times larger
_VERSION = 1

Words = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Id = str | int


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows with the tables of their pieces; `rows` is by piece."""

    words: Words
    edges: Ints
    starts_at: Ints
    starts: npt.NDArray[np.uint32]
    rows: npt.NDArray[np.uint32]

    def near(self, asked: Words, limit: int) -> Ints:
        radii = _radii(len(self.edges) - 1, limit)
        widths = np.diff(self.edges)
        probes = sum(
            comb(int(width), bits) for width, most in zip(widths, radii, strict=True) for bits in range(most + 1)
        )
        if probes * _WORTH > len(self.words) or radii.max(initial=0) > _MOST:
            return np.asarray(kernels.scan(self.words, asked, limit))
        masks, masks_at = _masks(int(widths.max()))
        held = (self.words, self.edges, self.starts_at, self.starts, self.rows)
        return np.asarray(kernels.probe(*held, radii, masks, masks_at, asked, limit))


_WORTH = 2  # rows looked at one by one in the time of a probe
_MOST = 3  # bits of a piece that are turned: more are more values than there are rows


@dataclass(slots=True)
class HammingIndex:
    """Hashes of 256 bits with an id each; ids may repeat, and are all texts or all whole numbers.

    `add` costs the new rows: they wait in a short list, then in parts of growing size that are joined now and then.
    32 bytes a hash are kept, 4 a piece (13 from 100,000 on), and the ids.
    """

    _parts: list[_Part] = field(default_factory=list)
    _tail: list[Words] = field(default_factory=list)
    _ids: list[pa.Array] = field(default_factory=list)
    _rows: int = 0

    def __len__(self) -> int:
        return self._rows

    def add(self, hashes: "Hashes", ids: Sequence[Id] | pa.Array) -> None:
        """Adds hashes (64 hex digits each, 32 bytes each, or an array of n x 32 bytes) under their ids."""
        words = to_words(hashes)
        named = _named(ids)
        if len(words) != len(named):
            raise UserError(f"{len(words)} hashes have {len(named)} ids", hint="give one id a hash")
        if not len(words):
            return
        if self._ids and self._ids[0].type != named.type:
            raise UserError("some ids are texts and some are numbers", hint="make them all one or the other")
        self._ids = _joined_ids([*self._ids, named])
        self._tail.append(words)
        self._rows += len(words)
        if sum(map(len, self._tail)) > _PLAIN:
            self._seal()

    def search(self, hashed: "str | bytes", distance: int = DISTANCE) -> list[tuple[Id, int]]:
        """Every (id, distance) within `distance` bits, the nearest first, then in the order of adding."""
        return self.search_many(cast(Hashes, [hashed]), distance)[0]

    def search_many(self, hashes: "Hashes", distance: int = DISTANCE) -> list[list[tuple[Id, int]]]:
        """`search` for many at once."""
        asked = to_words(hashes)
        number, row, apart = self.near(asked, distance).T
        ids = self._take(row)
        made: list[list[tuple[Id, int]]] = [[] for _ in range(len(asked))]
        for at, name, bits in zip(number.tolist(), ids, apart.tolist(), strict=True):
            made[at].append((name, bits))
        return made

    def near(self, asked: Words, distance: int = DISTANCE) -> Ints:
        """Rows (number of the asked, row as added, distance), by number, distance and row."""
        if distance < 0:
            raise UserError(f"{distance} is no distance", hint="hashes differ in 0 to 256 bits")
        found, before = [np.empty((0, 3), np.int64)], 0
        for part in self._parts:
            found.append(part.near(asked, distance) + np.array([0, before, 0], np.int64))
            before += len(part.words)
        for words in self._tail:
            found.append(np.asarray(kernels.scan(words, asked, distance)) + np.array([0, before, 0], np.int64))
            before += len(words)
        rows = np.concatenate(found)
        return rows[np.lexsort((rows[:, 1], rows[:, 2], rows[:, 0]))]

    def save(self, path: str | Path) -> None:
        """Writes a folder that `load` maps into memory; what stood there before stays until the new one is whole."""
        target = Path(path)
        beside = target.with_name(f".{target.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for number, part in enumerate(self._parts):
            for name in ("words", "edges", "starts_at", "starts", "rows"):
                np.save(beside / f"{number}-{name}.npy", getattr(part, name))
        np.save(beside / "tail.npy", np.concatenate([*self._tail, np.empty((0, 4), np.uint64)]))
        ids = pa.table({"id": pa.chunked_array(self._ids, None if self._ids else pa.string())})
        with pa.OSFile(str(beside / "ids.arrow"), "wb") as sink, pa.ipc.new_file(sink, ids.schema) as writer:
            writer.write_table(ids)
        about = {"version": _VERSION, "parts": len(self._parts), "rows": self._rows}
        (beside / "index.json").write_text(json.dumps(about), "ascii")
        shutil.rmtree(target, ignore_errors=True)
        beside.replace(target)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """What `save` wrote; raises `OutsideError` where it is not whole."""
        folder = Path(path)
        try:
            about = json.loads((folder / "index.json").read_text("ascii"))
            parts = [
                _Part(*(_mapped(folder, f"{number}-{name}") for name in _FILES)) for number in range(about["parts"])
            ]
            with pa.memory_map(str(folder / "ids.arrow")) as source:
                ids = pa.ipc.open_file(source).read_all()["id"].chunks
            tail = _mapped(folder, "tail")
            held = sum(len(part.words) for part in parts) + len(tail)
        except (OSError, ValueError, KeyError, pa.ArrowInvalid) as error:
            raise OutsideError(f"{folder} is no index: {error}", hint="save it again") from error
        if not about["version"] == _VERSION or not held == sum(map(len, ids)) == about["rows"]:
            raise OutsideError(f"{folder} is not a whole index of this version", hint="save it again")
        return cls(parts, [tail], ids, about["rows"])

    def _seal(self) -> None:
        """Makes tables of what waits, and joins parts of like size."""
        words = [np.concatenate(self._tail)]
        while self._parts and sum(map(len, words)) * _MERGE >= len(self._parts[-1].words):
            words.insert(0, self._parts.pop().words)
        self._tail = []
        self._parts.append(_part(np.concatenate(words)))

    def _take(self, rows: Ints) -> list[Id]:
        if not len(rows):
            return []
        taken: list[Id] = pa.chunked_array(self._ids).take(pa.array(rows)).to_pylist()
        return taken


Hashes = Sequence[str] | Sequence[bytes] | npt.NDArray[np.uint8] | Words

_FILES = ("words", "edges", "starts_at", "starts", "rows")


def to_words(hashes: Hashes) -> Words:
    """Hashes as n x 4 words; raises `UserError` where one has not 256 bits."""
    if isinstance(hashes, np.ndarray) and hashes.dtype == np.uint64:
        return np.ascontiguousarray(hashes.reshape(-1, 4))
    if isinstance(hashes, np.ndarray):
        raw = np.ascontiguousarray(hashes, np.uint8).tobytes()
    else:
        try:
            raw = b"".join(bytes.fromhex(one) if isinstance(one, str) else bytes(one) for one in hashes)
        except ValueError as error:
            raise UserError(f"a hash is not hexadecimal: {error}", hint="a hash is 64 digits, 0 to f") from error
    count = len(hashes)
    if len(raw) != count * BYTES:
        raise UserError("a hash has not 256 bits", hint="a hash is 64 hexadecimal digits, or 32 bytes")
    return np.frombuffer(raw, ">u8").astype(np.uint64).reshape(count, 4)


def _part(words: Words) -> _Part:
    pieces = _pieces(len(words))
    edges = np.array([BITS * piece // pieces for piece in range(pieces + 1)], np.int64)
    sizes = (1 << np.diff(edges)) + 1
    starts_at = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    starts = np.zeros(int(sizes.sum()), np.uint32)
    rows = np.empty((pieces, len(words)), np.uint32)
    kernels.tables(words, edges, starts_at, starts, rows)
    return _Part(words, edges, starts_at, starts, rows)


def _pieces(rows: int) -> int:
    """The more rows, the fewer and larger pieces: about as many values as rows, within the memory that tables take."""
    return 16 if rows < 200_000 else 13 if rows < 3_000_000 else 12


def _radii(pieces: int, limit: int) -> Ints:
    """How many bits of each piece may differ: with `pieces` they make `limit` + 1; -1 leaves a piece out."""
    least, more = divmod(limit + 1, pieces)
    return np.array([least - (piece >= more) for piece in range(pieces)], np.int64)


@cache
def _masks(width: int) -> tuple[Ints, Ints]:
    """All ways to turn up to `_MOST` bits of each width up to `width`, few first, and where each number begins."""
    masks: list[int] = []
    masks_at = np.zeros((width + 1, _MOST + 2), np.int64)
    for wide in range(1, width + 1):
        for bits in range(_MOST + 1):
            masks += [sum(1 << bit for bit in chosen) for chosen in combinations(range(wide), bits)]
            masks_at[wide, bits + 1] = len(masks)
        masks_at[wide, 0] = masks_at[wide - 1, -1]
    return np.array(masks, np.int64), masks_at


def _named(ids: Sequence[Id] | pa.Array) -> pa.Array:
    if isinstance(ids, pa.Array):
        return ids
    try:
        return pa.array(ids, None if len(ids) else pa.string())
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise UserError("some ids are texts and some are numbers", hint="make them all one or the other") from error


def _joined_ids(held: list[pa.Array]) -> list[pa.Array]:
    """Few chunks: the last ones become one while the one before them is no larger."""
    while len(held) > 1 and len(held[-2]) <= len(held[-1]) * _MERGE:
        last = held.pop()
        held[-1] = pa.concat_arrays([held[-1], last])
    return held


def _mapped(folder: Path, name: str) -> Any:
    return np.load(folder / f"{name}.npy", mmap_mode="r")

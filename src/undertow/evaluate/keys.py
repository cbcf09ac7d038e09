"""Finds records by their id, fast and in little memory: an id becomes a number of 64 bits, looked up in sorted order.

An id is a letter and 20 hex digits of a hash (see `undertow.ids`); the letter and 16 digits make its number. Of
ten million records two fall together by chance less than once in a hundred thousand worlds.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]

_LENGTH, _DIGITS = 21, 16
_BLOCK = 1 << 20
_VALUES = np.full(256, 255, np.uint8)
_VALUES[np.frombuffer(b"0123456789abcdef", np.uint8)] = np.arange(16)


def keys(ids: pa.Array | pa.ChunkedArray) -> Keys:
    """The number of every id; ids that are not made by `undertow.ids` have one too, more slowly."""
    made = [_of_array(chunk) for chunk in (ids.chunks if isinstance(ids, pa.ChunkedArray) else [ids])]
    return np.concatenate(made) if made else np.zeros(0, np.uint64)


def _of_array(ids: pa.Array) -> Keys:
    blocks = [_of_block(ids.slice(first, _BLOCK)) for first in range(0, len(ids), _BLOCK)]
    return np.concatenate(blocks) if blocks else np.zeros(0, np.uint64)


def _of_block(ids: pa.Array) -> Keys:
    ids = ids.cast(pa.large_binary())
    _, offsets, content = ids.buffers()
    at = np.frombuffer(offsets, np.int64)[ids.offset : ids.offset + len(ids) + 1]
    letters = np.frombuffer(content, np.uint8) if content else np.zeros(0, np.uint8)
    made = np.zeros(len(ids), np.uint64)
    usual = np.diff(at) == _LENGTH
    digits = _VALUES[letters[at[:-1][usual][:, None] + np.arange(1, _DIGITS + 1)]]
    hexed = (digits < 16).all(axis=1)
    shifts = np.uint64(4) * np.arange(_DIGITS - 1, -1, -1, dtype=np.uint64)
    letter = letters[at[:-1][usual][hexed]].astype(np.uint64) << np.uint64(56)
    digits = digits[hexed].astype(np.uint64) << shifts
    made[np.flatnonzero(usual)[hexed]] = letter ^ digits.sum(axis=1, dtype=np.uint64)
    for place in [*np.flatnonzero(~usual), *np.flatnonzero(usual)[~hexed]]:
        text = ids[int(place)].as_py() or b""
        made[place] = int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
    return made


@dataclass(frozen=True, slots=True)
class Places:
    """The numbers of records by their keys, which are sorted."""

    sorted: Keys
    number: Ints

    @classmethod
    def of(cls, found: Keys) -> "Places":
        """The places of records whose number is their place in `found`."""
        order = np.argsort(found, kind="stable")
        return cls(found[order], order)

    def find(self, ids: pa.Array | pa.ChunkedArray) -> Ints:
        """The number of the record of every id, -1 where there is none."""
        asked = keys(ids)
        if not len(self.sorted):
            return np.full(len(asked), -1, np.int64)
        at = np.minimum(np.searchsorted(self.sorted, asked), len(self.sorted) - 1)
        return np.where(self.sorted[at] == asked, self.number[at], -1)

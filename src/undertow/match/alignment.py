"""How much of two token sequences agrees in order: the longest common subsequence, 64 tokens at a time.

Bit-parallel after Hyyrö ("Bit-parallel LCS-length computation revisited", 2004); exact, about a microsecond for two
texts of 80 tokens.
"""

from typing import NamedTuple

import numba as nb
import numpy as np
import numpy.typing as npt

_ONE = np.uint64(1)
_FULL = np.uint64(0xFFFFFFFFFFFFFFFF)


class Space(NamedTuple):
    """Work space for sequences of up to a given size; every call leaves it as it found it."""

    slots: npt.NDArray[np.int32]
    used: npt.NDArray[np.int64]
    masks: npt.NDArray[np.uint64]
    row: npt.NDArray[np.uint64]


def space(longest: int) -> Space:
    """Work space for sequences of up to `longest` tokens."""
    size = max(64, longest)
    blocks = (size + 63) // 64
    width = 1 << (2 * size - 1).bit_length()
    return Space(
        np.full(width, -1, np.int32),
        np.zeros(size, np.int64),
        np.zeros(size * blocks, np.uint64),
        np.zeros(blocks, np.uint64),
    )


@nb.njit(cache=True, nogil=True)
def common(one, other, space):  # type: ignore[no-untyped-def]
    """Length of the longest common subsequence of two uint32 arrays no longer than `space` allows."""
    slots, used, masks, row = space.slots, space.used, space.masks, space.row
    size, blocks, taken, found = one.size, (one.size + 63) // 64, 0, 0
    mask = np.int64(slots.size - 1)
    for place in range(size):
        at = np.int64(one[place]) & mask
        while slots[at] >= 0 and one[slots[at]] != one[place]:
            at = (at + 1) & mask
        if slots[at] < 0:
            slots[at] = place
            used[taken] = at
            taken += 1
            masks[place * blocks : (place + 1) * blocks] = np.uint64(0)
        masks[slots[at] * blocks + place // 64] |= _ONE << np.uint64(place % 64)
    row[:blocks] = _FULL
    for place in range(other.size):
        at = np.int64(other[place]) & mask
        while slots[at] >= 0 and one[slots[at]] != other[place]:
            at = (at + 1) & mask
        if slots[at] >= 0:
            _advance(row, masks, slots[at] * blocks, blocks)
    for place in range(size):
        found += (row[place // 64] >> np.uint64(place % 64)) & _ONE == 0
    for number in range(taken):
        slots[used[number]] = -1
    return found


@nb.njit(cache=True, nogil=True)
def _advance(row, masks, base, blocks):  # type: ignore[no-untyped-def]
    carry = np.uint64(0)
    for block in range(blocks):
        value = row[block]
        match = value & masks[base + block]
        part = value + match
        over = part < value
        total = part + carry
        over |= total < part
        row[block] = total | (value & ~match)
        carry = np.uint64(over)

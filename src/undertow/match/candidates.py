"""Pairs of texts worth comparing: those whose signatures meet in a bucket, never all pairs.

Inside a bucket a text is paired with the first and with the previous one: the number of pairs is linear in the texts.
"""

import numba as nb
import numpy as np
import numpy.typing as npt

from undertow.match.signatures import SHORT

BANDS, ROWS = 21, 3  # of 64 minima: a pair that shares half of its word pairs meets with a chance of 94 %
SHORT_BANDS, SHORT_ROWS = 16, 2  # of 32
AGREEING, SHORT_AGREEING = 8, 8  # minima that must agree before two texts are aligned
_MATES = 8  # a cache line's half

Pairs = npt.NDArray[np.int64]
Minima = npt.NDArray[np.uint16]


def candidates(words: npt.NDArray[np.int32], pairs: Minima, runs: Minima) -> Pairs:
    """Pairs (later, earlier) of texts by number, n x 2, sorted, each once."""
    some, few = np.flatnonzero(words > 1), np.flatnonzero((words > 1) & (words < SHORT))
    found = [
        _buckets(pairs, some, BANDS, ROWS, AGREEING, _room(some)),
        _buckets(runs, few, SHORT_BANDS, SHORT_ROWS, SHORT_AGREEING, _room(few)),
    ]
    packed = np.sort(np.concatenate([pair[:, 0] << 32 | pair[:, 1] for pair in found]))
    packed = packed[np.diff(packed, prepend=-1) != 0]  # np.unique takes ten times as long
    return np.stack([packed >> 32, packed & 0xFFFFFFFF], axis=1)


def _room(chosen: npt.NDArray[np.int64]) -> int:
    return 1 << max(4, int(chosen.size * 4 // 3).bit_length())


@nb.njit(cache=True, nogil=True)
def _agree(minima, one, other):  # type: ignore[no-untyped-def]
    found = 0
    for k in range(minima.shape[1]):
        found += minima[one, k] == minima[other, k]
    return found


@nb.njit(cache=True, nogil=True)
def _buckets(minima, chosen, bands, rows, agreeing, size):  # type: ignore[no-untyped-def]
    """Pairs of `chosen` that meet in a bucket of `rows` minima and agree in `agreeing`; `size`: of the hash table.

    A cell of the table is a band's key, the first text of the bucket and the last, beside one another: the table is
    larger than a processor's cache. `mates` are the latest texts that each was compared with: most pairs meet often.
    """
    table, mates = np.zeros((size, 2), np.uint64), np.full((minima.shape[0], _MATES), -1, np.int32)
    found, held = np.zeros((max(1024, chosen.size), 2), np.int64), 0
    mask, low = np.uint64(size - 1), np.uint64(0xFFFFFFFF)
    for band in range(bands):
        table[:, 1] = np.uint64(0)
        for number in range(chosen.size):
            text = chosen[number]
            key = np.uint64(0)
            for k in range(band * rows, (band + 1) * rows):
                key = (key << np.uint64(16)) | np.uint64(minima[text, k])
            at = (key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32) & mask
            while table[at, 1] != 0 and table[at, 0] != key:
                at = (at + np.uint64(1)) & mask
            if table[at, 1] == 0:
                table[at, 0], table[at, 1] = key, (np.uint64(number + 1) << np.uint64(32)) | np.uint64(number + 1)
                continue
            first, last = chosen[(table[at, 1] >> np.uint64(32)) - 1], chosen[(table[at, 1] & low) - 1]
            table[at, 1] = (table[at, 1] & ~low) | np.uint64(number + 1)
            if held + 2 > len(found):
                grown = np.zeros((2 * len(found), 2), np.int64)
                grown[:held] = found[:held]
                found = grown
            if _fresh(mates, text, first) and _agree(minima, text, first) >= agreeing:
                found[held, 0], found[held, 1] = text, first
                held += 1
            if last != first and _fresh(mates, text, last) and _agree(minima, text, last) >= agreeing:
                found[held, 0], found[held, 1] = text, last
                held += 1
    return found[:held].copy()


@nb.njit(cache=True, nogil=True)
def _fresh(mates, text, other):  # type: ignore[no-untyped-def]
    """Whether `other` is not among the latest that `text` met; it is now."""
    for k in range(_MATES):
        if mates[text, k] == other:
            return False
    for k in range(_MATES - 1, 0, -1):
        mates[text, k] = mates[text, k - 1]
    mates[text, 0] = other
    return True

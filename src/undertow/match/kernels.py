"""The compiled inner loops of `hamming`: tables of bands, candidates from them, and plain counting.

A hash is four 64-bit words. Band `b` is its bits `edges[b]` to `edges[b + 1]`, counted through the words.
"""

from typing import Any

import numba as nb
import numpy as np
from numba.core import types
from numba.extending import intrinsic

WORDS = 4


@intrinsic
def ones(typing: Any, word: Any):  # type: ignore[no-untyped-def]  # noqa: ARG001
    """How many bits of a 64-bit word are set: one instruction."""
    return types.uint64(types.uint64), lambda context, builder, signature, given: builder.ctpop(given[0])  # noqa: ARG005


@nb.njit(cache=True, nogil=True)
def _far(one, at, other, place):  # type: ignore[no-untyped-def]
    total = ones(one[at, 0] ^ other[place, 0]) + ones(one[at, 1] ^ other[place, 1])
    return np.int64(total + ones(one[at, 2] ^ other[place, 2]) + ones(one[at, 3] ^ other[place, 3]))


@nb.njit(cache=True, nogil=True)
def _part(words, at, begin, width):  # type: ignore[no-untyped-def]
    word, shift = begin >> 6, np.uint64(begin & 63)
    value = words[at, word] >> shift
    if (begin & 63) + width > 64:
        value |= words[at, word + 1] << (np.uint64(64) - shift)
    return np.int64(value & ((np.uint64(1) << np.uint64(width)) - np.uint64(1)))


@nb.njit(cache=True, nogil=True)
def tables(words, edges, starts_at, starts, rows):  # type: ignore[no-untyped-def]
    """Fills, for each band, `starts` (from `starts_at[b]` on: where the rows of each value begin) and `rows`."""
    for band in range(edges.size - 1):
        begin, width, first = edges[band], edges[band + 1] - edges[band], starts_at[band]
        size = np.int64(1) << width
        for at in range(len(words)):
            starts[first + _part(words, at, begin, width) + 1] += 1
        for value in range(size):
            starts[first + value + 1] += starts[first + value]
        for at in range(len(words)):  # each start moves to its end, which is the next one's start
            place = first + _part(words, at, begin, width)
            rows[band, starts[place]] = at
            starts[place] += 1
        for value in range(size, 0, -1):
            starts[first + value] = starts[first + value - 1]
        starts[first] = 0


@nb.njit(cache=True, nogil=True)
def probe(words, edges, starts_at, starts, rows, radii, masks, masks_at, asked, limit):  # type: ignore[no-untyped-def]
    """(number of the asked, row, distance) of every row within `limit` bits of an asked hash, in no order.

    A row within `limit` is within `radii[b]` in at least one band `b`. It is taken in the first such band alone.
    """
    size, count = 64, 0
    found = np.empty((size, 3), np.int64)
    for number in range(len(asked)):
        for band in range(edges.size - 1):
            radius = radii[band]
            if radius < 0:
                continue
            begin, width, first = edges[band], edges[band + 1] - edges[band], starts_at[band]
            value = _part(asked, number, begin, width)
            for turn in range(masks_at[width, 0], masks_at[width, radius + 1]):
                place = first + (value ^ masks[turn])
                for entry in range(starts[place], starts[place + 1]):
                    row = rows[band, entry]
                    distance = _far(asked, number, words, row)
                    if distance <= limit and _first(asked, number, words, row, edges, radii, band):
                        if count == size:
                            size *= 2
                            more = np.empty((size, 3), np.int64)
                            more[:count] = found
                            found = more
                        found[count, 0], found[count, 1], found[count, 2] = number, row, distance
                        count += 1
    return found[:count]


@nb.njit(cache=True, nogil=True)
def _first(asked, number, words, row, edges, radii, band):  # type: ignore[no-untyped-def]
    """Whether no band before `band` holds the two within its radius."""
    for before in range(band):
        width = edges[before + 1] - edges[before]
        apart = _part(asked, number, edges[before], width) ^ _part(words, row, edges[before], width)
        if np.int64(ones(np.uint64(apart))) <= radii[before]:
            return False
    return True


@nb.njit(cache=True, nogil=True)
def scan(words, asked, limit):  # type: ignore[no-untyped-def]
    """As `probe`, by looking at every row."""
    size, count = 64, 0
    found = np.empty((size, 3), np.int64)
    for number in range(len(asked)):
        for row in range(len(words)):
            distance = _far(asked, number, words, row)
            if distance <= limit:
                if count == size:
                    size *= 2
                    more = np.empty((size, 3), np.int64)
                    more[:count] = found
                    found = more
                found[count, 0], found[count, 1], found[count, 2] = number, row, distance
                count += 1
    return found[:count]

"""MinHash signatures of texts, a row at a time over Arrow strings: what others can be matched with.

Pairs of neighbouring words (for scripts without spaces: of characters) give 64 minima (Broder 1997); a short text has
few pairs, so its runs of four letters give 32 more. Hashes are our own integer arithmetic: the same on every engine.
"""

from functools import cache

import numba as nb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from undertow.match.folds import read
from undertow.match.tokens import WORDS, folding, mixed, room, tokenise

WIDTH, SHORT_WIDTH = 64, 32  # minima of pairs of words, of runs of letters
SHORT = 16  # words below which a text has the second kind too
_RUN = 4  # letters in a run
_FEW = 3  # words below which a text keeps its numbers: "P 500" and "P 700" are not one template

SCHEMA = pa.schema(
    [
        ("post_id", pa.string()),
        ("first", pa.int64()),  # 128 bits that say which texts are equal once folded; 0, 0: there is no text
        ("second", pa.int64()),
        ("words", pa.int32()),
        ("pairs", pa.binary(2 * WIDTH)),
        ("runs", pa.binary(2 * SHORT_WIDTH)),
    ]
)


@cache
def _multipliers() -> npt.NDArray[np.uint32]:
    """Odd multipliers and addends of the hash family, from a fixed sequence (SplitMix64)."""
    state, made = np.uint64(0x9E3779B97F4A7C15), []
    with np.errstate(over="ignore"):
        for _ in range(2 * WIDTH):
            state += np.uint64(0x9E3779B97F4A7C15)
            made.append(np.uint32(mixed(state) >> np.uint64(32)))
    factors = np.array(made, np.uint32).reshape(2, WIDTH)
    factors[0] |= np.uint32(1)
    return factors


@cache
def _placeholders() -> npt.NDArray[np.uint64]:
    """First halves of the hashes, by words, of texts that say only that there is no text."""
    words = pa.array(read("placeholders")["words"])
    found = _signed(words, np.zeros(0, np.uint64))[0]
    return np.sort(found[:, 0])


def signatures(posts: pa.Table) -> pa.Table:
    """Signatures of the column `text` of `posts` (rows with `post_id`), in `SCHEMA`."""
    text = posts.column("text").combine_chunks()
    equal, words, pairs, runs = of_texts(text)
    return pa.table(
        [
            posts.column("post_id"),
            pa.array(equal[:, 0].view(np.int64)),
            pa.array(equal[:, 1].view(np.int64)),
            pa.array(words),
            _binary(pairs),
            _binary(runs),
        ],
        schema=SCHEMA,
    )


Signed = tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32], npt.NDArray[np.uint16], npt.NDArray[np.uint16]]


def of_texts(texts: pa.Array) -> Signed:
    """(equality hashes n x 2, words n, minima n x 64, minima n x 32) of an array of strings without nulls."""
    return _signed(texts, _placeholders())


def buffers(texts: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """(bytes, offsets n + 1) of an array of strings; nulls are empty."""
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if isinstance(texts, pa.ChunkedArray):
        texts = pa.concat_arrays(texts.chunks) if texts.num_chunks else pa.array([], pa.string())
    texts = texts.cast(pa.large_string())
    if texts.null_count:
        texts = texts.fill_null("")
    _, offsets, data = texts.buffers()
    starts = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1] if offsets else None
    if starts is None or starts.size == 0:
        starts = np.zeros(1, np.int64)
    return (np.frombuffer(data, np.uint8) if data and data.size else np.zeros(1, np.uint8)), starts


def _signed(texts: pa.Array, nothing: npt.NDArray[np.uint64]) -> Signed:
    data, offsets = buffers(texts)
    rows = offsets.size - 1
    equal = np.zeros((rows, 2), np.uint64)
    words = np.zeros(rows, np.int32)
    pairs = np.zeros((rows, WIDTH), np.uint16)
    runs = np.zeros((rows, SHORT_WIDTH), np.uint16)
    _sign(data, offsets, folding(), _multipliers(), room(), nothing, equal, words, pairs, runs)
    return equal, words, pairs, runs


def _binary(values: npt.NDArray[np.uint16]) -> pa.Array:
    kind = pa.binary(2 * values.shape[1])
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])


@nb.njit(cache=True, nogil=True)
def _minima(value, factors, width, lowest):  # type: ignore[no-untyped-def]
    for k in range(width):
        hashed = np.uint32(factors[0, k] * value + factors[1, k])
        lowest[k] = min(lowest[k], hashed)


@nb.njit(cache=True, nogil=True)
def _spread(value):  # type: ignore[no-untyped-def]
    return np.uint32(mixed(value) >> np.uint64(32))


@nb.njit(cache=True, nogil=True)
def _sign(data, offsets, folding, factors, here, nothing, equal, words, pairs, runs):  # type: ignore[no-untyped-def]
    lowest = np.zeros(WIDTH, np.uint32)
    prime = np.uint64(1099511628211)
    for row in range(offsets.size - 1):
        count = tokenise(data, offsets[row], offsets[row + 1], folding, here)
        known = 0
        one, two = np.uint64(0xCBF29CE484222325), np.uint64(0x9AE16A3B2F90404F)
        lowest[:] = np.uint32(0xFFFFFFFF)
        before = np.uint64(0)
        for place in range(count):
            key = np.uint64(here.keys[place])
            if key < WORDS:
                continue
            one, two = (one ^ key) * prime, mixed(two ^ key)
            if known > 0:
                _minima(_spread((before << np.uint64(32)) | key), factors, WIDTH, lowest)
            before = key
            known += 1
        if known == count and _held(mixed(one), nothing):
            continue
        if known < _FEW and nothing.size:  # the placeholders themselves are known by their words
            one, two = _plainly(data, offsets[row], offsets[row + 1], here, count, known)
        if one == 0 and two == 0:
            continue
        equal[row, 0], equal[row, 1], words[row] = mixed(one), two, known
        if known > 1:
            for k in range(WIDTH):
                pairs[row, k] = np.uint16(lowest[k] & np.uint32(0xFFFF))
        if 1 < known < SHORT:
            _sign_runs(here, here.ends_at[count - 1], factors, lowest, runs[row])


@nb.njit(cache=True, nogil=True)
def _plainly(data, begin, end, here, count, known):  # type: ignore[no-untyped-def]
    """Equality hashes of a text of few words: by its tokens, numbers as they stand; without any, by its bytes."""
    prime = np.uint64(1099511628211)
    one, two = np.uint64(0x84222325CBF29CE4), np.uint64(0x2F90404F9AE16A3B)
    if known > 1:
        for place in range(count):
            one, two = (one ^ np.uint64(here.exacts[place])) * prime, mixed(two ^ np.uint64(here.exacts[place]))
        return one, two
    seen = False
    for at in range(begin, end):
        if data[at] > 32:
            one, two = (one ^ np.uint64(data[at])) * prime, mixed(two ^ np.uint64(data[at]))
            seen = True
    return (one, two) if seen else (np.uint64(0), np.uint64(0))


@nb.njit(cache=True, nogil=True)
def _held(value, values):  # type: ignore[no-untyped-def]
    at = np.searchsorted(values, value)
    return at < values.size and values[at] == value


@nb.njit(cache=True, nogil=True)
def _sign_runs(here, length, factors, lowest, into):  # type: ignore[no-untyped-def]
    lowest[:] = np.uint32(0xFFFFFFFF)
    last = max(1, length - _RUN + 1)
    for begin in range(last):
        hashed = np.uint64(0)
        for place in range(begin, min(begin + _RUN, length)):
            hashed = mixed(hashed ^ np.uint64(here.letters[place]))
        _minima(_spread(hashed), factors, SHORT_WIDTH, lowest)
    for k in range(SHORT_WIDTH):
        into[k] = np.uint16(lowest[k] & np.uint32(0xFFFF))

"""One alignment a group: which words of its texts are constant, where the slots are, and how many bits that saves.

Every text of a group is aligned with the group's representative (longest common subsequence of tokens as written,
numbers and links included). A token that nearly all texts share is constant; what stands between constants in any text
is a slot. Cost is linear in the texts of a group; in the length of one text, which is bounded, it is
linear for near copies and quadratic at worst.
"""

from dataclasses import dataclass

import numba as nb
import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa

from undertow.match.tokens import Folding, Room, folding, room, tokenise

LONGEST = 400  # tokens of a text that are aligned; what follows is part of the last slot
NEARLY_ALL = 0.9  # share of the texts that hold a constant token: a guess, tuned on 0 to 6 % word noise
WORD_BITS = 16  # bits that a word costs: a vocabulary of 65,536

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The groups' templates, by column.

    `pieces`: group, slot number before it (-1: none), start and end in the representative's text, one row a constant
    stretch. `slots`: text, slot number, start, end. `matched`, `constants`: of each text. `saving`: bits of each group.
    """

    representative: Ints
    pieces: Ints
    slots: Ints
    matched: Ints
    constants: Ints
    saving: Ints


def align(data: npt.NDArray[np.uint8], offsets: Ints, members: Ints, starts: Ints) -> Aligned:
    """Aligns groups of texts: `members[starts[g]:starts[g + 1]]` are the texts of group g, the representative first.

    `data` and `offsets` are the texts as UTF-8 (see `signatures.buffers`); positions are characters.

    `saving` is bits of description length (Rissanen 1978; for ads Lee et al. 2021, "InfoShield"). Each text alone costs
    `WORD_BITS` a token. Together they cost c constants of `WORD_BITS` + b(texts) bits, and each text `WORD_BITS` for
    each of its n tokens that are not constant, b(n) for each slot, and b(c) for each constant that it lacks, where
    b(m) bits tell one of m + 1 possibilities.
    """
    pieces, slots, matched, constants, saving = _align(data, offsets, members, starts, folding(), room(), NEARLY_ALL)
    return Aligned(members[starts[:-1]], pieces, slots, matched, constants, saving)


def patterns(aligned: Aligned, texts: pa.Array) -> list[str]:
    """The pattern of each group as JSON: a list of {"text": ...} and {"slot": number}, in the words of one text."""
    found: list[list[dict[str, str | int]]] = [[] for _ in aligned.representative]
    whole = [texts[int(row)].as_py() for row in aligned.representative]
    for group, slot, start, end in aligned.pieces.tolist():
        if slot >= 0:
            found[group].append({"slot": slot})
        if end > start:
            found[group].append({"text": whole[group][start:end]})
    return [orjson.dumps(pattern).decode() for pattern in found]


def slots_of(aligned: Aligned, texts: int) -> pa.Array:
    """For each text the JSON list of its slots, [number, start, end]; "[]" where it has none."""
    ordered = aligned.slots[np.argsort(aligned.slots[:, 0], kind="stable")]
    data, offsets = _as_json(ordered, texts)
    return pa.LargeStringArray.from_buffers(texts, pa.py_buffer(offsets), pa.py_buffer(data)).cast(pa.string())


@nb.njit(cache=True, nogil=True)
def _matches(one, other, trace, into):  # type: ignore[no-untyped-def]
    """For each token of `one` the place of its partner in `other`, -1 without; a longest common subsequence.

    Myers ("An O(ND) difference algorithm", 1986): the fewer tokens differ, the less there is to do. `trace[d, k]` is
    how far d differences reach on the diagonal that has k more tokens of `one` than of `other` behind it.
    """
    rows, columns, middle = one.size, other.size, trace.shape[1] // 2
    into[:rows] = -1
    d, reached = 0, False
    while not reached:
        for k in range(-d, d + 1, 2):
            if d == 0:
                x = 0
            elif k == -d or (k != d and trace[d - 1, middle + k - 1] < trace[d - 1, middle + k + 1]):
                x = trace[d - 1, middle + k + 1]
            else:
                x = trace[d - 1, middle + k - 1] + 1
            while x < rows and x - k < columns and one[x] == other[x - k]:
                x += 1
            trace[d, middle + k] = x
            if x >= rows and x - k >= columns:
                reached = True
                break
        d += 1
    x, k = rows, rows - columns
    for step in range(d - 1, -1, -1):
        before, came = 0, 0
        if step > 0:
            down = k == -step or (k != step and trace[step - 1, middle + k - 1] < trace[step - 1, middle + k + 1])
            came = k + 1 if down else k - 1
            before = trace[step - 1, middle + came]
        start = before if step == 0 or came == k + 1 else before + 1
        while x > start:
            x -= 1
            into[x] = x - k
        x, k = before, came


@nb.njit(cache=True, nogil=True)
def _grown(rows, held, width):  # type: ignore[no-untyped-def]
    if held < len(rows):
        return rows
    grown = np.zeros((2 * len(rows), width), np.int64)
    grown[:held] = rows[:held]
    return grown


@nb.njit(cache=True, nogil=True)
def _bits(value):  # type: ignore[no-untyped-def]
    """Bits that tell one of `value` + 1 possibilities."""
    bits = 0
    while value > 0:
        value >>= 1
        bits += 1
    return bits


@nb.njit(cache=True, nogil=True)
def _align(data, offsets, members, starts, folding: Folding, here: Room, share):  # type: ignore[no-untyped-def]
    groups = starts.size - 1
    trace = np.zeros((2 * LONGEST + 1, 4 * LONGEST + 3), np.int16)
    partner = np.zeros(LONGEST, np.int64)
    pieces, held = np.zeros((max(16, groups * 4), 4), np.int64), 0
    slots, filled = np.zeros((max(16, members.size * 4), 4), np.int64), 0
    matched, constants = np.zeros(members.size, np.int64), np.zeros(members.size, np.int64)
    saving = np.zeros(groups, np.int64)
    for group in range(groups):
        first, size = starts[group], starts[group + 1] - starts[group]
        row = members[first]
        count = min(LONGEST, tokenise(data, offsets[row], offsets[row + 1], folding, here))
        shape, begins, ends = here.exacts[:count].copy(), here.starts[:count].copy(), here.ends[:count].copy()
        pair = np.full((size, count), -1, np.int16)
        where = np.zeros((size, count, 2), np.int32)
        lengths = np.zeros(size, np.int64)
        shared = np.zeros(count, np.int64)
        opens, closes = np.zeros(size, np.int64), np.zeros(size, np.int64)
        for number in range(size):
            row = members[first + number]
            tokens = min(LONGEST, tokenise(data, offsets[row], offsets[row + 1], folding, here))
            lengths[number] = tokens
            if tokens:
                opens[number], closes[number] = here.starts[0], here.ends[tokens - 1]
            _matches(shape, here.exacts[:tokens], trace, partner)
            for i in range(count):
                if partner[i] >= 0:
                    pair[number, i] = partner[i]
                    where[number, i, 0], where[number, i, 1] = here.starts[partner[i]], here.ends[partner[i]]
                    shared[i] += 1
        fixed = np.flatnonzero(shared >= np.ceil(share * size))
        # a slot stands in a gap between constants if any text has a token there
        gaps = np.zeros(fixed.size + 1, np.bool_)
        for number in range(size):
            before, gap = -1, 0
            for k in range(fixed.size):
                at = pair[number, fixed[k]]
                if at < 0:
                    continue
                if at > before + 1:
                    gaps[gap] = True
                before, gap = at, k + 1
            if before + 1 < lengths[number]:
                gaps[gap] = True
        names, slot = np.full(fixed.size + 1, -1, np.int64), 0
        for k in range(fixed.size + 1):
            if gaps[k]:
                names[k] = slot
                slot += 1
        k = 0
        while k <= fixed.size:
            pieces = _grown(pieces, held, 4)
            start, end = 0, 0
            until = k
            if k < fixed.size:
                until = k + 1
                while until < fixed.size and names[until] < 0:
                    until += 1
                start, end = begins[fixed[k]], ends[fixed[until - 1]]
            if names[k] >= 0 or end > start:
                pieces[held, 0], pieces[held, 1], pieces[held, 2], pieces[held, 3] = group, names[k], start, end
                held += 1
            k = until if until > k else k + 1
        alone, together = 0, fixed.size * WORD_BITS + fixed.size * _bits(size)
        for number in range(size):
            found, before, gap, opened = 0, -1, 0, opens[number]
            for k in range(fixed.size + 1):
                at, start, end = lengths[number], closes[number], closes[number]
                if k < fixed.size:
                    at = pair[number, fixed[k]]
                    if at < 0:
                        continue
                    start, end = where[number, fixed[k], 0], where[number, fixed[k], 1]
                    found += 1
                if at > before + 1 and names[gap] >= 0:
                    slots = _grown(slots, filled, 4)
                    slots[filled, 0], slots[filled, 1] = first + number, names[gap]
                    slots[filled, 2], slots[filled, 3] = opened, start
                    filled += 1
                before, gap, opened = at, k + 1, end
            matched[first + number], constants[first + number] = found, fixed.size
            alone += lengths[number] * WORD_BITS
            others = lengths[number] - found
            together += others * WORD_BITS + slot * _bits(others) + (fixed.size - found) * _bits(fixed.size)
        saving[group] = alone - together
    return pieces[:held].copy(), slots[:filled].copy(), matched, constants, saving


@nb.njit(cache=True, nogil=True)
def _as_json(slots, texts):  # type: ignore[no-untyped-def]
    """(bytes, offsets) of one JSON list a text; `slots` are sorted by text."""
    data, offsets = np.empty(2 * texts + 66 * len(slots), np.uint8), np.zeros(texts + 1, np.int64)
    held, row = 0, 0
    for text in range(texts):
        data[held] = 91  # [
        held += 1
        opened = row
        while row < len(slots) and slots[row, 0] == text:
            if row > opened:
                data[held] = 44  # ,
                held += 1
            data[held] = 91
            held += 1
            for column in range(1, 4):
                held = _digits(data, held, slots[row, column])
                data[held] = 44 if column < 3 else 93
                held += 1
            row += 1
        data[held] = 93  # ]
        held += 1
        offsets[text + 1] = held
    return data[:held], offsets


@nb.njit(cache=True, nogil=True)
def _digits(data, held, value):  # type: ignore[no-untyped-def]
    size = 1
    while value // 10**size > 0:
        size += 1
    for place in range(size - 1, -1, -1):
        data[held + place] = 48 + value % 10
        value //= 10
    return held + size

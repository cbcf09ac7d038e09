"""Tells a slot from a change: which texts differ from another only where several different things are filled in."""

import numba as nb
import numpy as np

from undertow.match.tokens import mixed

LONGEST = 512  # words; of two longer texts none is taken to differ in slots only
_PLACE = np.uint64(48)  # a place and a filling are sorted as one number


@nb.njit(cache=True, nogil=True)
def slotted(centre, others, words, at, least):  # type: ignore[no-untyped-def]
    """For each of `others`, whether it differs from `centre` only in slots.

    A slot is a place between words of `centre` where `others` hold at least `least` different things.
    Text t is `words[at[t] : at[t + 1]]`, in keys of words.
    """
    kept, found, owners = np.ones(others.size, np.bool_), [np.uint64(0) for _ in range(0)], [0 for _ in range(0)]
    one = words[at[centre] : at[centre + 1]]
    for number in range(others.size):
        other = words[at[others[number]] : at[others[number] + 1]]
        if max(one.size, other.size) > LONGEST:
            kept[number] = False
            continue
        for place, filling in _changes(one, other):
            found.append((np.uint64(place) << _PLACE) | (filling >> np.uint64(16)))
            owners.append(number)
    different = np.zeros(one.size + 1, np.int64)
    before = np.uint64(0xFFFFFFFFFFFFFFFF)
    for one_filling in np.sort(np.array(found, np.uint64)):
        if one_filling != before:
            different[one_filling >> _PLACE] += 1
        before = one_filling
    for change in range(len(found)):
        if different[found[change] >> _PLACE] < least:
            kept[owners[change]] = False
    return kept


@nb.njit(cache=True, nogil=True)
def _changes(one, other):  # type: ignore[no-untyped-def]
    """(words of `one` before it, hash of what `other` has in its place) of every place where the two differ."""
    table = np.zeros((one.size + 1, other.size + 1), np.int32)
    for i in range(one.size - 1, -1, -1):
        for j in range(other.size - 1, -1, -1):
            if one[i] == other[j]:
                table[i, j] = table[i + 1, j + 1] + 1
            else:
                table[i, j] = max(table[i + 1, j], table[i, j + 1])
    found = [(0, np.uint64(0)) for _ in range(0)]
    i, j, place, filling = 0, 0, -1, np.uint64(0)
    while i < one.size or j < other.size:
        if i < one.size and j < other.size and one[i] == other[j]:
            if place >= 0:
                found.append((place, filling))
            i, j, place, filling = i + 1, j + 1, -1, np.uint64(0)
            continue
        place = i if place < 0 else place
        if i < one.size and (j == other.size or table[i + 1, j] >= table[i, j + 1]):
            i += 1
        else:
            filling = mixed(filling ^ np.uint64(other[j]) ^ np.uint64(0x9E3779B97F4A7C15))
            j += 1
    if place >= 0:
        found.append((place, filling))
    return found

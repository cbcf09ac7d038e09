"""Short texts that differ in one slot: too few words to be alike by share, told by how many different things fill it.

"Hi, we met in Leeds, remember?" and the same with "Adelaide" are two texts as far as their letters go. That four
places or more stand there, and always there, says that it is a slot. A frame is what a text says before and after some
words; a text goes to one frame at most, so that frames do not run together.
"""

import numba as nb
import numpy as np
import numpy.typing as npt

from undertow.match.rules import Frame
from undertow.match.tokens import mixed

_CELLS = 1 << 24  # of the counters that tell most frames of few texts without keeping them

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint32]


def framed(words: Keys, at: Ints, rule: Frame) -> Ints:
    """For each text the smallest index of a text that it shares its frame with, itself where it shares none.

    Text t is `words[at[t] : at[t + 1]]`, in keys of words. No two texts are the same, or they count as two fillings.
    """
    found, text, kept = _frames(words, at, rule, _counted(words, at, rule, np.zeros(_CELLS, np.uint8)))
    _, place, times = np.unique(found, return_inverse=True, return_counts=True)
    order = np.lexsort((text, found, -(times[place] * kept)))
    labels = np.arange(len(at) - 1, dtype=np.int64)
    _assign(found[order], text[order], rule.fillings, np.zeros(len(labels), np.bool_), labels)
    return labels


@nb.njit(cache=True, nogil=True)
def _bounds(size, rule):  # type: ignore[no-untyped-def]
    """The most words that a slot of a text of `size` words may hold; -1: the text is none that has a frame."""
    if size >= rule.below:
        return -1
    return min(rule.longest, size - rule.constants, int(size * (1 - rule.share)))


@nb.njit(cache=True, nogil=True)
def _hashes(words, into):  # type: ignore[no-untyped-def]
    """Into row 0 the hash of the first n words, into row 1 that of all from n on."""
    size = words.size
    into[0, 0], into[1, size] = np.uint64(1), np.uint64(2)
    for n in range(size):
        into[0, n + 1] = mixed(into[0, n] ^ np.uint64(words[n])) + np.uint64(1)
        last = size - 1 - n
        into[1, last] = mixed(into[1, last + 1] ^ np.uint64(words[last])) + np.uint64(1)


@nb.njit(cache=True, nogil=True)
def _each(one, rule, room):  # type: ignore[no-untyped-def]
    """(hash, constant words) of every frame of a text; `room` holds the hashes of its beginnings and ends."""
    most = _bounds(one.size, rule)
    if most > 0:
        _hashes(one, room)
        for gap in range(1, most + 1):
            for before in range(1, one.size - gap):
                yield mixed(room[0, before] ^ room[1, before + gap]), one.size - gap


@nb.njit(cache=True, nogil=True)
def _counted(words, at, rule, counts):  # type: ignore[no-untyped-def]
    """How many texts may have each frame, at most 255, by the lowest bits of its hash."""
    room, mask = np.zeros((2, rule.below + 1), np.uint64), np.uint64(counts.size - 1)
    for text in range(at.size - 1):
        for frame, _ in _each(words[at[text] : at[text + 1]], rule, room):
            counts[frame & mask] += counts[frame & mask] < 255
    return counts


@nb.njit(cache=True, nogil=True)
def _frames(words, at, rule, counts):  # type: ignore[no-untyped-def]
    """(frame, text, its constant words) of every frame that enough texts may have, text after text."""
    found, text_of, kept = ([np.uint64(0) for _ in range(0)], [0 for _ in range(0)], [0 for _ in range(0)])
    room, mask = np.zeros((2, rule.below + 1), np.uint64), np.uint64(counts.size - 1)
    for text in range(at.size - 1):
        for frame, constants in _each(words[at[text] : at[text + 1]], rule, room):
            if counts[frame & mask] >= rule.fillings:
                found.append(frame)
                text_of.append(text)
                kept.append(constants)
    return np.array(found, np.uint64), np.array(text_of, np.int64), np.array(kept, np.int64)


@nb.njit(cache=True, nogil=True)
def _assign(frames, texts, fillings, taken, labels):  # type: ignore[no-untyped-def]
    """Gives each frame in turn the texts that are still free, if they are enough."""
    begin = 0
    while begin < frames.size:
        end, free, lowest = begin, 0, -1
        while end < frames.size and frames[end] == frames[begin]:
            if not taken[texts[end]]:
                free += 1
                lowest = texts[end] if lowest < 0 else min(lowest, texts[end])
            end += 1
        if free >= fillings:
            for place in range(begin, end):
                if not taken[texts[place]]:
                    taken[texts[place]] = True
                    labels[texts[place]] = lowest
        begin = end

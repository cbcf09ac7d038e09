"""Short texts that differ in one slot: too few words to be alike by share, told by how many different things fill it.

"Hi, we met in Leeds, remember?" and the same with "Adelaide" are two texts as far as their letters go. That four
places or more stand there, and always there, says that it is a slot. A frame is what a text says before and after some
words; a text goes to one frame at most, so that frames do not run together.
"""

import numba as nb
import numpy as np
import numpy.typing as npt

from undertow.match.rules import Frame
from undertow.match.tokens import WORDS, mixed, tokenise

_CELLS = 1 << 24  # of the counters that tell most frames of few texts without keeping them
_SPELLED = 5  # letters from which on a word is known by which letters it has

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint32]


def framed(words: Keys, at: Ints, rule: Frame) -> Ints:
    """For each text the smallest index of a text that it shares its frame with, itself where it shares none.

    Text t is `words[at[t] : at[t + 1]]`, in keys of words. Texts of `enough` words that are the same are one.
    """
    same = _same(words, at, rule)
    first = np.flatnonzero(same == np.arange(same.size))
    sizes = np.diff(at)[first]
    inside = np.repeat(at[first] - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    labels = _framed(words[inside], np.r_[0, np.cumsum(sizes)], rule)
    above = np.arange(same.size)
    above[first] = first[labels]
    return above[same]


def _same(words: Keys, at: Ints, rule: Frame) -> Ints:
    """For each text the smallest index of a text of the very words, itself where it has fewer than `enough`."""
    whole = _whole(words, at)
    few = np.diff(at) < rule.enough
    whole[few] = mixed(np.uint64(0)) ^ np.flatnonzero(few).astype(np.uint64)
    _, first, place = np.unique(whole, return_index=True, return_inverse=True)
    return first[place].astype(np.int64)


def _framed(words: Keys, at: Ints, rule: Frame) -> Ints:
    found, text, kept = _frames(words, at, rule, _counted(words, at, rule, np.zeros(_CELLS, np.uint8)))
    _, place, times = np.unique(found, return_inverse=True, return_counts=True)
    order = np.lexsort((text, found, -(times[place] * kept)))
    labels = np.arange(len(at) - 1, dtype=np.int64)
    _assign(found[order], text[order], kept[order], rule, np.zeros(len(labels), np.bool_), labels)
    return labels


@nb.njit(cache=True, nogil=True)
def skeletons(data, offsets, chosen, folding, here):  # type: ignore[no-untyped-def]
    """(keys of the words of each chosen text, where each begins); a word of some length is known by its set of letters.

    Letters that changed places, or stand twice, change nothing: most slips of the finger. What stands before and after
    tells other words of those letters apart. Numbers, or links, that follow each other are one.
    """
    at, total = np.zeros(chosen.size + 1, np.int64), 0
    for row in chosen:
        total += offsets[row + 1] - offsets[row]
    keys, held = np.empty(total + 1, np.uint32), 0
    for number in range(chosen.size):
        count = tokenise(data, offsets[chosen[number]], offsets[chosen[number] + 1], folding, here)
        for place in range(count):
            if here.keys[place] >= WORDS:
                begin = here.ends_at[place - 1] if place > 0 else 0
                keys[held] = _skeleton(here.keys[place], here.letters[begin : here.ends_at[place]])
                held += 1
            elif held == at[number] or keys[held - 1] != here.keys[place]:
                keys[held] = here.keys[place]
                held += 1
        at[number + 1] = held
    return keys[:held], at


@nb.njit(cache=True, nogil=True)
def _skeleton(key, letters):  # type: ignore[no-untyped-def]
    if letters.size < _SPELLED:
        return key
    ordered, hashed = np.sort(letters), np.uint64(0)
    for place in range(ordered.size):
        if place == 0 or ordered[place] != ordered[place - 1]:
            hashed = mixed(hashed ^ np.uint64(ordered[place]))
    return max(np.uint32(hashed >> np.uint64(32)), np.uint32(WORDS))


@nb.njit(cache=True, nogil=True)
def _whole(words, at):  # type: ignore[no-untyped-def]
    """A hash of all words of each text."""
    made = np.zeros(at.size - 1, np.uint64)
    for text in range(made.size):
        for place in range(at[text], at[text + 1]):
            made[text] = mixed(made[text] ^ np.uint64(words[place])) + np.uint64(1)
    return made


@nb.njit(cache=True, nogil=True)
def _bounds(size, rule):  # type: ignore[no-untyped-def]
    """The most words that a slot of a text of `size` words may hold; -1: the text is none that has a frame."""
    if size >= rule.below:
        return -1
    return min(rule.longest, size - rule.constants, int(size * (1 - rule.share)))


@nb.njit(cache=True, nogil=True)
def _needed(constants, rule):  # type: ignore[no-untyped-def]
    """How many fillings make a slot beside that many constant words."""
    return rule.fillings if constants >= rule.enough else rule.many


@nb.njit(cache=True, nogil=True)
def _hashes(words, into):  # type: ignore[no-untyped-def]
    """Into row 0 the hash of the first n words, into row 1 that of all from n on, into row 2 how many are words."""
    size = words.size
    into[0, 0], into[1, size], into[2, 0] = np.uint64(1), np.uint64(2), np.uint64(0)
    for n in range(size):
        into[0, n + 1] = mixed(into[0, n] ^ np.uint64(words[n])) + np.uint64(1)
        into[2, n + 1] = into[2, n] + np.uint64(words[n] >= WORDS)
        last = size - 1 - n
        into[1, last] = mixed(into[1, last + 1] ^ np.uint64(words[last])) + np.uint64(1)


@nb.njit(cache=True, nogil=True)
def _each(one, rule, room):  # type: ignore[no-untyped-def]
    """(hash, constant words) of every frame of a text; `room` holds the hashes of its beginnings and ends."""
    most = _bounds(one.size, rule)
    if most > 0:
        _hashes(one, room)
        for gap in range(1, most + 1):
            edge = 0 if gap == 1 and one.size > rule.enough else 1  # a slot at an end holds one word
            for before in range(edge, one.size - gap + 1 - edge):
                said = room[2, one.size] - room[2, before + gap] + room[2, before]
                if said >= np.uint64(rule.words):
                    inside = 0 < before < one.size - gap
                    yield mixed(room[0, before] ^ room[1, before + gap]), one.size - gap, inside


@nb.njit(cache=True, nogil=True)
def _counted(words, at, rule, counts):  # type: ignore[no-untyped-def]
    """How many texts may have each frame, at most 255, by the lowest bits of its hash."""
    room, mask = np.zeros((3, rule.below + 1), np.uint64), np.uint64(counts.size - 1)
    for text in range(at.size - 1):
        for frame, _, _ in _each(words[at[text] : at[text + 1]], rule, room):
            counts[frame & mask] += counts[frame & mask] < 255
    return counts


@nb.njit(cache=True, nogil=True)
def _frames(words, at, rule, counts):  # type: ignore[no-untyped-def]
    """(frame, text, its constant words) of every frame that enough texts may have, text after text."""
    found, text_of, kept = ([np.uint64(0) for _ in range(0)], [0 for _ in range(0)], [0 for _ in range(0)])
    room, mask = np.zeros((3, rule.below + 1), np.uint64), np.uint64(counts.size - 1)
    for text in range(at.size - 1):
        for frame, constants, inside in _each(words[at[text] : at[text + 1]], rule, room):
            kept_here = constants if inside else min(constants, rule.enough - 1)
            if counts[frame & mask] >= _needed(kept_here, rule):
                found.append(frame)
                text_of.append(text)
                kept.append(kept_here)
    return np.array(found, np.uint64), np.array(text_of, np.int64), np.array(kept, np.int64)


@nb.njit(cache=True, nogil=True)
def _assign(frames, texts, kept, rule, taken, labels):  # type: ignore[no-untyped-def]
    """Gives each frame in turn the texts that are still free, if they are enough."""
    begin = 0
    while begin < frames.size:
        end, free, lowest = begin, 0, -1
        while end < frames.size and frames[end] == frames[begin]:
            if not taken[texts[end]]:
                free += 1
                lowest = texts[end] if lowest < 0 else min(lowest, texts[end])
            end += 1
        if free >= _needed(kept[begin], rule):
            for place in range(begin, end):
                if not taken[texts[place]]:
                    taken[texts[place]] = True
                    labels[texts[place]] = lowest
        begin = end

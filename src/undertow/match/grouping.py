"""From signatures to groups: each candidate pair verified by alignment, joined, and every group checked as a whole.

Equal texts are one text from the start. Texts stand in the order of their equality hashes, so the order of input plays
no part. What a chain of likenesses holds together is split: each text must be like the centre of its group.
"""

from typing import NamedTuple

import numba as nb
import numpy as np
import numpy.typing as npt

from undertow.engine.components import join, root, settle
from undertow.match.alignment import common, space
from undertow.match.candidates import Pairs, candidates
from undertow.match.frames import framed, skeletons
from undertow.match.rules import Rule, frame, rule
from undertow.match.signatures import Signed
from undertow.match.tokens import LIMIT, WORDS, folding, room, tokenise
from undertow.match.variants import slotted

LETTERS = 512  # letters of a short text that are compared
SPELLED = 64  # words below which a text's letters are kept: a longer one is like no short one
CENTRES = 64  # groups that one component is split into before what is left is joined anew
ROUNDS = 8  # times that is done; what is left then is alone
LEADERS = 16  # texts left out of a group that others are compared with

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint32]


class Sequences(NamedTuple):
    """Texts as word keys and as folded letters, one after another; text t is `words[words_at[t] : words_at[t + 1]]`.

    `copies`: how many posts have that very text.
    """

    words: Keys
    words_at: Ints
    letters: Keys
    letters_at: Ints
    copies: Ints


def groups(signed: Signed, data: npt.NDArray[np.uint8], offsets: Ints, rules: tuple[Rule, Rule] | None = None) -> Ints:
    """For each text the smallest index of a text of its group; a text alone, and one without words, has its own.

    `data` and `offsets` are the texts as UTF-8 (`signatures.buffers`); `rules` stand in for those of the data file.
    """
    equal, words, pairs, runs = signed
    labels = np.arange(len(words), dtype=np.int64)
    order, number = _distinct(equal)
    if order.size == 0:
        return labels
    chosen = order[np.r_[True, number[1:] != number[:-1]]]
    copies, parents = np.bincount(number), np.arange(chosen.size, dtype=np.int64)
    left = np.arange(chosen.size, dtype=np.int64)
    for _ in range(ROUNDS):
        rows = chosen[left]
        found = candidates(words[rows], pairs[rows], runs[rows])
        if not len(found):
            break
        inside = _joined(found, rows, copies[left], (data, offsets), rules or (rule("pair"), rule("centre")))
        parents[left[inside >= 0]] = left[inside[inside >= 0]]
        left = left[inside < 0]
    parents = _framed(parents, copies, words[chosen], (data, offsets), chosen)
    smallest = np.full(chosen.size, len(words), np.int64)
    np.minimum.at(smallest, parents[number], order)
    labels[order] = smallest[parents[number]]
    return labels


def _framed(
    parents: Ints, copies: Ints, words: npt.NDArray[np.int32], texts: tuple[npt.NDArray[np.uint8], Ints], chosen: Ints
) -> Ints:
    """The parents after groups of short texts whose commonest texts share a frame are joined."""
    order = np.lexsort((np.arange(parents.size), -copies, parents))
    heads = order[np.diff(parents[order], prepend=-1) != 0]
    heads = np.sort(heads[words[heads] < frame().below])
    keys, at = skeletons(*texts, chosen[heads], folding(), room())
    joined, above = framed(keys, at, frame()), np.arange(parents.size)
    above[parents[heads]] = parents[heads[joined]]
    return above[parents]


def _distinct(equal: npt.NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Texts in the order of their equality hashes, and of each the number of its distinct text."""
    order = np.lexsort((equal[:, 1], equal[:, 0]))
    order = order[(equal[order] != 0).any(axis=1)]
    if order.size == 0:
        return order, order
    fresh = np.r_[True, (equal[order[1:]] != equal[order[:-1]]).any(axis=1)]
    return order, np.cumsum(fresh) - 1


def _joined(
    found: Pairs,
    chosen: Ints,
    copies: Ints,
    texts: tuple[npt.NDArray[np.uint8], Ints],
    rules: tuple[Rule, Rule],
) -> Ints:
    """For each chosen text the smallest of its group; -1 where its group is for another round to tell."""
    parents = np.arange(chosen.size, dtype=np.int64)
    met = np.zeros(chosen.size, np.bool_)
    met[found] = True
    kept = np.flatnonzero(met)
    words, words_at, letters, letters_at = _sequences(*texts, chosen[kept], folding(), room())
    sequences = Sequences(words, words_at, letters, letters_at, copies[kept])
    inside = np.arange(kept.size)
    work = space(min(LIMIT, max(LETTERS, int(np.diff(sequences.words_at).max()))))
    place = np.cumsum(met) - 1
    _verify(inside, place[found], sequences, rules[0], work)
    settle(inside)
    _check(inside, sequences, rules[1], work)
    parents[kept] = np.where(inside < 0, -1, kept[inside])
    return parents


@nb.njit(cache=True, nogil=True)
def _sequences(data, offsets, chosen, folding, here):  # type: ignore[no-untyped-def]
    words_at, letters_at = np.zeros(chosen.size + 1, np.int64), np.zeros(chosen.size + 1, np.int64)
    total = 0
    for row in chosen:
        total += offsets[row + 1] - offsets[row]
    words, letters = np.empty(total + 1, np.uint32), np.empty(total + 1, np.uint32)  # touched only as far as filled
    held, spelled = 0, 0
    for number in range(chosen.size):
        row = chosen[number]
        count = tokenise(data, offsets[row], offsets[row + 1], folding, here)
        for place in range(count):
            if here.keys[place] >= WORDS:
                words[held] = here.keys[place]
                held += 1
        few = count > 0 and held - words_at[number] < SPELLED
        length = min(here.ends_at[count - 1], LETTERS) if few else 0
        letters[spelled : spelled + length] = here.letters[:length]
        spelled += length
        words_at[number + 1], letters_at[number + 1] = held, spelled
    return words[:held], words_at, letters[:spelled], letters_at


@nb.njit(cache=True, nogil=True)
def _similar(one, other, sequences, rule, work):  # type: ignore[no-untyped-def]
    """(share of two texts that agrees in order, by the rule's measure of length, 0: too little; nearly all agrees)."""
    words, at = sequences.words, sequences.words_at
    left, right = words[at[one] : at[one + 1]], words[at[other] : at[other + 1]]
    share, base, lean, firm = rule.share, rule.base, rule.lean, rule.firm
    if min(sequences.copies[one], sequences.copies[other]) >= rule.often:
        firm = rule.often_firm
    if min(left.size, right.size) < rule.short:
        words, at = sequences.letters, sequences.letters_at
        left, right = words[at[one] : at[one + 1]], words[at[other] : at[other + 1]]
        share, base, lean, firm = rule.short_share, rule.short_base, rule.short_lean, rule.short_firm
    few, many = min(left.size, right.size), max(left.size, right.size)
    length = lean * few + (1 - lean) * many
    need = share * length + base
    if few < need:
        return 0.0, False
    agreed = common(left, right, work)
    return (agreed / length if agreed >= need else 0.0), agreed >= firm * many


@nb.njit(cache=True, nogil=True)
def _verify(parents, pairs, sequences, rule, work):  # type: ignore[no-untyped-def]
    for number in range(len(pairs)):
        one, other = pairs[number, 0], pairs[number, 1]
        if root(parents, one) != root(parents, other) and _similar(one, other, sequences, rule, work)[0] > 0:
            join(parents, one, other)


@nb.njit(cache=True, nogil=True)
def _check(parents, sequences, rule, work):  # type: ignore[no-untyped-def]
    """Splits what only a chain holds together; `parents` hold the smallest text of each group, before and after.

    Each text must be like the centre of its group, else it is grouped anew, with what was left out like it. What is
    left after `CENTRES` groups of one component gets -1: cost stays linear in the texts.
    """
    order = np.argsort(parents, kind="mergesort")
    begin = 0
    while begin < order.size:
        end = begin + 1
        while end < order.size and parents[order[end]] == parents[order[begin]]:
            end += 1
        rest = order[begin:end].copy()
        begin = end
        for _ in range(CENTRES):
            if rest.size == 0:
                break
            near = _around(rest, sequences, rule, work)
            lowest = rest[near].min()
            parents[rest[near]] = lowest
            rest = rest[~near]
        parents[rest] = -1


@nb.njit(cache=True, nogil=True)
def _around(texts, sequences, rule, work):  # type: ignore[no-untyped-def]
    """Which of `texts` form one group around the text with most copies (of equals the first).

    If the farthest of them is the centre of a group of its own, of at least `part` texts that are closer to it by `gap`
    than it is to the first centre, those are left out: two templates that share a part are two.
    """
    centre = 0
    for number in range(texts.size):
        if sequences.copies[texts[number]] > sequences.copies[texts[centre]]:
            centre = number
    likeness, stray = np.zeros(texts.size), np.zeros(texts.size, np.bool_)
    for number in range(texts.size):
        if number != centre:
            likeness[number], firm = _similar(texts[centre], texts[number], sequences, rule, work)
            stray[number] = likeness[number] > 0 and not firm and sequences.copies[texts[number]] > 1
    likeness[centre] = 2.0
    near = likeness > 0
    if sequences.copies[texts[centre]] > 1 and stray.any():
        _part_strays(texts, centre, near, stray, likeness, sequences, rule, work)
    while near.sum() > rule.part:
        far = -1
        for number in range(texts.size):
            if near[number] and (far < 0 or likeness[number] < likeness[far]):
                far = number
        apart, total, size = np.zeros(texts.size, np.bool_), 0.0, 1
        if likeness[far] + rule.gap > 1:
            break
        for number in range(texts.size):
            if near[number] and number != far and number != centre:
                closer = _similar(texts[far], texts[number], sequences, rule, work)[0]
                if closer > likeness[number]:
                    apart[number] = True
                    total += closer
                    size += 1
        if size < max(2, rule.part) or total / (size - 1) < likeness[far] + rule.gap:
            break
        apart[far] = True
        near &= ~apart
    return near


@nb.njit(cache=True, nogil=True)
def _part_strays(texts, centre, near, stray, likeness, sequences, rule, work):  # type: ignore[no-untyped-def]
    """Leaves out the stray texts that differ from the centre elsewhere than in slots, and what is more like them."""
    strays = np.flatnonzero(stray)
    if strays.size >= rule.variants:
        kept = slotted(texts[centre], texts[strays], sequences.words, sequences.words_at, rule.variants)
        strays = strays[~kept]
    near[strays] = False
    for number in range(texts.size):
        if near[number] and number != centre:
            for leader in strays[:LEADERS]:
                if _similar(texts[leader], texts[number], sequences, rule, work)[0] > likeness[number]:
                    near[number] = False
                    break

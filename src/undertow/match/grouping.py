"""From signatures to groups: candidates by bands, each verified by alignment, joined, every group checked as a whole.

Candidates: texts that share three of 63 minima (21 bands; for short texts also two of 32, 16 bands) meet in a bucket.
Inside a bucket a text is compared with the first and with the previous one, never with all: the number of comparisons
is linear. Texts stand in the order of their equality hashes, so the order of input plays no part.
"""

from dataclasses import dataclass

import numba as nb
import numpy as np
import numpy.typing as npt

from undertow.engine.components import join, root, settle
from undertow.match.alignment import common, space
from undertow.match.signatures import Signed
from undertow.match.tokens import WORDS, folding, room, tokenise

BANDS, ROWS = 21, 3
SHORT_BANDS, SHORT_ROWS = 16, 2


@dataclass(frozen=True, slots=True)
class Rule:
    """When two texts are of one template: guesses, tuned by random search on public ads, messages and made-up ads.

    Of n words at least `share` n + `base` must agree in order; n leans by `lean` from the longer text (0) to the
    shorter (1). Where the shorter has fewer than `short` words, letters are compared in place of words, with
    `short_share`, `short_base` and `short_lean`. `agreeing` minima of 64 must agree first. `whole`, `whole_base` and
    `whole_short` are the shares for a text against the centre of its group.
    """

    share: float = 0.6
    base: float = 1.0
    short: int = 12
    short_share: float = 0.85
    short_base: float = 1.0
    agreeing: int = 6
    lean: float = 0.7
    short_lean: float = 0.0
    whole: float = 0.5
    whole_base: float = 4.0
    whole_short: float = 0.7


RULE = Rule()


def groups(
    signed: Signed, data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], rule: Rule = RULE
) -> npt.NDArray[np.int64]:
    """For each text the smallest index of a text of its group; a text alone, and one without words, has its own."""
    equal, words, pairs, runs = signed
    labels = np.arange(len(words), dtype=np.int64)
    order = np.lexsort((equal[:, 1], equal[:, 0]))
    order = order[(equal[order] != 0).any(axis=1)]
    if order.size == 0:
        return labels
    fresh = np.ones(order.size, bool)
    fresh[1:] = (equal[order[1:]] != equal[order[:-1]]).any(axis=1)
    number = np.cumsum(fresh) - 1  # of each text in `order`, which distinct text it is
    chosen = order[fresh]
    parents = _joined(words[chosen], pairs[chosen], runs[chosen], (data, offsets, chosen), np.bincount(number), rule)
    smallest = np.full(chosen.size, len(words), np.int64)
    np.minimum.at(smallest, parents[number], order)
    labels[order] = smallest[parents[number]]
    return labels


Texts = tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.int64]]


def _joined(
    words: npt.NDArray[np.int32],
    pairs: npt.NDArray[np.uint16],
    runs: npt.NDArray[np.uint16],
    texts: Texts,
    weights: npt.NDArray[np.int64],
    rule: Rule,
) -> npt.NDArray[np.int64]:
    few = np.flatnonzero((words > 1) & (words < 16))
    some = np.flatnonzero(words > 1)
    edges = [_candidates(pairs, some, BANDS, ROWS, rule.agreeing)]
    if few.size > 1:
        edges.append(_candidates(runs, few, SHORT_BANDS, SHORT_ROWS, 8))
    both = np.concatenate(edges)
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    parents = np.arange(words.size, dtype=np.int64)
    if len(both):
        kept = np.unique(both)
        sequences = _sequences(*texts[:2], texts[2][kept], folding(), room())
        place = np.zeros(words.size, np.int64)
        place[kept] = np.arange(kept.size)
        _verify(parents, both, place, sequences, _rule(rule), space(_longest(sequences)))
        settle(parents)
        if rule.whole > 0:
            _check(
                parents,
                weights,
                place,
                sequences,
                (_rule(rule), rule.whole, rule.whole_base, rule.whole_short),
                space(_longest(sequences)),
            )
    return parents


def _longest(
    sequences: tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64], npt.NDArray[np.uint32], npt.NDArray[np.int64]],
) -> int:
    return int(max(np.diff(sequences[1]).max(), min(np.diff(sequences[3]).max(), 512)))


def _rule(rule: Rule) -> npt.NDArray[np.float64]:
    return np.array(
        [rule.share, rule.base, rule.short, rule.short_share, rule.short_base, rule.lean, rule.short_lean], np.float64
    )


def _candidates(
    minima: npt.NDArray[np.uint16], chosen: npt.NDArray[np.int64], bands: int, rows: int, agreeing: int
) -> npt.NDArray[np.int64]:
    size = 1 << max(4, int(chosen.size * 4 // 3).bit_length())
    return _buckets(minima, chosen, bands, rows, agreeing, size)


@nb.njit(cache=True, nogil=True)
def _agree(minima, one, other):  # type: ignore[no-untyped-def]
    found = 0
    for k in range(minima.shape[1]):
        found += minima[one, k] == minima[other, k]
    return found


@nb.njit(cache=True, nogil=True)
def _buckets(minima, chosen, bands, rows, agreeing, size):  # type: ignore[no-untyped-def]
    """Pairs (text, earlier text of one of its buckets) that agree in `agreeing` minima, one array n x 2."""
    keys, first, last = np.zeros(size, np.uint64), np.zeros(size, np.int32), np.zeros(size, np.int32)
    found, held = np.zeros((max(1024, chosen.size), 2), np.int64), 0
    mask = np.uint64(size - 1)
    for band in range(bands):
        first[:] = -1
        for number in range(chosen.size):
            text = chosen[number]
            key = np.uint64(0)
            for k in range(band * rows, (band + 1) * rows):
                key = (key << np.uint64(16)) | np.uint64(minima[text, k])
            at = (key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32) & mask
            while first[at] >= 0 and keys[at] != key:
                at = (at + np.uint64(1)) & mask
            if first[at] < 0:
                keys[at], first[at], last[at] = key, text, text
                continue
            if held + 2 > len(found):
                grown = np.zeros((2 * len(found), 2), np.int64)
                grown[:held] = found[:held]
                found = grown
            if _agree(minima, text, first[at]) >= agreeing:
                found[held, 0], found[held, 1] = text, first[at]
                held += 1
            if last[at] != first[at] and _agree(minima, text, last[at]) >= agreeing:
                found[held, 0], found[held, 1] = text, last[at]
                held += 1
            last[at] = text
    return found[:held]


@nb.njit(cache=True, nogil=True)
def _sequences(data, offsets, chosen, folding, here):  # type: ignore[no-untyped-def]
    """Words (keys, offsets) and letters (letters, offsets) of the chosen texts, one after another."""
    starts, letters_at = np.zeros(chosen.size + 1, np.int64), np.zeros(chosen.size + 1, np.int64)
    total = 0
    for number in range(chosen.size):
        total += offsets[chosen[number] + 1] - offsets[chosen[number]]
    words, letters = np.zeros(total + 1, np.uint32), np.zeros(total + 1, np.uint32)
    held, spelled = 0, 0
    for number in range(chosen.size):
        row = chosen[number]
        count = tokenise(data, offsets[row], offsets[row + 1], folding, here)
        known = 0
        for place in range(count):
            if here.keys[place] >= WORDS:
                words[held + known] = here.keys[place]
                known += 1
        held += known
        if known < 64 and count > 0:
            length = here.ends_at[count - 1]
            letters[spelled : spelled + length] = here.letters[:length]
            spelled += length
        starts[number + 1], letters_at[number + 1] = held, spelled
    return words[:held].copy(), starts, letters[:spelled].copy(), letters_at


@nb.njit(cache=True, nogil=True)
def _similar(one, other, sequences, rule, space):  # type: ignore[no-untyped-def]
    words, starts, letters, letters_at = sequences
    share, base, short, short_share, short_base, lean, short_lean = (
        rule[0],
        rule[1],
        rule[2],
        rule[3],
        rule[4],
        rule[5],
        rule[6],
    )
    few = min(starts[one + 1] - starts[one], starts[other + 1] - starts[other])
    many = max(starts[one + 1] - starts[one], starts[other + 1] - starts[other])
    if few < short:
        left, right = letters[letters_at[one] : letters_at[one + 1]], letters[letters_at[other] : letters_at[other + 1]]
        if left.size > space.used.size or right.size == 0 or left.size == 0:
            return False
        need = (
            short_share * (short_lean * min(left.size, right.size) + (1 - short_lean) * max(left.size, right.size))
            + short_base
        )
        return min(left.size, right.size) >= need and common(left, right, space) >= need
    need = share * (lean * few + (1 - lean) * many) + base
    return (
        few >= need
        and common(words[starts[one] : starts[one + 1]], words[starts[other] : starts[other + 1]], space) >= need
    )


@nb.njit(cache=True, nogil=True)
def _verify(parents, edges, place, sequences, rule, space):  # type: ignore[no-untyped-def]
    for number in range(len(edges)):
        one, other = edges[number, 0], edges[number, 1]
        if root(parents, one) != root(parents, other) and _similar(place[one], place[other], sequences, rule, space):
            join(parents, one, other)


@nb.njit(cache=True, nogil=True)
def _check(parents, weights, place, sequences, rules, space):  # type: ignore[no-untyped-def]
    """Splits what a chain holds together: each text must be like the centre of its group, else it is grouped anew."""
    rule, whole, base, whole_short = rules
    loose = rule.copy()
    loose[0], loose[1], loose[3] = whole, base, whole_short
    sizes = np.zeros(parents.size, np.int64)
    for node in range(parents.size):
        sizes[parents[node]] += 1
    starts = np.zeros(parents.size + 1, np.int64)
    for node in range(parents.size):
        starts[node + 1] = starts[node] + sizes[node]
    members, filled = np.zeros(parents.size, np.int64), starts[:-1].copy()
    for node in range(parents.size):
        members[filled[parents[node]]] = node
        filled[parents[node]] += 1
    for group in range(parents.size):
        if sizes[group] < 3:
            continue
        rest = members[starts[group] : starts[group + 1]].copy()
        while rest.size:
            centre = rest[0]
            for node in rest:
                if weights[node] > weights[centre]:
                    centre = node
            out, lowest = 0, centre
            inside = np.zeros(rest.size, np.bool_)
            for number in range(rest.size):
                node = rest[number]
                inside[number] = node == centre or _similar(place[centre], place[node], sequences, loose, space)
                if inside[number]:
                    lowest = min(lowest, node)
            left = np.zeros(rest.size, np.int64)
            for number in range(rest.size):
                if inside[number]:
                    parents[rest[number]] = lowest
                else:
                    left[out] = rest[number]
                    out += 1
            rest = left[:out].copy()

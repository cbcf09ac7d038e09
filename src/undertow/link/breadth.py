"""How many groups of records a value ties together, and whether anything else ties them: the counting behind `hubs`."""

from dataclasses import dataclass

import numpy as np
from numba import njit

from undertow.link.graph import Flags, Graph, Ints, offsets, sorted_pairs

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Breadth:
    """For every value: its groups, those of them that have a life elsewhere, and how many records are in a group."""

    groups: Ints
    outside: Ints
    known: Ints


def rarest(graph: Graph, chosen: Flags) -> Ints:
    """The rarest chosen value of each record, the smaller number where two are equally rare; UNKNOWN where none is."""
    return _rarest(graph.starts, graph.members, chosen, len(graph.records))


def breadth(graph: Graph, label: Ints, busy: Flags | None = None) -> Breadth:
    """Breadth of every value over the groups that `label` gives records.

    A group has a life elsewhere where it has records that do not hold the value, or where `busy` marks one of its own.
    """
    labels = len(graph.vias) + len(graph.records)
    whole = np.bincount(label[label != UNKNOWN], minlength=labels)
    if busy is not None:
        whole[label[busy]] += labels
    return Breadth(*_count(graph.starts, graph.members, label, whole))


def loose(graph: Graph, label: Ints, wide: Flags, strong: Flags) -> Flags:
    """Which of the `wide` values tie together groups of which less than half are tied by any other `strong` value.

    The broadest is judged first, and counts no longer as a tie between the groups of the others once it is found loose;
    all are judged again until none is found.
    """
    via = graph.via_of_members()
    held = strong[via]
    group, value = sorted_pairs(label[graph.members[held]], via[held], len(graph.vias))
    starts = offsets(np.bincount(group, minlength=len(graph.records)))
    candidates = np.flatnonzero(wide)
    candidates = candidates[np.lexsort((candidates, -graph.shared[candidates]))]
    found = np.zeros(len(wide), np.bool_)
    while _loosen(candidates, (graph.starts, label[graph.members]), (starts, value), found):
        candidates = candidates[~found[candidates]]
    return found


@njit(cache=True)
def _rarest(starts: Ints, members: Ints, chosen: Flags, records: int) -> Ints:
    label = np.full(records, UNKNOWN, np.int64)
    for via in range(len(starts) - 1):
        if chosen[via]:
            size = starts[via + 1] - starts[via]
            for place in range(starts[via], starts[via + 1]):
                held = label[members[place]]
                if held == UNKNOWN or size < starts[held + 1] - starts[held]:
                    label[members[place]] = via
    return label


@njit(cache=True)
def _count(starts: Ints, members: Ints, label: Ints, whole: Ints) -> tuple[Ints, Ints, Ints]:
    here, size = np.zeros(len(whole), np.int64), len(starts) - 1
    groups, outside, known = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    for via in range(size):
        for record in members[starts[via] : starts[via + 1]]:
            name = label[record]
            if name != UNKNOWN:
                known[via] += 1
                here[name] += 1
                groups[via] += here[name] == 1
        for record in members[starts[via] : starts[via + 1]]:
            name = label[record]
            if name != UNKNOWN and here[name] > 0:
                outside[via] += here[name] < whole[name]
                here[name] = 0
    return groups, outside, known


@njit(cache=True)
def _loosen(candidates: Ints, groups_of: tuple[Ints, Ints], values_of: tuple[Ints, Ints], found: Flags) -> int:
    """Marks loose candidates in `found` and counts them; `groups_of` are those of values, `values_of` the reverse."""
    (starts, groups), (begins, values) = groups_of, values_of
    times, seen = np.zeros(len(found), np.int64), np.full(len(begins), -1, np.int64)
    last = np.full(len(found), -1, np.int64)
    count = 0
    for via in candidates:
        kinds, tied = 0, 0
        for group in groups[starts[via] : starts[via + 1]]:
            if seen[group] != via:
                seen[group] = via
                kinds += 1
                for value in values[begins[group] : begins[group + 1]]:
                    if value != via and not found[value] and last[value] != group:
                        last[value] = group
                        times[value] += 1
        for group in groups[starts[via] : starts[via + 1]]:
            if seen[group] == via:
                seen[group] = -1
                shared = False
                for value in values[begins[group] : begins[group + 1]]:
                    shared |= value != via and not found[value] and times[value] > 1
                tied += shared
        for group in groups[starts[via] : starts[via + 1]]:
            for value in values[begins[group] : begins[group + 1]]:
                times[value], last[value] = 0, -1
        if 2 * tied < kinds:
            found[via] = True
            count += 1
    return count

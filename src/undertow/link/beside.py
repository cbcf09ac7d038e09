"""Finds numbers that people give beside one of their own: a driver's, a flat's, a front desk's.

Who runs several accounts writes one number instead of another; people who share a driver write two, their own and his.
So a value is shared, and joins nobody, where three things hold. Without it, what it ties falls into several parts.
Most of its records give another contact beside it, of whatever kind. And each of those parts gives such a contact, and
has records that do without the value.

Groups are those of `hubs`; a part is groups that any other strong value ties. A number that followed another is
written beside it as well, but stands alone before or after, and ties two parts.
"""

import numpy as np
from numba import njit

from undertow.link.graph import Flags, Graph, Ints, offsets, sorted_pairs


def parts(graph: Graph, label: Ints, contact: Flags, strong: Flags) -> Ints:
    """How many parts each value of `contact` ties that stands beside others; `label` is the group of every record.

    `strong` are the values that may tie groups.
    """
    via = graph.via_of_members()
    held = strong[via]
    group, value = sorted_pairs(label[graph.members[held]], via[held], len(graph.vias))
    starts = offsets(np.bincount(group, minlength=len(graph.records)))
    given = contact[via]
    beside = given & (np.bincount(graph.members[given], minlength=len(graph.records))[graph.members] > 1)
    candidates = np.flatnonzero(contact & (2 * np.bincount(via[beside], minlength=len(contact)) > graph.shared))
    whole = np.bincount(label, minlength=len(graph.records))
    made = np.zeros(len(contact), np.int64)
    _count(candidates, (graph.starts, label[graph.members], beside), (starts, value), whole, made)
    return made


@njit(cache=True)
def _count(
    candidates: Ints,
    groups_of: tuple[Ints, Ints, Flags],
    values_of: tuple[Ints, Ints],
    whole: Ints,
    parts_of: Ints,
) -> None:
    """Counts the parts of each candidate; `groups_of` are the groups of values, `values_of` the reverse."""
    (starts, groups, beside), (begins, values) = groups_of, values_of
    above, first = np.full(len(begins), -1, np.int64), np.full(len(parts_of), -1, np.int64)
    here, own = np.zeros(len(begins), np.int64), np.zeros(len(begins), np.int64)
    for via in candidates:
        for at in range(starts[via], starts[via + 1]):
            group = groups[at]
            here[group] += 1
            own[group] |= 1 if beside[at] else 0
            above[group] = group
        once = np.unique(groups[starts[via] : starts[via + 1]])
        for group in once:
            for value in values[begins[group] : begins[group + 1]]:
                if value != via:
                    first[value] = group if first[value] < 0 else first[value]
                    _tie(above, first[value], group)
        for group in once:
            for value in values[begins[group] : begins[group + 1]]:
                first[value] = -1
            top = _top(above, group)
            own[top] |= own[group] | (2 if here[group] < whole[group] else 0)
        parts = 0
        for group in once:
            parts += above[group] == group and own[group] == 3
            here[group], own[group] = 0, 0
        parts_of[via] = parts


@njit(cache=True)
def _top(above: Ints, group: int) -> int:
    while above[group] != group:
        above[group] = above[above[group]]
        group = above[group]
    return group


@njit(cache=True)
def _tie(above: Ints, one: int, other: int) -> None:
    one, other = _top(above, one), _top(above, other)
    above[max(one, other)] = min(one, other)

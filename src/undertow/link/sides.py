"""What stands on each side of a value: the parts in which its records are left without it, and who speaks in them.

A side is organised so far as it speaks through several accounts and gives several contacts. Its voices are its accounts
or its contacts, whichever are fewer, the value itself left out: a campaign of many accounts that give no contact has
none, a person who advertises alone has one or two. The reach of a value is the product of the voices of the two sides
that have the most: who drives ten people that advertise alone reaches less than who serves two networks.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from undertow.link.graph import Ints, offsets

ACCOUNT, CONTACT = 1, 2


@dataclass(frozen=True, slots=True)
class Voices:
    """Record r speaks through the values `value[starts[r]:starts[r + 1]]`; `role` of each is ACCOUNT or CONTACT."""

    starts: Ints
    value: Ints
    role: Ints


@dataclass(frozen=True, slots=True)
class Sides:
    """For each of some values: how many sides, pairs of records on different ones, records in the largest, reach."""

    parts: Ints
    pairs: Ints
    largest: Ints
    second: Ints
    reach: Ints


def sides(meeting: tuple[Ints, Ints], voices: Voices, value: Ints, node: Ints) -> Sides:
    """Sides of every value, in order: `node` are the nodes that stand for each `value`, one for every network.

    `meeting` are the offsets and the neighbours of all nodes, records first.
    """
    begins = np.flatnonzero(np.diff(value, prepend=-1))
    made = np.zeros((len(begins), 5), np.int64)
    spans = offsets(np.diff(np.append(begins, len(value))))
    _measure(meeting, (voices.starts, voices.value, voices.role), (value[begins], spans, node), made)
    return Sides(*made.T)


@njit(cache=True)
def _measure(
    meeting: tuple[Ints, Ints], voices: tuple[Ints, Ints, Ints], wanted: tuple[Ints, Ints, Ints], made: Ints
) -> None:
    starts, neighbours = meeting
    value, spans, node = wanted
    seen, queue = np.full(len(starts) - 1, -1, np.int64), np.empty(len(starts) - 1, np.int64)
    heard, side = np.full(len(voices[2]), -1, np.int64), 0
    for one in range(len(value)):
        itself, most, next_ = node[spans[one] : spans[one + 1]], 0, 0
        seen[itself] = one
        for start in itself:
            for record in neighbours[starts[start] : starts[start + 1]]:
                if seen[record] == one:
                    continue
                heard[value[one]] = side
                reached = _reach(record, one, meeting, (seen, queue))
                size, spoken = _hear(queue[:reached], voices, heard, side)
                side += 1
                made[one, 0] += 1
                made[one, 1] += size * made[one, 4]
                made[one, 4] += size
                made[one, 2], made[one, 3] = _two(size, made[one, 2], made[one, 3])
                most, next_ = _two(spoken, most, next_)
        made[one, 4] = most * next_


@njit(cache=True)
def _two(number: int, most: int, next_: int) -> tuple[int, int]:
    """The two largest of three, where `most` is not below `next_`."""
    if number > most:
        return number, most
    return most, max(number, next_)


@njit(cache=True)
def _reach(start: int, mark: int, meeting: tuple[Ints, Ints], notes: tuple[Ints, Ints]) -> int:
    """Fills the queue with all nodes that meet `start` and bear no mark yet; gives how many."""
    (starts, neighbours), (seen, queue) = meeting, notes
    queue[0], seen[start], head, tail = start, mark, 0, 1
    while head < tail:
        at = queue[head]
        head += 1
        for other in neighbours[starts[at] : starts[at + 1]]:
            if seen[other] != mark:
                seen[other], queue[tail] = mark, other
                tail += 1
    return tail


@njit(cache=True)
def _hear(nodes: Ints, voices: tuple[Ints, Ints, Ints], heard: Ints, side: int) -> tuple[int, int]:
    """How many of the nodes are records, and their voices; what `heard` notes for this side is not counted."""
    starts, value, role = voices
    records, accounts, contacts = 0, 0, 0
    for record in nodes:
        if record < len(starts) - 1:
            records += 1
            for said in value[starts[record] : starts[record + 1]]:
                if heard[said] != side:
                    heard[said] = side
                    accounts += role[said] == ACCOUNT
                    contacts += role[said] == CONTACT
    return records, min(accounts, contacts)

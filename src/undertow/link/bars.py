"""Keeps apart what people said is not the same: parts that stand on the two sides of a bar never become one.

A bar is one judgement, or what is left of it: records on one side, records on the other. Every record of a bar carries
a mark, a code whose last bit is the side; a part carries the marks of all its records, so whatever path would bring the
two sides together, the last link of it is refused. The work grows with the marks, not with their pairs.

A link that would bring two sides together joins what it may: its parts are taken from the largest to the smallest, the
one with the smallest record that holds the value first among equals, and each goes to the first group that none of its
marks opposes. So most keep together, and who is called another stands apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit

from undertow.link.graph import NONE, Graph, Ints

Bars = tuple[Ints, Ints]
"""Records that carry a mark, and its code: twice the number of the bar, and one more on its other side."""


@dataclass(frozen=True, slots=True)
class Barred:
    """All bars of a run as marks; bar `b` is decision `numbers[b]`, made for the reason `because[b]`."""

    marks: Bars
    numbers: Sequence[int]
    because: Sequence[str]


def read(graph: Graph, rows: pa.Table) -> Barred:
    """The bars in rows of the table `said_apart`; records that hold nothing need none."""
    rows = rows.sort_by([(name, "ascending") for name in ("number", "piece", "side", "record_id")])
    place = pc.index_in(rows["record_id"].combine_chunks(), value_set=graph.records)
    pieces = list(zip(rows["number"].to_pylist(), rows["piece"].to_pylist(), rows["because"].to_pylist(), strict=True))
    bars = {one: at for at, one in enumerate(dict.fromkeys(pieces))}
    code = np.array([2 * bars[one] for one in pieces], np.int64) + rows["side"].to_numpy().astype(np.int64)
    known = place.is_valid().to_numpy(zero_copy_only=False)
    records = place.drop_null().to_numpy().astype(np.int64)
    return Barred((records, code[known]), [number for number, _, _ in bars], [because for _, _, because in bars])


@njit(cache=True)
def chained(marked: Ints, bar: Bars, nodes: int) -> Ints:
    """The first mark of every record; `bar` are codes, and, filled here, the mark after each of one record."""
    head = np.full(nodes, NONE, np.int64)
    for mark in range(len(marked)):
        bar[1][mark] = head[marked[mark]]
        head[marked[mark]] = mark
    return head


@njit(cache=True)
def barring(touched: Ints, head: Ints) -> bool:
    """Whether two or more of these parts carry marks."""
    count = 0
    for part in touched:
        count += head[part] != NONE
    return count > 1


@njit(cache=True)
def ordered(touched: Ints, met: Ints, size: Ints) -> None:
    """Sorts parts, and the record met in each, the largest first; among equals the order stays."""
    order = np.argsort(-size[touched], kind="mergesort")
    touched[:], met[:] = touched[order], met[order]


@njit(cache=True)
def fitting(touched: Ints, met: Ints, head: Ints, bar: Bars, stamp: tuple[Ints, int]) -> tuple[int, int]:
    """Moves to the front the parts that may be one with the first, and says how many they are.

    Also gives the largest code that kept one out, else NONE; `stamp` notes the codes met, each with this turn's token.
    """
    (codes, after), (noted, token) = bar, stamp
    aside, kept, later, barred = np.empty((2, len(touched)), np.int64), 0, 0, NONE
    for at in range(len(touched)):
        mark, against = head[touched[at]], NONE
        while mark != NONE:
            if noted[codes[mark] ^ 1] == token:
                against = max(against, codes[mark])
            mark = after[mark]
        if against != NONE:
            aside[0, later], aside[1, later] = touched[at], met[at]
            later, barred = later + 1, max(barred, against)
            continue
        mark = head[touched[at]]
        while mark != NONE:
            noted[codes[mark]] = token
            mark = after[mark]
        touched[kept], met[kept] = touched[at], met[at]
        kept += 1
    touched[kept:], met[kept:] = aside[0, :later], aside[1, :later]
    return kept, barred


@njit(cache=True)
def carry(group: Ints, head: Ints, bar: Bars, stamp: tuple[Ints, int]) -> None:
    """Gives the marks of parts that become one, each code once, to the smallest of them."""
    (codes, after), (noted, token), first = bar, stamp, NONE
    for part in group:
        mark, head[part] = head[part], NONE
        while mark != NONE:
            following = after[mark]
            if noted[codes[mark]] != token:
                noted[codes[mark]], after[mark], first = token, first, mark
            mark = following
    head[group.min()] = first

"""What may join records: one rare strong value, two values of different families, or a telling text.

Pairs of records are never listed. A link is a set of records that share the same one or two values; all of them are
joined through it, so the work grows with the ties and not with their square.

- a strong value that is no hub joins by itself: it is rare in the sense that counts, for few groups share it however
  many records do (see `hubs`);
- any other two values that are no hubs join the records that hold both, if they are of different families: the same
  template and the same site, say; their weights add up;
- a value that is only the looser form of another (`Evidence.of`) joins nothing: it counts among middlemen alone;
- what a person called the same joins before all else, the latest word first;
- a template that is no hub and saves much joins by its text alone, after all others, the posts of one wave (see
  `waves`), and never records or networks whose contacts differ (see `networks`), nor a copy by somebody whose text it
  is not (see `run`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numba import njit

from undertow.link.contract import Evidence
from undertow.link.graph import NONE, Flags, Graph, Ints, offsets
from undertow.link.options import Options


@dataclass(frozen=True, slots=True)
class Links:
    """Link `n` is value `first[n]` (and `second[n]`, or NONE) of the records `members[starts[n]:starts[n + 1]]`.

    They stand in the order in which they are to be used: what people said, then by weight, the heaviest first, those
    by text alone last.
    """

    first: Ints
    second: Ints
    weight: Ints
    alone: Flags  # by text alone
    said: Flags  # by a person
    starts: Ints
    members: Ints
    left_out: int = 0  # weak ties that were not paired, because their record has too many


def find(
    graph: Graph, evidence: Mapping[str, Evidence], capped: Flags, waves: Ints, *, said: Ints, options: Options
) -> Links:
    """All links; `waves` numbers the entries of `graph.members` that may join by text alone; -1: they may not.

    `said` is for each value that is a person's word the number of the decision, else 0.
    """
    strong = graph.of(frozenset(name for name, one in evidence.items() if one.strong))
    usable = ~capped & (graph.shared > 1)
    loose = graph.of(frozenset(name for name, one in evidence.items() if one.of))
    paired = _pairs(graph, evidence, usable & ~strong & ~loose, options.pair_limit)
    via = graph.via_of_members()
    single = _single(graph, np.where((usable & strong)[via], 0, -1), alone=False)
    return _ordered([single, paired, _single(graph, np.where(usable[via], waves, -1), alone=True)], said)


def _single(graph: Graph, part: Ints, *, alone: bool) -> Links:
    """A link for each part of a value that two or more entries of `graph.members` hold; part -1 is left out."""
    held = np.flatnonzero(part >= 0)
    via = graph.via_of_members()[held]
    order = np.lexsort((part[held], via))
    held, via = held[order], via[order]
    begins = np.flatnonzero(np.diff(via, prepend=-1) | np.diff(part[held], prepend=-1))
    sizes = np.diff(np.append(begins, len(held)))
    begins, sizes = begins[sizes > 1], sizes[sizes > 1]
    via = via[begins]
    return Links(
        via,
        np.full(len(via), NONE, np.int64),
        graph.weight[via],
        np.full(len(via), alone),
        np.zeros(len(via), np.bool_),
        offsets(sizes),
        graph.members[held[_spans(begins, sizes)]],
    )


def _pairs(graph: Graph, evidence: Mapping[str, Evidence], weak: Flags, limit: int) -> Links:
    via = graph.via_of_members()
    held = weak[via]
    via, record = via[held], graph.members[held]
    order = np.lexsort((via, graph.shared[via], record))
    via, record = via[order], record[order]
    families = sorted({one.family for one in evidence.values()})
    family = np.array([families.index(evidence[name].family) for name in graph.kinds], np.int64)[graph.kind]
    first, second, of, left_out = _pair_up(record, via, family, limit)
    order = np.lexsort((of, second, first))
    first, second, of = first[order], second[order], of[order]
    begins = np.flatnonzero(np.diff(first, prepend=-1) | np.diff(second, prepend=-1))
    sizes = np.diff(np.append(begins, len(first)))
    shared = sizes > 1
    begins, sizes = begins[shared], sizes[shared]
    first, second = first[begins], second[begins]
    weight = graph.weight[first] + graph.weight[second]
    alone = np.zeros(len(first), np.bool_)
    return Links(first, second, weight, alone, alone, offsets(sizes), of[_spans(begins, sizes)], int(left_out))


def _ordered(parts: list[Links], said: Ints) -> Links:
    first, second, weight, alone = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("first", "second", "weight", "alone")
    )
    sizes = np.concatenate([np.diff(part.starts) for part in parts])
    members = np.concatenate([part.members for part in parts])
    number = said[first]
    order = np.lexsort((second, first, -weight, alone, -number))
    members = members[_spans(offsets(sizes)[:-1][order], sizes[order])]
    left_out = sum(part.left_out for part in parts)
    first, second, weight, alone, number = (column[order] for column in (first, second, weight, alone, number))
    return Links(first, second, weight, alone, number > 0, offsets(sizes[order]), members, left_out)


def _spans(starts: Ints, sizes: Ints) -> Ints:
    """The numbers starts[i], starts[i] + 1, ... of every span, one after the other."""
    total = int(sizes.sum())
    shift = np.repeat(starts - offsets(sizes)[:-1], sizes)
    return np.arange(total, dtype=np.int64) + shift


@njit(cache=True)
def _pair_up(record: Ints, via: Ints, family: Ints, limit: int) -> tuple[Ints, Ints, Ints, int]:
    count, left_out = 0, 0
    for fill in range(2):
        if fill == 1:
            first, second, of = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
        count, begin = 0, 0
        while begin < len(record):
            end = begin
            while end < len(record) and record[end] == record[begin]:
                end += 1
            stop = min(end, begin + limit)
            if fill == 0:
                left_out += end - stop
            for one in range(begin, stop):
                for other in range(one + 1, stop):
                    if family[via[one]] != family[via[other]]:
                        if fill == 1:
                            first[count] = min(via[one], via[other])
                            second[count] = max(via[one], via[other])
                            of[count] = record[one]
                        count += 1
            begin = end
    return first, second, of, left_out

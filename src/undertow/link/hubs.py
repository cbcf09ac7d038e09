"""Finds hubs: values shared by so many strangers that sharing them proves nothing.

What counts is not how many records hold a value but how many *groups* of them have nothing else in common, its
breadth: one author who posts 500 times is one group, 500 callers of a booking hotline are 500.

- a selector: groups are what accounts and templates hold together;
- a template: the distinct accounts or contacts of its posts, whichever are fewer among those that half of them name;
- an account: the distinct texts or contacts of its posts, whichever are fewer.

Where hubs begin follows the breadths of all shared values of the family: Tukey's far-out fence on their logarithm, but
never above the square root of twice the number of records (a value broader than that would join more pairs of records
than there are records), and never below a floor. Above the limit a value is a hub if at least half its records are
strangers to each other; above the square root it is one in any case. For selectors the limit is stricter where the
groups live on outside the value: those are separate lives that it would tie together, not the many posts of one author.

Templates are judged first, then accounts, then selectors, each without the hubs found so far. Places are counted and
shown, but decide nothing: a hotline serves one town, and people are moved through many.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isqrt

import numpy as np
from numba import njit

from undertow.engine.components import components
from undertow.link.contract import Evidence
from undertow.link.graph import Flags, Graph, Ints
from undertow.link.options import Options

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Hubs:
    """Which values hold nothing together; `breadth` and `limit` say why the data made it so (0: a person did)."""

    capped: Flags
    breadth: Ints
    limit: Ints


@dataclass(frozen=True, slots=True)
class _Breadth:
    """For every value: its groups, those of them that have records elsewhere, and how many records are in a group."""

    groups: Ints
    outside: Ints
    known: Ints


def find(graph: Graph, evidence: Mapping[str, Evidence], cut: Flags, options: Options) -> Hubs:
    """Judges every value that records share; those in `cut` are capped from the start."""
    hubs = Hubs(cut.copy(), np.zeros(len(cut), np.int64), np.zeros(len(cut), np.int64))
    families = sorted({one.family for one in evidence.values()} - {"text", "account"})
    of = {family: _of(graph, evidence, family) for family in ("text", "account", *families)}
    _judge(graph, hubs, of["text"], _template(graph, of, hubs.capped), options)
    _judge(graph, hubs, of["account"], _account(graph, of, hubs.capped), options)
    breadth = _selector(graph, of, hubs.capped)
    for family in families:
        _judge(graph, hubs, of[family], breadth, options)
    return hubs


def _of(graph: Graph, evidence: Mapping[str, Evidence], family: str) -> Flags:
    return graph.of(frozenset(name for name, one in evidence.items() if one.family == family))


def _judge(graph: Graph, hubs: Hubs, family: Flags, breadth: _Breadth, options: Options) -> None:
    judged = family & ~hubs.capped & (graph.shared > 1)
    ceiling = isqrt(2 * len(graph.records))
    for counts, floor in ((breadth.groups, options.floor), (breadth.outside, options.outside_floor)):
        limit = max(floor, min(_fence(counts[judged], options.hub_fence), ceiling))
        strangers = 2 * counts >= graph.shared
        found = judged & ~hubs.capped & (counts > limit) & (strangers | (counts > max(limit, ceiling)))
        hubs.capped[found] = True
        hubs.breadth[found] = counts[found]
        hubs.limit[found] = limit


def _fence(counts: Ints, power: int) -> int:
    if not len(counts):
        return 0
    ordered = np.sort(counts)
    low, high = (max(1, int(ordered[(len(ordered) - 1) * quarter // 4])) for quarter in (1, 3))
    return int(high ** (power + 1) // low**power)


def _template(graph: Graph, of: Mapping[str, Flags], capped: Flags) -> _Breadth:
    accounts, contacts = (_breadth(graph, _rarest_of(graph, of[name] & ~capped)) for name in ("account", "contact"))
    known = [2 * one.known >= graph.shared for one in (accounts, contacts)]
    fewer = np.minimum(accounts.groups, contacts.groups)
    either = np.where(known[0] == known[1], np.maximum(accounts.groups, contacts.groups), accounts.groups)
    groups = np.where(known[0] & known[1], fewer, np.where(known[1] & ~known[0], contacts.groups, either))
    return _Breadth(groups, np.zeros_like(groups), graph.shared)


def _account(graph: Graph, of: Mapping[str, Flags], capped: Flags) -> _Breadth:
    text = _rarest_of(graph, of["text"] & ~capped)
    own = len(graph.vias) + np.arange(len(text))
    texts = _breadth(graph, np.where(text == UNKNOWN, own, text))
    contacts = _breadth(graph, _rarest_of(graph, of["contact"] & ~capped))
    groups = np.minimum(texts.groups, contacts.groups)
    return _Breadth(groups, np.zeros_like(groups), graph.shared)


def _selector(graph: Graph, of: Mapping[str, Flags], capped: Flags) -> _Breadth:
    via = graph.via_of_members()
    held = ((of["text"] | of["account"]) & ~capped)[via]
    first = graph.members[graph.starts[via[held]]]
    return _breadth(graph, components(len(graph.records), first, graph.members[held]))


def _rarest_of(graph: Graph, chosen: Flags) -> Ints:
    """The rarest chosen value of each record, the smaller number where two are equally rare; UNKNOWN where none is."""
    return _rarest(graph.starts, graph.members, chosen, len(graph.records))


def _breadth(graph: Graph, label: Ints) -> _Breadth:
    """Breadth of every value over the groups that `label` gives records."""
    return _Breadth(*_count(graph.starts, graph.members, label, len(graph.vias) + len(graph.records)))


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
def _count(starts: Ints, members: Ints, label: Ints, labels: int) -> tuple[Ints, Ints, Ints]:
    whole, here = np.zeros(labels, np.int64), np.zeros(labels, np.int64)
    for name in label:
        if name != UNKNOWN:
            whole[name] += 1
    size = len(starts) - 1
    groups, outside, known = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    for via in range(len(starts) - 1):
        for place in range(starts[via], starts[via + 1]):
            name = label[members[place]]
            if name != UNKNOWN:
                known[via] += 1
                here[name] += 1
                groups[via] += here[name] == 1
        for place in range(starts[via], starts[via + 1]):
            name = label[members[place]]
            if name != UNKNOWN and here[name] > 0:
                outside[via] += here[name] < whole[name]
                here[name] = 0
    return groups, outside, known

"""Finds hubs: values shared by so many strangers that sharing them proves nothing.

What counts is not how many records hold a value but how many *groups* of them have nothing else in common, its
breadth: one author who posts 500 times is one group, 500 callers of a booking hotline are 500.

- a template: the distinct accounts or contacts of its posts, whichever are fewer among those that half of them name;
- an account: the distinct texts or contacts of its posts, whichever are fewer;
- a selector: groups are what accounts and templates hold together.

A value is a hub where its breadth is above a limit, at least half its records are strangers to each other, and, for a
selector, less than half of its groups are tied by another selector: the numbers of one operator's many accounts are
used across each other, the callers of a hotline share the hotline alone.

The limit follows the breadths of the values that strangers share: Tukey's far-out fence on their logarithm, but never
above the square root of twice the number of records (a value broader than that would join more pairs of records than
there are records), and never below a floor. Above the square root a value may be a hub however many records repeat it.
The floor is lower for groups that have a life elsewhere: a selector then ties together separate lives, not the many
posts of one author.

Templates are judged first, then accounts, then selectors, each without the hubs found so far; last, what people give
beside a contact of their own (see `beside`) and what stands between networks (see `between`). Places are counted and
shown, but decide nothing: a hotline serves one town, and people are moved through many.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isqrt

import numpy as np

from undertow.engine.components import components
from undertow.link import beside, between
from undertow.link.breadth import UNKNOWN, breadth, loose, rarest
from undertow.link.contract import SAID, Evidence
from undertow.link.graph import Flags, Graph, Ints
from undertow.link.options import Options


@dataclass(frozen=True, slots=True)
class Hubs:
    """Which values hold nothing together; `breadth` and `limit` say why the data made it so (0: a person did).

    Those in `beside` are no wide hubs, but numbers that people give beside their own, those in `between` stand between
    networks.
    """

    capped: Flags
    breadth: Ints
    limit: Ints
    beside: Flags
    between: Flags


def find(graph: Graph, evidence: Mapping[str, Evidence], cut: Flags, options: Options) -> Hubs:
    """Judges every value that records share; those in `cut` are capped from the start."""
    evidence = {name: one for name, one in evidence.items() if one.family != SAID}
    hubs = Hubs(cut.copy(), *np.zeros((2, len(cut)), np.int64), *np.zeros((2, len(cut)), np.bool_))
    families = sorted({one.family for one in evidence.values()} - {"text", "account"})
    of = {family: _of(graph, evidence, family) for family in ("text", "account", *families)}
    for family, groups in (("text", _accounts_or_contacts), ("account", _texts_or_contacts)):
        counts = groups(graph, of, hubs.capped)
        hubs.capped[_wide(graph, hubs, of[family], counts, _limit(graph, of[family], counts, options))] = True
    strong = _strong(graph, evidence)
    _cap_selectors(graph, hubs, of, strong & ~of["account"], options)
    sides = between.sides(graph, evidence, strong & ~hubs.capped)
    hubs.between[sides >= options.between_sides] = True
    hubs.breadth[hubs.between] = sides[hubs.between]
    hubs.capped[hubs.between] = True
    return hubs


def _cap_selectors(graph: Graph, hubs: Hubs, of: Mapping[str, Flags], strong: Flags, options: Options) -> None:
    strong = strong & ~hubs.capped & (graph.shared > 1)
    label = _held_together(graph, (of["text"] | of["account"]) & ~hubs.capped)
    busy = np.bincount(graph.members[strong[graph.via_of_members()]], minlength=len(label)) > 1
    held = breadth(graph, label, busy)
    wide = np.zeros(len(strong), np.bool_)
    for family in sorted(of.keys() - {"text", "account"}):
        wide |= _wide(graph, hubs, of[family], held.groups, _limit(graph, of[family], held.groups, options))
        wide |= _wide(graph, hubs, of[family] & ~wide, held.outside, options.outside_floor)
    hubs.capped[loose(graph, label, wide, strong)] = True
    contact = of["contact"] & strong & ~hubs.capped
    parts = beside.parts(graph, label, contact, strong & ~hubs.capped)
    hubs.beside[parts >= options.beside_parts] = True
    hubs.breadth[hubs.beside], hubs.limit[hubs.beside] = parts[hubs.beside], 0
    hubs.capped[hubs.beside] = True


def _of(graph: Graph, evidence: Mapping[str, Evidence], family: str) -> Flags:
    return graph.of(frozenset(name for name, one in evidence.items() if one.family == family))


def _strong(graph: Graph, evidence: Mapping[str, Evidence]) -> Flags:
    return graph.of(frozenset(name for name, one in evidence.items() if one.strong))


def _wide(graph: Graph, hubs: Hubs, family: Flags, counts: Ints, limit: int) -> Flags:
    """Values of a family whose counts are above the limit; notes both, in case they turn out to be hubs."""
    strangers = (2 * counts >= graph.shared) | (counts > max(limit, _ceiling(graph)))
    wide = family & ~hubs.capped & (graph.shared > 1) & (counts > limit) & strangers
    hubs.breadth[wide] = counts[wide]
    hubs.limit[wide] = limit
    return wide


def _limit(graph: Graph, family: Flags, counts: Ints, options: Options) -> int:
    strange = family & (counts > 1) & (2 * counts >= graph.shared)
    return max(options.floor, min(_fence(counts[strange], options.hub_fence), _ceiling(graph)))


def _ceiling(graph: Graph) -> int:
    return isqrt(2 * len(graph.records))


def _fence(counts: Ints, power: int) -> int:
    if not len(counts):
        return 0
    ordered = np.sort(counts)
    low, high = (int(ordered[(len(ordered) - 1) * quarter // 4]) for quarter in (1, 3))
    return int(high ** (power + 1) // low**power)


def _accounts_or_contacts(graph: Graph, of: Mapping[str, Flags], capped: Flags) -> Ints:
    accounts, contacts = (breadth(graph, rarest(graph, of[name] & ~capped)) for name in ("account", "contact"))
    known = [2 * one.known >= graph.shared for one in (accounts, contacts)]
    fewer, more = np.minimum(accounts.groups, contacts.groups), np.maximum(accounts.groups, contacts.groups)
    either = np.where(known[0], accounts.groups, np.where(known[1], contacts.groups, more))
    return np.where(known[0] & known[1], fewer, either)


def _texts_or_contacts(graph: Graph, of: Mapping[str, Flags], capped: Flags) -> Ints:
    text = rarest(graph, of["text"] & ~capped)
    own = len(graph.vias) + np.arange(len(text))
    texts = breadth(graph, np.where(text == UNKNOWN, own, text))
    contacts = breadth(graph, rarest(graph, of["contact"] & ~capped))
    return np.minimum(texts.groups, contacts.groups)


def _held_together(graph: Graph, chosen: Flags) -> Ints:
    """The group of every record: what the chosen values hold together, named by its smallest record."""
    via = graph.via_of_members()
    held = chosen[via]
    first = graph.members[graph.starts[via[held]]]
    return components(len(graph.records), first, graph.members[held])

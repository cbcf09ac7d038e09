"""Joins records into networks along links, the strongest first, and remembers the step by which each is held.

This is Kruskal's maximum spanning forest over links: the steps kept are the strongest by which a network can be held
together, and its weakest step is the weakest link. Three rules bend it:

- a link by text alone joins at most one part that names contacts with those that name none; parts that name different
  contacts stay apart, however alike their texts;
- a join that would make a giant (see `Options.giant`) is refused, unless half the giant's records share the very value:
  since weaker links come later, a giant is left in the parts between which only its weakest links run.
"""

from dataclasses import dataclass

import numpy as np

from undertow.link.bars import Bars
from undertow.link.forest import grow, walk
from undertow.link.graph import NONE, Flags, Graph, Ints
from undertow.link.links import Links


@dataclass(frozen=True, slots=True)
class Networks:
    """`network[r]` is the network of record r, numbered in the order of their smallest records; NONE for one alone.

    `came_from[r]` and `link[r]` are the step by which r is held: another record and the link they share (NONE for the
    smallest record). `refused` lists links that would have made a giant, with how many parts and records they touched;
    `barred` those some of whose parts a person keeps from meeting, with the bar that does.
    """

    network: Ints
    came_from: Ints
    link: Ints
    refused: Ints
    refused_parts: Ints
    refused_records: Ints
    barred: Ints
    barred_by: Ints


def join(links: Links, named: Flags, limit: int, bars: Bars) -> Networks:
    """Networks of all records; `named` marks records that give a contact of their own, `limit` is a giant's size."""
    rules = links.alone, links.said
    part, size, parts, records, codes, *forest = grow(
        (links.starts, links.members), rules, named.astype(np.int64), limit, bars
    )
    came_from, link = walk(part, *forest)
    refused, barred = np.flatnonzero(records), np.flatnonzero(codes != NONE)
    network = np.full(len(part), NONE, np.int64)
    held = size[part] > 1
    network[held] = np.unique(part[held], return_inverse=True)[1]
    return Networks(network, came_from, link, refused, parts[refused], records[refused], barred, codes[barred] // 2)


def named_records(graph: Graph, chosen: Flags) -> Flags:
    """Which records hold one of the chosen values."""
    named = np.zeros(len(graph.records), np.bool_)
    named[graph.members[chosen[graph.via_of_members()]]] = True
    return named

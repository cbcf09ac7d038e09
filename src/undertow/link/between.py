"""Finds contacts that stand between whole networks: a middleman's number, a booking desk's, an answering service's.

An operator's number is on most of what it ties, or ties a few posts to the rest. A middleman's is on little of several
networks that have a life of their own. So a contact is between, and joins nobody, where three sides or more of it are
organised (see `sides`), nothing else that proves anything runs between them, and few of the records that it ties hold
it (`between_few`). Two sides are too few to tell: a number that followed another stands between old posts and new.
"""

from collections.abc import Mapping

import numpy as np

from undertow.link.contract import Evidence
from undertow.link.graph import Flags, Graph, Ints
from undertow.link.nodes import CONTACT, build, roles
from undertow.link.options import LIMITS
from undertow.link.sides import of_nodes


def sides(graph: Graph, evidence: Mapping[str, Evidence], usable: Flags) -> Ints:
    """How many organised sides each contact has, 0 where too many records hold it; `usable` are what may tie."""
    role, itself = roles(graph, evidence), np.arange(len(graph.vias), dtype=np.int64)
    nodes = build(graph, np.zeros(len(graph.records), np.int64), ~usable, (itself, role))
    each = of_nodes(nodes.starts, nodes.neighbours, ((nodes.via < 0).astype(np.int64), nodes.accounts, nodes.contacts))
    chosen = np.flatnonzero(nodes.via >= 0)
    chosen = chosen[role[nodes.via[chosen]] == CONTACT]
    chosen = chosen[int(LIMITS["between_few"]) * graph.shared[nodes.via[chosen]] < each.records[chosen]]
    made = np.zeros(len(graph.vias), np.int64)
    made[nodes.via[chosen]] = each.organised[chosen]
    return made

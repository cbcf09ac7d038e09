"""The graph in which sides are found: records first, then every value once for each network in which it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow.link.contract import PERSONAL, Evidence
from undertow.link.graph import Flags, Graph, Ints, offsets, sorted_pairs

ACCOUNT, CONTACT = 1, 2


@dataclass(frozen=True, slots=True)
class Nodes:
    """Records first, then every value once for each network it stands in; both numbered.

    `accounts` and `contacts` are what each alone stands for: a value itself, a record those that nobody else gives.
    """

    network: Ints
    via: Ints  # -1 for records
    starts: Ints
    neighbours: Ints
    accounts: Ints
    contacts: Ints


def roles(graph: Graph, evidence: Mapping[str, Evidence]) -> Ints:
    """Through what somebody speaks: accounts, and what says whom to reach or pay."""
    contacts = frozenset(name for name, one in evidence.items() if one.strong and one.family in PERSONAL)
    accounts = frozenset(name for name, one in evidence.items() if one.family == "account")
    role = np.where(graph.of(contacts), CONTACT, np.where(graph.of(accounts), ACCOUNT, 0))
    return role.astype(np.int64)


def meanings(graph: Graph, evidence: Mapping[str, Evidence]) -> Ints:
    """The value that each value stands for: itself, or the one of the kind that its own is a looser form of."""
    place = {name: at for at, name in enumerate(graph.kinds)}
    meant = np.arange(len(graph.vias), dtype=np.int64)
    for name, at in place.items():
        whole = evidence[name].of
        if whole in place:
            loose, firm = np.flatnonzero(graph.kind == at), np.flatnonzero(graph.kind == place[whole])
            found = pc.index_in(graph.vias.take(pa.array(loose)), value_set=graph.vias.take(pa.array(firm)))
            known = found.is_valid().to_numpy(zero_copy_only=False)
            meant[loose[known]] = firm[found.drop_null().to_numpy()]
    return meant


def build(graph: Graph, network: Ints, capped: Flags, of: tuple[Ints, Ints]) -> Nodes:
    """`of` are what each value stands for, and its role."""
    (meant, role), via, networks = of, graph.via_of_members(), int(network.max(initial=0)) + 1
    kept = ~capped[via] & ~capped[meant[via]] & (network[graph.members] >= 0)
    record, via = graph.members[kept], meant[via[kept]]
    via, record = _once(*sorted_pairs(via, record, len(graph.records)))
    alone = np.bincount(via, minlength=len(meant))[via] == 1
    own, (via, record) = (via[alone], record[alone]), (via[~alone], record[~alone])
    keys, node = np.unique(via * networks + network[record], return_inverse=True)
    records = len(graph.records)
    ends = np.concatenate([record, node + records])
    value = keys // networks
    accounts, contacts = (
        np.concatenate([np.bincount(own[1][role[own[0]] == one], minlength=records), role[value] == one])
        for one in (ACCOUNT, CONTACT)
    )
    return Nodes(
        np.concatenate([network, keys % networks]),
        np.concatenate([np.full(records, -1, np.int64), value]),
        offsets(np.bincount(ends, minlength=records + len(keys))),
        np.concatenate([node + records, record])[np.argsort(ends, kind="stable")],
        accounts,
        contacts,
    )


def _once(first: Ints, second: Ints) -> tuple[Ints, Ints]:
    """Sorted pairs without repeats: a record may give a value in both its forms."""
    new = (np.diff(first, prepend=-1) != 0) | (np.diff(second, prepend=-1) != 0)
    return first[new], second[new]

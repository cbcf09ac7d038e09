"""A first look at what a collection brought: what it means for the networks of the last run, before the next run.

The kinds of alert that can be told at once are asked the same queries as after a run, over a small world: the new
records, and what there must be of each network that their strong ties lead to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from undertow import ids, tables
from undertow.tables import SELECTORS
from undertow.watch.known import SHARED, UNKNOWN, Key, Known, Network, has, tie
from undertow.watch.parts import Part, Parts

World = dict[str, pa.Table]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Brought:
    """What a collection brought: its posts and mentions, and list hits."""

    posts: pa.Table
    mentions: pa.Table
    hits: pa.Table


@dataclass(frozen=True, slots=True)
class Held:
    """What new records hold that ties strongly: a record and the key of a value, by record."""

    records: Sequence[str]
    keys: Sequence[Key]


@dataclass(frozen=True, slots=True)
class Joined:
    """New records by the network that they are in as it will be called, and the networks that have become one there."""

    records: Mapping[str, list[str]]
    sources: Mapping[str, Sequence[Network]]

    @property
    def network_of(self) -> dict[str, str]:
        """The network of each new record that is in one."""
        return {record: name for name, records in self.records.items() for record in records}


def held(ties: pa.Table) -> Held:
    """The keys of what records share (record_id, via_kind, via); made once, for each run that ends asks them anew."""
    rows = ties.group_by(["record_id", "via_kind", "via"]).aggregate([]).sort_by("record_id")
    return Held(rows["record_id"].to_pylist(), [tie(*row) for row in _columns(rows, "via_kind", "via")])


def grow(known: Known, parts: Parts, brought: Held) -> dict[str, list[tuple[Key, int]]]:
    """Adds new records to `parts`; gives what each holds that is no hub, with the number of the network."""
    values = _values(known, brought)
    for record, some in values.items():
        parts.add(record, some)
    return values


def join(known: Known, parts: Parts, brought: Held, giant: int) -> Joined:
    """Adds new records to `parts` and says which networks they are in.

    A tie counts that the last run did not set aside as a hub. Where a network of more than `giant` records would come
    about, a run may refuse that, and nothing is said here.
    """
    values = grow(known, parts, brought)
    records: dict[str, list[str]] = {}
    sources: dict[str, Sequence[Network]] = {}
    for record, some in values.items():
        part = parts.of(some[0][0])
        networks = [known.about(number) for number in sorted(part.networks)]
        if networks and (len(networks) == 1 or sum(one.records for one in networks) <= giant):
            name = survivor(networks, part)
            records.setdefault(name, []).append(record)
            sources[name] = networks
    return Joined(records, sources)


def _values(known: Known, brought: Held) -> dict[str, list[tuple[Key, int]]]:
    """What each record holds that is no hub, with the number of the network that it leads to.

    A record may give contacts of two networks because one of them is shared, by a driver or a flat. What stood mostly
    beside others is then left to the next run.
    """
    found = known.find(brought.keys)
    of: dict[str, set[int]] = {}
    for record, (number, _) in zip(brought.records, found, strict=True):
        of.setdefault(record, set()).add(number)
    held: dict[str, list[tuple[Key, int]]] = {}
    for record, key, (number, beside) in zip(brought.records, brought.keys, found, strict=True):
        several = len(of[record] - {SHARED, UNKNOWN}) > 1
        if number != SHARED and not (beside and several):
            held.setdefault(record, []).append((key, number))
    return held


def survivor(networks: Sequence[Network], part: Part) -> str:
    """The id that goes on where networks become one: as `undertow.link.lineage` has it."""
    born = "n" + ids.digest(min([part.first_record, *(one.first_record for one in networks)]))
    return min(networks, key=lambda one: (-one.records, one.network_id != born, one.network_id)).network_id


def worlds(known: Known, joined: Joined, brought: Brought, members: pa.Table) -> tuple[World, World]:
    """The small world before and after; `members` (network_id, record_id) are all those of networks that met."""
    residents = [(one.network_id, one.first_record) for some in joined.sources.values() for one in some]
    met = set(members["network_id"].to_pylist())
    old = [pair for pair in residents if pair[0] not in met] + list(_pairs(members))
    now = {one.network_id: name for name, some in joined.sources.items() for one in some}
    had_mentions, had_posts = _had(known, joined, brought)
    fresh = [(name, record) for name, records in joined.records.items() for record in records]
    leads = sorted({one.network_id for some in joined.sources.values() for one in some if one.is_lead})
    before = {
        "network_members": _table("network_members", ("network_id", "record_id"), old),
        "mentions": _table("mentions", ("record_id", "kind", "value"), had_mentions),
        "leads": _table("leads", ("lead_id", "network_id"), [(name, name) for name in leads]),
    }
    after = {
        "network_members": _table(
            "network_members", ("network_id", "record_id"), [*((now[name], record) for name, record in old), *fresh]
        ),
        "mentions": pa.concat_tables([brought.mentions, before["mentions"]]),
        "posts": pa.concat_tables([brought.posts, _table("posts", ("post_id", "site"), had_posts)]),
        "list_hits": brought.hits,
    }
    return before, after


def _had(known: Known, joined: Joined, brought: Brought) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Of what new records say: the mentions and sites that their network has already, as those of its first record.

    What a network has is kept of leads alone: another, that met one, has everything until a run has looked.
    """
    of = joined.network_of
    asked: set[tuple[str, str, str]] = set()
    for record, kind, value in _columns(brought.mentions, "record_id", "kind", "value"):
        if record in of and (kind == "place" or kind in SELECTORS):
            asked.add((of[record], kind, value))
    asked |= {(of[post], "site", site) for post, site in _columns(brought.posts, "post_id", "site") if post in of}
    each = [(one, kind, value) for name, kind, value in sorted(asked) for one in joined.sources[name]]
    found = known.find([has(one.network_id, kind, value) for one, kind, value in each])
    had = [
        (one.first_record, kind, value)
        for (one, kind, value), (number, _) in zip(each, found, strict=True)
        if number >= 0 or not one.is_lead
    ]
    mentions = [one for one in had if one[1] != "site"]
    return list(mentions), [(record, site) for record, kind, site in had if kind == "site"]


def _columns(table: pa.Table, *names: str) -> Iterable[tuple[str, ...]]:
    return zip(*(table[name].to_pylist() for name in names), strict=True)


def _pairs(members: pa.Table) -> Iterable[tuple[str, ...]]:
    return _columns(members, "network_id", "record_id")


def _table(name: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> pa.Table:
    schema = tables.TABLES[name].schema
    return pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows], schema)

"""Gives networks ids that last, and says what became of the networks of the run before.

A network's id comes from its smallest record when it is first seen. Later the id goes with the largest part of its
records; ties go to the network that would be born with that id, then to the smaller id, then to the smaller record.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow import ids, tables
from undertow.link.graph import NONE, Ints


@dataclass(frozen=True, slots=True)
class Identified:
    """`names[n]` is the id of network n; `events` are the rows of `lineage`."""

    names: list[str]
    events: pa.Table


@dataclass(frozen=True, slots=True)
class _Overlap:
    """An old network and a new one with `records` in common; `born` tells that the id is the new one's at birth."""

    old: str
    new: int
    records: int
    born: bool


def identify(records: pa.Array, network: Ints, before: pa.Table) -> Identified:
    """Ids for networks 0, 1, ..., given the members of the run before; `network[r]` is that of record r (NONE: none).

    Networks are numbered in the order of their smallest records.
    """
    held = np.flatnonzero(network != NONE)
    numbers, first = np.unique(network[held], return_index=True)
    smallest: list[str] = records.take(pa.array(held[first])).to_pylist()
    born = ["n" + ids.digest(record) for record in smallest]
    overlaps = _overlaps(records, network, before, born)
    taken = _follow(overlaps)
    used = {one.old for one in overlaps}
    names = [taken.get(number) or _new(smallest[number], used) for number in range(len(numbers))]
    return Identified(names, _events(overlaps, names, np.bincount(network[held]), before))


def _overlaps(records: pa.Array, network: Ints, before: pa.Table, born: list[str]) -> list[_Overlap]:
    if not len(before) or not len(records):
        return []
    place = pc.index_in(before["record_id"].combine_chunks(), value_set=records)
    pairs = pa.table({"old": before["network_id"], "new": pa.array(network).take(place)})
    counted = pairs.filter(pc.greater_equal(pairs["new"], 0)).group_by(["old", "new"]).aggregate([([], "count_all")])
    counted = counted.sort_by([("old", "ascending"), ("new", "ascending")])
    columns = (counted[name].to_pylist() for name in ("old", "new", "count_all"))
    return [_Overlap(old, new, shared, born[new] == old) for old, new, shared in zip(*columns, strict=True)]


def _follow(overlaps: list[_Overlap]) -> dict[int, str]:
    taken: dict[int, str] = {}
    gone: set[str] = set()
    for one in sorted(overlaps, key=lambda one: (-one.records, not one.born, one.old, one.new)):
        if one.old not in gone and one.new not in taken:
            taken[one.new] = one.old
            gone.add(one.old)
    return taken


def _new(smallest: str, used: set[str]) -> str:
    """The id at birth; where another network bears it still, the next one from the same record."""
    turn, name = 1, "n" + ids.digest(smallest)
    while name in used:
        turn += 1
        name = "n" + ids.digest(smallest, str(turn))
    used.add(name)
    return name


def _events(overlaps: list[_Overlap], names: list[str], sizes: Ints, before: pa.Table) -> pa.Table:
    old_sizes = Counter(before["network_id"].to_pylist())
    heirs, sources = Counter(one.old for one in overlaps), Counter(one.new for one in overlaps)
    rows = [("", old, "ended", 0) for old in old_sizes if old not in heirs]
    for one in overlaps:
        if heirs[one.old] > 1:
            event = "split"
        elif sources[one.new] > 1:
            event = "merged"
        elif one.records < old_sizes[one.old]:
            event = "shrank"
        elif one.records < sizes[one.new]:
            event = "grew"
        else:
            continue
        rows.append((names[one.new], one.old, event, one.records))
    schema = tables.TABLES["lineage"].schema
    columns = list(zip(*sorted(rows), strict=True)) or [()] * len(schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )

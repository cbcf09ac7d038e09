"""Gives networks ids that last, and says what became of the networks of the run before.

A network's id comes from its smallest record when it is first seen. Later the id goes with the largest part of its
records; ties go to the network that would be born with that id, then to the smaller id, then to the smaller record.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow import ids, tables
from undertow.link.graph import Ints


@dataclass(frozen=True, slots=True)
class Named:
    """`names[n]` is the id of network n; `events` are the rows of `lineage`."""

    names: list[str]
    events: pa.Table


def name(records: pa.Array, network: Ints, before: pa.Table) -> Named:
    """Ids for networks 0, 1, ... of which `network[r]` holds record r (-1: none), given the members of the run before.

    Networks are numbered by their smallest records.
    """
    count = int(network.max(initial=-1)) + 1
    smallest = _smallest(records, network, count)
    born = ["n" + ids.digest(record) for record in smallest]
    overlaps = _overlaps(records, network, before)
    taken = _follow(overlaps, born)
    used = set(taken.values()) | {old for old, _, _ in overlaps}
    names = [taken.get(number) or _new(smallest[number], born[number], used) for number in range(count)]
    sizes = np.bincount(network[network >= 0], minlength=count)
    return Named(names, _events(overlaps, names, sizes, _sizes(before)))


Overlap = tuple[str, int, int]  # an old network, a new one, and how many records they have in common


def _overlaps(records: pa.Array, network: Ints, before: pa.Table) -> list[Overlap]:
    if not len(before) or not len(records):
        return []
    place = pc.index_in(before["record_id"], value_set=records)
    now = pa.array(network, pa.int64()).take(place.combine_chunks())
    pairs = pa.table({"old": before["network_id"], "new": now}).filter(pc.greater_equal(now, 0))
    counted = (
        pairs.group_by(["old", "new"])
        .aggregate([([], "count_all")])
        .sort_by([("old", "ascending"), ("new", "ascending")])
    )
    return list(zip(*(counted[column].to_pylist() for column in ("old", "new", "count_all")), strict=True))


def _follow(overlaps: list[Overlap], born: list[str]) -> dict[int, str]:
    taken: dict[int, str] = {}
    gone: set[str] = set()
    for old, new, _ in sorted(overlaps, key=lambda one: (-one[2], born[one[1]] != one[0], one[0], one[1])):
        if old not in gone and new not in taken:
            taken[new] = old
            gone.add(old)
    return taken


def _new(smallest: str, born: str, used: set[str]) -> str:
    """The id at birth; where another network still bears it, the next one from the same record."""
    turn = 1
    while born in used:
        turn += 1
        born = "n" + ids.digest(smallest, str(turn))
    used.add(born)
    return born


def _events(overlaps: list[Overlap], names: list[str], sizes: Ints, before: dict[str, int]) -> pa.Table:
    heirs: dict[str, list[int]] = {}
    sources: dict[int, int] = {}
    for old, new, _ in overlaps:
        heirs.setdefault(old, []).append(new)
        sources[new] = sources.get(new, 0) + 1
    rows = []
    for old, new, shared in overlaps:
        event = _event(shared, before[old], int(sizes[new]), alone=len(heirs[old]) == 1 and sources[new] == 1)
        if event or sources[new] > 1 or len(heirs[old]) > 1:
            event = "split" if len(heirs[old]) > 1 else "merged" if sources[new] > 1 else event
            rows.append((names[new], old, event, shared))
    rows += [("", old, "ended", 0) for old in sorted(before) if old not in heirs]
    rows.sort()
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    schema = tables.TABLES["lineage"].schema
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _event(shared: int, before: int, now: int, *, alone: bool) -> str:
    if not alone:
        return ""
    return "shrank" if shared < before else "grew" if now > shared else ""


def _sizes(before: pa.Table) -> dict[str, int]:
    counted = before.group_by("network_id").aggregate([([], "count_all")])
    return dict(zip(counted["network_id"].to_pylist(), counted["count_all"].to_pylist(), strict=True))


def _smallest(records: pa.Array, network: Ints, count: int) -> list[str]:
    held = np.flatnonzero(network >= 0)
    first = np.full(count, len(records), np.int64)
    np.minimum.at(first, network[held], held)
    smallest: list[str] = records.take(pa.array(first)).to_pylist()
    return smallest

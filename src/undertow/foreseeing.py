"""The door to what a decision would do: links are made with it in a folder that is thrown away, and compared."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from undertow import tables
from undertow.link import run as link
from undertow.link.options import Options
from undertow.review import pairs

if TYPE_CHECKING:
    from undertow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Before:
    """A network that would change: its records now, the parts that they would stand in, and how many in none.

    Of a part it gives how many records come from this network, and how many the part would have in all.
    """

    network_id: str
    records: int
    parts: Sequence[tuple[int, int]]
    alone: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What would become of networks: those that change, those with most records first."""

    networks: Sequence[Before]


def cut(workspace: "Workspace", kind: str, value: str, *, undo: bool = False) -> Effect:
    """What the networks would become if this value were cut, or no longer; nothing of it is kept.

    It is exact, for the stage itself runs, and so takes as long as linking does.
    """
    wanted = [row for row in workspace.decisions.cuts().to_pylist() if (row["via_kind"], row["via"]) != (kind, value)]
    if not undo:
        wanted.append({"via_kind": kind, "via": value, "because": "to see what it would do"})
    wanted.sort(key=lambda row: (row["via_kind"], row["via"]))
    return _effect(workspace, {"cuts": pa.Table.from_pylist(wanted, tables.TABLES["cuts"].schema)})


def words(workspace: "Workspace", wanted: Sequence[pairs.Said]) -> Effect:
    """What the networks would become if these were the words that people said of records, in their order."""
    return _effect(workspace, pairs.written(pairs.weighed(wanted)))


def _effect(workspace: "Workspace", instead: dict[str, pa.Table]) -> Effect:
    with workspace.reading() as engine:
        before = engine.fetch(engine.read("network_members"))
        for name, rows in (workspace.decided() | instead).items():
            engine.write(name, rows)
        link.run(engine, Options(**workspace.settings.link.model_dump()))
        after = engine.fetch(engine.read("network_members"))
    return compare(_networks(before), _networks(after))


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> Effect:
    """What differs between two sharings-out of records into networks, each by record."""
    sizes, later = Counter(before.values()), Counter(after.values())
    parts: dict[str, Counter[str]] = {network: Counter() for network in sizes}
    for record, network in before.items():
        parts[network][after.get(record, "")] += 1
    changed = [
        Before(network, sizes[network], _parts(held, later), held[""])
        for network, held in parts.items()
        if len(held) > 1 or any(not name or later[name] != many for name, many in held.items())
    ]
    return Effect(sorted(changed, key=lambda one: (-one.records, one.network_id)))


def _parts(held: Mapping[str, int], later: Mapping[str, int]) -> list[tuple[int, int]]:
    return sorted(((many, later[name]) for name, many in held.items() if name), reverse=True)


def _networks(members: pa.Table) -> dict[str, str]:
    return dict(zip(members["record_id"].to_pylist(), members["network_id"].to_pylist(), strict=True))

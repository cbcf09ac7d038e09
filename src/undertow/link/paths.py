"""The strongest path between two records: what `why` shows a person, each step with its evidence."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from undertow.link import words

Value = tuple[str, str]  # kind and value


@dataclass(frozen=True, slots=True)
class Step:
    """Two records and the strongest thing both hold; `also` names whatever else they share.

    Weights are those of the two ties, in thousandths of a nat. `capped` tells that a hub, or what a person cut, is
    all there is: it proves nothing.
    """

    from_record: str
    to_record: str
    via_kind: str
    via: str
    from_weight: int
    to_weight: int
    also: tuple[str, ...]
    capped: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class _Ties:
    """Weight of every tie by value and record, both in order: the heaviest values first, then by kind and value."""

    of_value: Mapping[Value, Mapping[str, int]]
    of_record: Mapping[str, Sequence[Value]]
    capped: frozenset[Value]

    def weight(self, value: Value) -> int:
        return min(self.of_value[value].values())


def strongest_path(ties: pa.Table, a: str, b: str) -> list[Step]:
    """The steps from record `a` to record `b` over rows of the table `ties`; empty where nothing joins the two.

    The path is the one whose weakest step is strongest; of those, one with the fewest steps. Capped ties are used only
    where there is no way without them.
    """
    if a == b:
        return []
    for rows in (ties.filter(pc.invert(ties["capped"])), ties):
        held = _read(rows)
        values = _path(held, a, b)
        if values:
            return [_step(held, *one) for one in values]
    return []


def _read(rows: pa.Table) -> _Ties:
    by_value: dict[Value, dict[str, int]] = defaultdict(dict)
    columns = [rows[name].to_pylist() for name in ("record_id", "via_kind", "via", "weight", "capped")]
    capped = set()
    for record, kind, via, weight, is_capped in sorted(zip(*columns, strict=True)):
        by_value[kind, via][record] = weight
        if is_capped:
            capped.add((kind, via))
    order = sorted(by_value, key=lambda value: (-min(by_value[value].values()), value))
    by_record: dict[str, list[Value]] = defaultdict(list)
    for value in order:
        for record in by_value[value]:
            by_record[record].append(value)
    return _Ties({value: by_value[value] for value in order}, by_record, frozenset(capped))


def _path(ties: _Ties, a: str, b: str) -> list[tuple[str, Value, str]]:
    """The records and values on the way, from `a` to `b`."""
    usable = _strong_enough(ties, a, b)
    came: dict[str, tuple[str, Value]] = {}
    queue, used = deque([a]), set()
    while queue and b not in came:
        record = queue.popleft()
        for value in ties.of_record.get(record, ()):
            if value in usable and value not in used:
                used.add(value)
                for other in ties.of_value[value]:
                    if other != a and other not in came:
                        came[other] = (record, value)
                        queue.append(other)
    way = []
    at = b if b in came else a
    while at != a:
        before, value = came[at]
        way.append((before, value, at))
        at = before
    return way[::-1]


def _strong_enough(ties: _Ties, a: str, b: str) -> set[Value]:
    """The values as heavy as the lightest that is needed to join the two; all, where nothing does."""
    parent: dict[str, str] = {record: record for record in ties.of_record}
    needed: int | None = None
    usable = set()
    for value, records in ties.of_value.items():
        weight = ties.weight(value)
        if needed is not None and weight < needed:
            break
        usable.add(value)
        _join(parent, records)
        if needed is None and a in parent and b in parent and _root(parent, a) == _root(parent, b):
            needed = weight
    return usable


def _join(parent: dict[str, str], records: Iterable[str]) -> None:
    first = ""
    for record in records:
        root = _root(parent, record)
        first = first or root
        parent[root] = first


def _root(parent: dict[str, str], record: str) -> str:
    while parent[record] != record:
        parent[record] = parent[parent[record]]
        record = parent[record]
    return record


def _step(ties: _Ties, one: str, value: Value, other: str) -> Step:
    shared = [held for held in ties.of_record[one] if held != value and other in ties.of_value[held]]
    also = tuple(words.thing(*held) for held in shared if held not in ties.capped)
    capped = value in ties.capped
    sentence = f"{one} {words.does(*value)}, as does {other}"
    if also:
        sentence += f"; both also hold {', '.join(also)}"
    if capped:
        sentence += "; but only through a hub or what a person cut, which proves nothing"
    weights = ties.of_value[value]
    return Step(one, other, *value, weights[one], weights[other], also, capped, sentence + ".")

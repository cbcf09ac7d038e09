"""Turns single records, as most formats give them, into the columns that a source yields."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from undertow.collect.contract import Item, Note, Reject, Rows

ROWS = 20_000
_CHARACTERS = 8 << 20  # of a batch
_DEEPEST = 4  # objects inside objects that become columns of their own


@dataclass(frozen=True, slots=True)
class One:
    """One record: where it stands, and its fields; `table` where it is of another table than the others."""

    position: str
    fields: Mapping[str, object]
    table: str = ""


def batched(items: Iterable[One | Reject | Note], table: str = "", part: str = "") -> Iterator[Item]:
    """Records in batches, everything else as it comes; a field that a record lacks is empty.

    `table` is set where the format names the fields itself, `part` where a file has several lists; see `Rows`.
    """
    held: dict[str, list[One]] = {}
    size = 0
    for item in items:
        if not isinstance(item, One):
            yield item
            continue
        held.setdefault(item.table, []).append(item)
        size += sum(len(value) for value in item.fields.values() if isinstance(value, str))
        if sum(map(len, held.values())) >= ROWS or size > _CHARACTERS:
            yield from _all_rows(held, table, part)
            held, size = {}, 0
    yield from _all_rows(held, table, part)


def flat(fields: Mapping[str, object], depth: int = _DEEPEST) -> dict[str, object]:
    """An object whose inner objects are columns of their own: `{"user": {"name": 1}}` has the column `user.name`."""
    if not any(isinstance(value, dict) for value in fields.values()):
        return dict(fields)
    made: dict[str, object] = {}
    for name, value in fields.items():
        if isinstance(value, dict) and value and depth:
            made.update({f"{name}.{inner}": each for inner, each in flat(value, depth - 1).items()})
        else:
            made[name] = value
    return made


def _all_rows(held: Mapping[str, list[One]], table: str, part: str) -> Iterator[Rows]:
    """The rows of each table; those of another one are a part of their own, as they are mapped on their own."""
    for other, ones in held.items():
        yield _rows(ones, other or table, other or part)


def _rows(held: list[One], table: str, part: str) -> Rows:
    names = dict.fromkeys(name for one in held for name in one.fields)
    columns = {name: [one.fields.get(name, "") for one in held] for name in names}
    return Rows([one.position for one in held], columns, table, part)

"""Turns single records, as most formats give them, into the columns that a source yields."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from undertow.collect.contract import Item, Note, Reject, Rows

_ROWS, _CHARACTERS = 5_000, 8 << 20  # of a batch


@dataclass(frozen=True, slots=True)
class One:
    """One record: where it stands, and its fields."""

    position: str
    fields: Mapping[str, object]


def batched(items: Iterable[One | Reject | Note], table: str = "") -> Iterator[Item]:
    """Records in batches, everything else as it comes; a field that a record lacks is empty.

    `table` is set where the format names the fields itself; see `Rows`.
    """
    held: list[One] = []
    size = 0
    for item in items:
        if not isinstance(item, One):
            yield item
            continue
        held.append(item)
        size += sum(len(value) for value in item.fields.values() if isinstance(value, str))
        if len(held) >= _ROWS or size > _CHARACTERS:
            yield _rows(held, table)
            held, size = [], 0
    if held:
        yield _rows(held, table)


def _rows(held: list[One], table: str) -> Rows:
    names = dict.fromkeys(name for one in held for name in one.fields)
    columns = {name: [one.fields.get(name, "") for one in held] for name in names}
    return Rows([one.position for one in held], columns, table)

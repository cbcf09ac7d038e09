"""Templates of a lead: the constants and slots, real rows cut by them, and what stands in each slot."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from undertow.share.contract import Original, Row, Template
from undertow.share.records import Tables, records, rows, where

MOST_ROWS = 12
MOST_VALUES = 4
MOST_COUNTED = 2_000  # rows whose slots are counted

Slots = tuple[tuple[int, int, int], ...]


def templates(
    tables: Tables, ids: Iterable[str], known: Mapping[str, Original], most: int, *, most_rows: int = MOST_ROWS
) -> tuple[tuple[Template, ...], int]:
    """The templates that most of these records were made from, and how many more there are."""
    by_template: dict[str, list[tuple[str, Slots]]] = {}
    for row in rows(where(tables["template_posts"], "post_id", ids)):
        by_template.setdefault(row["template_id"], []).append((row["post_id"], _slots(row["slots"])))
    order = sorted(by_template, key=lambda name: (-len(by_template[name]), name))[:most]
    facts = {row["template_id"]: row for row in rows(where(tables["templates"], "template_id", order))}
    made = tuple(
        _template(tables, facts[name], sorted(by_template[name]), known, most_rows) for name in order if name in facts
    )
    return made, len(by_template) - len(made)


def _template(
    tables: Tables,
    fact: Mapping[str, object],
    members: Sequence[tuple[str, Slots]],
    known: Mapping[str, Original],
    most: int,
) -> Template:
    pattern = _pattern(str(fact["pattern"]))
    number = {slot: spot for spot, slot in enumerate((part for part in pattern if isinstance(part, int)), 1)}
    slots = {
        post: tuple((number[slot], start, end) for slot, start, end in held if slot in number) for post, held in members
    }
    found = records(tables, list(slots)[:MOST_COUNTED], known)
    order = sorted(found.values(), key=lambda record: (record.at is None, record.at, record.record_id))
    return Template(
        template_id=str(fact["template_id"]),
        pattern=tuple(number[part] if isinstance(part, int) else part for part in pattern),
        posts=int(str(fact["posts"])),
        rows=tuple(Row(record, slots[record.record_id]) for record in order[:most]),
        more=len(members) - min(len(order), most),
        values=_values([(record.fields.get("text", ""), slots[record.record_id]) for record in order]),
        saving=int(str(fact["saving"])),
    )


def _pattern(text: str) -> tuple[str | int, ...]:
    """Constants as text, slots as their numbers."""
    try:
        parts = json.loads(text or "[]")
    except ValueError:
        return (text,)
    if not isinstance(parts, list):
        return (text,)
    return tuple(_part(part) for part in parts if isinstance(part, dict))


def _part(part: Mapping[str, object]) -> str | int:
    slot = part.get("slot")
    return slot if isinstance(slot, int) else str(part.get("text", ""))


def _slots(text: str) -> Slots:
    try:
        return tuple((int(slot), int(start), int(end)) for slot, start, end in json.loads(text or "[]"))
    except (ValueError, TypeError):
        return ()


def _values(rows_of: Iterable[tuple[str, Slots]]) -> dict[int, tuple[int, tuple[tuple[str, int], ...]]]:
    counts: dict[int, Counter[str]] = {}
    for text, slots in rows_of:
        for slot, start, end in slots:
            counts.setdefault(slot, Counter())[text[start:end].strip()] += 1
    return {slot: (len(counts[slot]), _most(counts[slot])) for slot in sorted(counts)}


def _most(count: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(count.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES])

"""The rows of a template lined up: what stands in each slot, which slots name what, and where a row departs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from undertow.share.contract import Record, Row, Template
from undertow.share.show import Mark, Piece, pieces

WORD = re.compile(r"\w+|[^\w\s]")
MOST = 1200  # letters of a row
MOST_WORDS = 600  # of a row that are compared with the constants: time grows with the square

Pattern = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Column:
    """A slot: what most of its values are (a kind of mention, or empty), and how many different ones there are."""

    slot: int
    kind: str
    different: int
    filled: int


@dataclass(frozen=True, slots=True)
class Variant:
    """A row: what stands in its slots."""

    record: Record
    values: Mapping[int, str]
    slots: Sequence[tuple[int, int, int]]


def variants(cut: Template) -> list[Variant]:
    """Every row of the template with the values of its slots, in the order of the template."""
    return [_variant(row) for row in cut.rows]


def columns(rows: Iterable[Row], mentions: Iterable[Mapping[str, Any]]) -> list[Column]:
    """The slots; `mentions` are those of the rows' records and tell what a slot holds."""
    here: dict[str, list[tuple[int, int, str]]] = {}
    for one in mentions:
        if one["field"] == "text" and one["kind"] not in ("language", "cue"):
            here.setdefault(one["record_id"], []).append((one["start"], one["end"], one["kind"]))
    kinds: dict[int, Counter[str]] = {}
    values: dict[int, Counter[str]] = {}
    for row in rows:
        for slot, start, end in row.slots:
            found = {kind for first, last, kind in here.get(row.record.record_id, ()) if first < end and start < last}
            kinds.setdefault(slot, Counter()).update(found)
            values.setdefault(slot, Counter())[row.record.fields.get("text", "")[start:end].strip()] += 1
    return [_column(slot, values[slot], kinds[slot]) for slot in sorted(values)]


def lined_up(one: Variant, pattern: Pattern) -> list[Piece]:
    """The text of a row in pieces: its slots numbered, and what is in no constant marked as `other`."""
    text = one.record.fields.get("text", "")
    marks = [Mark(*_trimmed(text, start, end), "slot", str(slot)) for slot, start, end in one.slots]
    return pieces(text, [*marks, *_departs(text, one.slots, pattern)], most=MOST)


def _variant(row: Row) -> Variant:
    text = row.record.fields.get("text", "")
    held: dict[int, str] = {}
    for slot, start, end in row.slots:
        held[slot] = " … ".join(filter(None, (held.get(slot, ""), " ".join(text[start:end].split()))))
    return Variant(row.record, held, row.slots)


def _column(slot: int, values: Counter[str], kinds: Counter[str]) -> Column:
    filled = values.total() - values.get("", 0)
    kind, many = max(kinds.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return Column(slot, kind if 2 * many > filled else "", len(values), filled)


def _departs(text: str, slots: Sequence[tuple[int, int, int]], pattern: Pattern) -> Iterator[Mark]:
    """Words outside of the slots that the constants do not hold in this order."""
    constant = [word for part in pattern if isinstance(part, str) for word in WORD.findall(part.lower())]
    own = [hit for hit in WORD.finditer(text) if not any(start <= hit.start() < end for _, start, end in slots)]
    if not own or max(len(own), len(constant)) > MOST_WORDS:
        return
    held = SequenceMatcher(None, constant, [hit[0].lower() for hit in own], autojunk=False)
    for what, _, _, first, last in held.get_opcodes():
        if what in ("insert", "replace") and any(hit[0].isalnum() for hit in own[first:last]):
            yield Mark(own[first].start(), own[last - 1].end(), "other")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    held = text[start:end]
    return start + len(held) - len(held.lstrip()), start + len(held.rstrip())

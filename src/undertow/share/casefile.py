"""A case as a dossier shows it: what people wrote, with each record that they point at beside its words and its file.

In a text `[[ID]]` points at a record or a lead, `[[ID:FIELD:START-END]]` at a span of a record.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from undertow.share.contract import Record
from undertow.share.show import Mark, Piece, pieces

POINTER = re.compile(
    r"\[\[(?P<id>[a-z][a-z0-9]{3,80})(?::(?P<field>[a-z_]{2,20}):(?P<start>\d{1,7})-(?P<end>\d{1,7}))?\]\]"
)
EXCERPT = 400  # characters of a record beside a story


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a text, or a pointer: `points_at` is the id, `end` 0 where it is the whole."""

    text: str
    points_at: str = ""
    field: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """A note or a task: who wrote it when, and what."""

    at: str
    who: str
    text: Sequence[Sequence[Part]]
    done: bool = False
    due: str = ""
    assignee: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A record that a text points at, with the words that it points at."""

    record: Record
    field: str
    words: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What people wrote in a case; `gone` are leads in it that the current run does not have."""

    case_id: str
    title: str
    status: str = ""
    marking: str = ""
    reliability: str = ""
    credibility: str = ""
    deadline: str = ""
    opened: str = ""
    opened_by: str = ""
    labels: Sequence[str] = ()
    story: Sequence[Sequence[Part]] = ()
    notes: Sequence[Remark] = ()
    tasks: Sequence[Remark] = ()
    cited: Sequence[Cited] = ()
    gone: Sequence[str] = ()
    approved: Mapping[str, str] = field(default_factory=dict)


def paragraphs(text: str) -> list[list[Part]]:
    """A text in paragraphs, each in its runs and pointers; every letter that is no pointer is kept."""
    return [_parts(one.strip("\n")) for one in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if one.strip()]


def pointers(text: str) -> list[Part]:
    """The pointers in a text, in their order, each once."""
    return list(dict.fromkeys(part for one in paragraphs(text) for part in one if part.points_at))


def cited(points: Iterable[Part], records: Mapping[str, Record]) -> list[Cited]:
    """The records that are pointed at, each with the words of its span, or its first words."""
    found = []
    for part in points:
        record = records.get(part.points_at)
        name = (part.field or next(iter(record.fields), "")) if record else ""
        if record and (words := record.fields.get(name, "")):
            marks = [Mark(part.start, part.end, "hit")] if part.start < part.end <= len(words) else []
            found.append(Cited(record, name, pieces(words, marks, most=EXCERPT)))
    return found


def masked(case: CaseFile, mask: Callable[[str], str]) -> CaseFile:
    """The case with selectors masked in what people wrote; of names only those that a finder knows."""

    def text(held: Sequence[Sequence[Part]]) -> list[list[Part]]:
        return [[replace(part, text=mask(part.text)) for part in one] for one in held]

    def remarks(held: Sequence[Remark]) -> list[Remark]:
        return [replace(one, text=text(one.text)) for one in held]

    return replace(
        case, title=mask(case.title), story=text(case.story), notes=remarks(case.notes), tasks=remarks(case.tasks)
    )


def _parts(text: str) -> list[Part]:
    made, at = [], 0
    for hit in POINTER.finditer(text):
        made.append(Part(text[at : hit.start()]))
        start, end = (int(hit["start"]), int(hit["end"])) if hit["field"] else (0, 0)
        made.append(Part("", hit["id"], hit["field"] or "", start, end))
        at = hit.end()
    return [part for part in (*made, Part(text[at:])) if part.text or part.points_at]

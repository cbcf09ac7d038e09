"""What the template of a lead's page needs beside the page: texts in pieces, drawings, numbers of files, sections."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from undertow.share import atlas
from undertow.share.contract import LeadPage, Original, Reason, Record, Row, Span, Template
from undertow.share.drawing import Drawing, draw
from undertow.share.show import LINKS, Mark, Piece, pieces, plain
from undertow.share.timeline import Timeline, timeline
from undertow.share.words import many
from undertow.tables import SELECTORS

MOST_EXAMPLES = 3
LONG = ("title", "text")  # fields with a box of their own
EXAMPLE, EXCERPT, ROW = 280, 700, 700  # letters shown of a text
COLOURS = {  # of shapes, on white letters at least 4.5 : 1 (WCAG 2.2, 1.4.3)
    "template": "#7a3a9a",
    "phone": "#0b5a78",
    "email": "#8a3b12",
    "handle": "#1c5d43",
    "url": "#5b4a00",
    "domain": "#5b4a00",
    "wallet": "#7d1f3d",
    "bank": "#7d1f3d",
    "account": "#3d4a8a",
    "judgement": "#4a4a4a",
}


Links = Mapping[tuple[str, str], Sequence[tuple[int, int]]]
"""(record, field): where links and domains stand in it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A real row that shows a reason, with the span it rests on."""

    record: Record
    parts: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Item:
    """A record in the list of evidence: its texts and its other fields in pieces."""

    record: Record
    texts: Sequence[tuple[str, Sequence[Piece]]]
    others: Sequence[tuple[str, Sequence[Piece]]]


@dataclass(frozen=True, slots=True)
class View:
    """A lead's page ready to be laid out; `level` is that of its title."""

    level: int
    sections: Sequence[tuple[str, str]]
    examples: Mapping[str, Sequence[Example]]
    anchors: frozenset[str]
    evidence: Sequence[Item]
    files: Mapping[str, str]
    originals: Sequence[Original]
    links: Links
    names: Mapping[tuple[str, str], str]
    drawing: Drawing
    timeline: Timeline | None
    timeline_by: str
    map: atlas.Map | None


def view(page: LeadPage, level: int) -> View:
    """The page with its drawings made and its texts cut."""
    labelled = _labelled(page)
    by_id = {record.record_id: record for record in page.records}
    hits = _hits(labelled)
    originals = {record.original.original_id: record.original for record in page.records}
    links = _links(page)
    names = {("template", cut.template_id): f"text {number}" for number, cut in enumerate(page.templates, 1)}
    by_site = len({site for _, site, _ in page.dates}) > 1
    line = timeline((at, name) for at, name, _ in (page.dates if by_site else _by_tie(page)))
    drawing = draw(page.ties, page.brokers, names=names)
    map_ = atlas.draw(page.places)
    return View(
        level=level,
        sections=_sections(page, drawing, line),
        examples=examples(page),
        anchors=frozenset(by_id),
        evidence=[_item(record, page, hits, links) for record in page.records],
        links=links,
        files={name: f"F{number}" for number, name in enumerate(originals, 1)},
        originals=list(originals.values()),
        names=names,
        drawing=drawing,
        timeline=line,
        timeline_by="site" if by_site else "contact (a record stands in the lane of each that it holds)",
        map=map_,
    )


def examples(page: LeadPage) -> dict[str, list[Example]]:
    """For each reason, by its label (R1, A1), real rows that show it."""
    by_id, links = {record.record_id: record for record in page.records}, _links(page)
    return {label: list(_examples(reason, label, by_id, links)) for label, reason in _labelled(page)}


def _labelled(page: LeadPage) -> list[tuple[str, Reason]]:
    labelled = [(f"R{number}", reason) for number, reason in enumerate(page.lead.reasons, 1)]
    return labelled + [(f"A{number}", reason) for number, reason in enumerate(page.lead.against, 1)]


def colour(kind: str) -> str:
    """The colour of a shape."""
    return COLOURS.get(kind, "#4a5560")


def pattern(cut: Template) -> list[Piece]:
    """A template in pieces: constants plain, slots with their number and how many values they hold."""
    made: list[Piece] = []
    for part in cut.pattern[:400]:
        if isinstance(part, int):
            different = cut.values.get(part, (0, ()))[0]
            made.append(Piece(f"[{many(different, 'value')}]" if different else "[…]", "slot", str(part)))
        else:
            space = " " if made and part[:1].isalnum() else ""  # a slot may have taken the space after it
            made.extend(pieces(space + part, most=ROW))
    return made


def named(text: str, names: Mapping[tuple[str, str], str]) -> str:
    """A sentence with the report's name for each template behind its id."""
    for (_, via), name in names.items():
        text = text.replace(via, f"{via} ({name})")
    return text


def slotted(row: Row, links: Links) -> list[Piece]:
    """A real row in pieces, its slots numbered."""
    text = row.record.fields.get("text", "")
    marks = [Mark(*_trimmed(text, start, end), "slot", str(slot)) for slot, start, end in row.slots]
    return pieces(text, marks, most=ROW, links=links.get((row.record.record_id, "text"), ()))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the blanks at its ends."""
    held = text[start:end]
    return start + len(held) - len(held.lstrip()), start + len(held.rstrip())


def _links(page: LeadPage) -> Links:
    links: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for record_id, found in page.spans.items():
        for field, start, end, kind in found:
            if kind in LINKS:
                links.setdefault((record_id, field), []).append((start, end))
    return links


def _hits(labelled: Sequence[tuple[str, Reason]]) -> dict[tuple[str, str], list[Mark]]:
    """Where each field of each record is pointed at, heaviest reason first."""
    hits: dict[tuple[str, str], list[Mark]] = {}
    for label, reason in labelled:
        for span in reason.examples:
            if span.end > span.start:
                hits.setdefault((span.record_id, span.field or "text"), []).append(
                    Mark(span.start, span.end, "hit", label)
                )
    return hits


def _examples(reason: Reason, label: str, by_id: Mapping[str, Record], links: Links) -> Iterator[Example]:
    first = {span.record_id: span for span in reversed(reason.examples) if span.record_id in by_id}
    shown = set()
    for span in list(reversed(first.values()))[:MOST_EXAMPLES]:
        parts = _example(by_id[span.record_id], span, label, links)
        again = tuple(parts) in shown  # the same words a second time say no more: their place and time do
        shown.add(tuple(parts))
        yield Example(by_id[span.record_id], () if again else parts)


def _example(record: Record, span: Span, label: str, links: Links) -> list[Piece]:
    field = next((name for name in (span.field, "text") if name in record.fields), next(iter(record.fields), ""))
    marks = [Mark(span.start, span.end, "hit", label)] if span.end and field == (span.field or "text") else []
    here = links.get((record.record_id, field), ())
    return pieces(record.fields.get(field, ""), marks, most=EXAMPLE, links=here)


def _item(record: Record, page: LeadPage, hits: Mapping[tuple[str, str], Sequence[Mark]], links: Links) -> Item:
    found = page.spans.get(record.record_id, ())
    fields = []
    for name, text in record.fields.items():
        if name == "account":
            continue  # stands in the heading
        here = [(start, end, kind) for field, start, end, kind in found if field == name]
        marks = [
            *hits.get((record.record_id, name), ()),
            *(Mark(start, end, "find", kind) for start, end, kind in here),
        ]
        whole = [(0, len(text))] if name == "url" else []
        known = [*links.get((record.record_id, name), ()), *whole]
        fields.append((name, pieces(text, marks, most=EXCERPT, links=known)))
    return Item(record, [item for item in fields if item[0] in LONG], [item for item in fields if item[0] not in LONG])


def _by_tie(page: LeadPage) -> list[tuple[datetime, str, str]]:
    """Dates by contact instead of site: a record stands in the lane of each contact it holds."""
    held: dict[str, list[str]] = {}
    for tie in page.ties:
        if tie.kind in SELECTORS:
            held.setdefault(tie.record_id, []).append(plain(tie.via, link=tie.kind in LINKS))
    return [(at, via, name) for at, _, name in page.dates for via in held.get(name, ["no contact"])]


def _sections(page: LeadPage, drawing: Drawing, line: Timeline | None) -> list[tuple[str, str]]:
    every = (
        ("for", "For", True),
        ("against", "Against", True),
        ("sum", "The sum", True),
        ("class", "What it looks like", True),
        ("texts", "Texts", bool(page.templates)),
        ("network", "Network", bool(drawing.shapes)),
        ("time", "Time line", line is not None),
        ("places", "Places", bool(page.places)),
        ("held", "What holds it together", bool(page.brokers or page.steps)),
        ("hubs", "Not counted", bool(page.hubs)),
        ("evidence", "Evidence", True),
    )
    return [(name, heading) for name, heading, shown in every if shown]

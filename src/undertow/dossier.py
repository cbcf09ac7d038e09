"""The door between a case and its dossier: what people wrote, with the records that it points at."""

from collections.abc import Mapping, Sequence

from undertow.review.cases import ABOUT, Case, Version
from undertow.share import casefile, records, redact
from undertow.share.build import Part, Whole
from undertow.share.casefile import CaseFile, Remark
from undertow.share.contract import Record
from undertow.tables import MASKED, RECORDS

Approved = Mapping[str, str]
"""What two people agreed on: a referral, and who proposed and approved it."""

NONE: Approved = {}


def told(
    case: Case, whole: Whole, part: Part, *, gone: Sequence[str] = (), masked: bool, approved: Approved = NONE
) -> CaseFile:
    """The case with its evidence; `whole` and `part` read the tables as far as somebody may see them."""
    texts = [case.story.body["text"], *(one.body["text"] for kind in ("note", "task") for one in case.of(kind))]
    points = [point for text in texts for point in casefile.pointers(text)]
    ids = sorted({point.points_at for point in points} | {one.name for one in case.of("record")})
    found, values = evidence(ids, whole, part, masked=masked)
    points += [casefile.Part("", one.name) for one in case.of("record")]
    first = case.parts[ABOUT]
    about = {
        name: first.body[name] for name in ("title", "status", "marking", "reliability", "credibility", "deadline")
    }
    made = CaseFile(
        case.case_id,
        **about,
        opened=min(one.at for one in case.parts.values()),
        opened_by=first.body.get("opened_by", first.who),
        labels=first.body["labels"],
        story=casefile.paragraphs(case.story.body["text"]),
        notes=[_remark(one) for one in case.of("note")],
        tasks=[_remark(one) for one in case.of("task")],
        cited=casefile.cited(dict.fromkeys(points), found),
        gone=gone,
        approved=approved,
    )
    return casefile.masked(made, redact.masker(values)) if masked else made


def evidence(ids: Sequence[str], whole: Whole, part: Part, *, masked: bool) -> tuple[dict[str, Record], set[str]]:
    """The records of these ids, masked where asked, and what in them tells of people."""
    kinds = {name: [one for one in ids if one.startswith(letter)] for name, letter in RECORDS.items()}
    held = {name: part(name, records.key_of(name), kinds[name]) for name in RECORDS}
    found = records.records(held, ids, records.originals({"originals": whole("originals")}))
    telling = [row for row in part("mentions", "record_id", list(found)).to_pylist() if row["kind"] in MASKED]
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in telling:
        spans.setdefault((row["record_id"], row["field"]), []).append((row["start"], row["end"]))
    if masked:
        found = {name: redact.record(one, spans) for name, one in found.items()}
    return found, {row["original"] for row in telling}


def _remark(one: Version) -> Remark:
    said = one.body
    text = casefile.paragraphs(said["text"])
    return Remark(
        said.get("at", one.at), one.who, text, bool(said.get("done")), said.get("due", ""), said.get("assignee", "")
    )

"""One record as received, with everything found in it marked, and the file and row that it comes from."""

from collections.abc import Mapping, Sequence
from typing import Any

from undertow.errors import UserError
from undertow.share import gather, records, redact
from undertow.share.contract import Record
from undertow.share.show import LINKS, Mark, Piece, pieces
from undertow.tables import RECORDS
from undertow.web import alike
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk

MOST = 20_000  # characters shown of one field

Mention = Mapping[str, Any]


def record(desk: Desk, asked: Asked) -> Answer:
    """The record; `at` in the address (field-start-end) is the span that somebody came to see."""
    record_id = asked.path["record_id"]
    whole = _record(desk, record_id)
    mentions = desk.reader.part("mentions", "record_id", [record_id]).to_pylist()
    mentions.sort(key=lambda row: (row["field"], row["start"], row["end"], row["kind"]))
    desk.tell(asked, "read", "record", record_id, masked=not asked.session.shows)
    shown = whole if asked.session.shows else redact.record(whole, gather.telling(mentions))
    networks = desk.reader.part("network_members", "record_id", [record_id])["network_id"].to_pylist()
    leads = desk.reader.part("leads", "network_id", networks)["lead_id"].to_pylist()
    hit = _span(asked.query.get("at", ""))
    facts = {
        "record": shown,
        "fields": {name: _marked(name, text, mentions, hit) for name, text in shown.fields.items()},
        "mentions": [_seen(row, shown) for row in mentions if row["field"] in shown.fields],
        "leads": leads,
        "pictures": alike.shown_by(desk, record_id),
        "path": f"/records/{record_id}",
    }
    return Shown("record.html", "record", facts)


def _record(desk: Desk, record_id: str) -> Record:
    kind = next((name for name, letter in RECORDS.items() if record_id.startswith(letter)), "")
    held = {name: desk.reader.part(name, records.key_of(name), [record_id] * (name == kind)) for name in RECORDS}
    known = records.originals({"originals": desk.reader.whole("originals")})
    found = records.records(held, [record_id], known).get(record_id)
    if not found:
        raise UserError("there is no such record", hint="the search finds records by what stands in them")
    return found


def _marked(name: str, text: str, mentions: Sequence[Mention], hit: tuple[str, int, int]) -> list[Piece]:
    here = [row for row in mentions if row["field"] == name and row["end"] > row["start"]]
    marks = [Mark(hit[1], hit[2], "hit")] if hit[0] == name else []
    marks += [Mark(row["start"], row["end"], "find", row["kind"]) for row in here]
    return pieces(text, marks, most=MOST, links=[(row["start"], row["end"]) for row in here if row["kind"] in LINKS])


def _seen(row: Mention, shown: Record) -> dict[str, Any]:
    """A mention as the table lists it: what stands in the text as it is shown, so masked where that is."""
    return {**row, "stands": shown.fields[row["field"]][row["start"] : row["end"]]}


def _span(text: str) -> tuple[str, int, int]:
    field, _, rest = text.partition("-")
    start, _, end = rest.partition("-")
    numbers = start.isdecimal() and end.isdecimal() and len(rest) < 20
    return (field, int(start), int(end)) if numbers else ("", 0, 0)


PAGE = Page(
    name="record",
    says="A record as received, what was found in it, and where it comes from.",
    routes=(Route("/records/{record_id}", "read", record),),
)

"""The records of a lead, page by page in order of time: when, where, by whom, and how each begins."""

from datetime import UTC, datetime
from typing import Any

from undertow.share import gather, records, redact
from undertow.tables import RECORDS
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk
from undertow.web.leads import Opened, opened, start
from undertow.web.timing import times

MOST = 100  # on one page
LETTERS = 160  # of a text
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def listed(desk: Desk, asked: Asked) -> Answer:
    """One page of the records, the earliest first, those without a time last."""
    held = opened(desk, asked, "records")
    first = start(asked)
    when = times(held)
    order = sorted(held.members(), key=lambda one: (when[one][0] or NEVER, one))
    here = order[first : first + MOST]
    facts = {"rows": _rows(held, here), "first": first, "many": len(order), "most": MOST, "path": held.path}
    return Shown("records.html", "records", {**facts, "lead": held.lead})


def _rows(held: Opened, ids: list[str]) -> list[dict[str, Any]]:
    read = held.desk.reader.part
    parts = {
        name: read(name, records.key_of(name), [one for one in ids if one.startswith(letter)])
        for name, letter in RECORDS.items()
    }
    found = records.records(parts, ids, {})
    spans = gather.telling(read("mentions", "record_id", ids).to_pylist()) if held.masked else {}
    shown = {one: redact.record(whole, spans) if held.masked else whole for one, whole in found.items()}
    kinds = {letter: name.removesuffix("s") for name, letter in RECORDS.items()}
    return [
        {"record": shown[one], "kind": kinds[one[0]], "words": _words(shown[one].fields)} for one in ids if one in shown
    ]


def _words(fields: Any) -> str:
    said = next((fields[name] for name in ("title", "text") if fields.get(name)), "") or " · ".join(fields.values())
    flat = " ".join(said.split())
    return flat if len(flat) <= LETTERS else flat[: LETTERS - 1] + "…"


PAGE = Page(
    name="records",
    says="Every record of a lead, page by page.",
    routes=(Route("/leads/{lead_id}/records", "read", listed),),
    view=7,
)

"""The inbox: leads by rank, what is new among them since the last look, and which are judged."""

from collections.abc import Mapping
from typing import Any

from undertow.review import judged
from undertow.review.store import LEAD
from undertow.share import gather
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk

MOST = 50  # on one page


def inbox(desk: Desk, asked: Asked) -> Answer:
    """The leads of one band or of all, from a rank on."""
    band, first = asked.query.get("band", ""), _number(asked.query.get("from", ""))
    every = desk.reader.kept("ranked", lambda: _ranked(desk))
    here = [row for row in every if not band or row["band"] == band]
    desk.tell(asked, "read", "inbox", desk.reader.run, band=band, first=first)
    before = _before(desk, asked)
    change = desk.reader.kept(f"change {before}", lambda: _changes(desk, before))
    answers = _answers(desk, [row["network_id"] for row in here[first : first + MOST]])
    bands = list(dict.fromkeys(row["band"] for row in every))
    rows = [_row(row, change, answers) for row in here[first : first + MOST]]
    facts = {"rows": rows, "bands": bands, "band": band, "first": first, "many": len(here), "most": MOST}
    return Shown("inbox.html", "inbox", facts)


def _ranked(desk: Desk) -> list[dict[str, Any]]:
    found = desk.reader.whole("leads").sort_by([("score", "descending"), ("lead_id", "ascending")]).to_pylist()
    return [row | {"rank": rank} for rank, row in enumerate(found, 1)]


def _row(row: Mapping[str, Any], change: Mapping[str, str], answers: Mapping[str, bool]) -> dict[str, Any]:
    lead = gather.lead(row, {})
    answer = {None: "", True: "confirmed", False: "rejected"}[answers.get(lead.network_id)]
    return {"lead": lead, "rank": row["rank"], "change": change.get(lead.lead_id, ""), "answer": answer}


def _before(desk: Desk, asked: Asked) -> str:
    """The run whose leads this person saw before the current ones; empty where there is none."""
    before = desk.sessions.looked(asked.session.person_id, "inbox", desk.reader.run)
    return before if before in desk.workspace.catalogue.history("leads") else ""


def _changes(desk: Desk, before: str) -> dict[str, str]:
    if not before:
        return {}
    rows = desk.workspace.leads(new_since=before)
    return dict(zip(rows["lead_id"].to_pylist(), rows["change"].to_pylist(), strict=True))


def _answers(desk: Desk, networks: list[str]) -> Mapping[str, bool]:
    """Which of these networks are judged; reads the members of those that judged records are in, and no others."""
    judgements = [one for one in desk.workspace.decisions.judgements() if one.subject_kind == LEAD]
    if not judgements:
        return {}
    members = desk.reader.part("network_members", "network_id", networks).select(["network_id", "record_id"])
    return judged.standing(judgements, desk.workspace.decisions.records(), members).networks


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


PAGE = Page(
    name="inbox",
    says="Leads by rank, with what is new since the last look.",
    routes=(Route("/", "read", inbox),),
    menu=1,
)

"""One lead: why, and why not, each sentence with the records that show it; and the place to decide."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from undertow import learning
from undertow.errors import UserError
from undertow.review.store import LEAD
from undertow.share import build
from undertow.share.contract import CLASSES
from undertow.share.view import examples
from undertow.web.contract import Answer, Asked, Goto, Page, Route, Shown
from undertow.web.desk import Desk
from undertow.web.leads import opened

ANSWERS = ("confirm", "reject", "undo")


def lead(desk: Desk, asked: Asked) -> Answer:
    """The lead with the records that its reasons point at, masked unless names are shown."""
    held = opened(desk, asked)
    one = desk.reader.part("leads", "lead_id", [held.lead.lead_id])

    def whole(name: str) -> pa.Table:
        return one if name == "leads" else desk.reader.whole(name)

    known = held.known() if held.masked else ()
    page = build.lead_in_short(whole, desk.reader.part, held.lead.lead_id, masked=held.masked, known_values=known)
    facts = {
        "page": page,
        "examples": examples(page),
        "decided": _decided(desk, held.lead.lead_id),
        "classes": CLASSES,
        "path": held.path,
    }
    return Shown("lead.html", "lead", facts)


def judge(desk: Desk, asked: Asked) -> Answer:
    """Keeps an answer with its reason, what the lead looks like and the purpose of the sitting, or takes one back."""
    answer, lead_id = asked.form.get("answer", ""), asked.path["lead_id"]
    looks = asked.form.get("class", "")
    if answer not in ANSWERS or (looks and looks not in CLASSES):
        raise UserError("an answer is to confirm, to reject or to undo", hint="go back to the lead and choose one")
    if not asked.form.get("because", "").strip():
        raise UserError(f"to {answer} a lead needs a reason", hint="go back and write it in a few words, without names")
    details = {"purpose": asked.session.purpose} | ({"class": looks} if looks and answer != "undo" else {})
    said = {"because": asked.form["because"], "who": desk.who, "place": asked.place}
    learning.judge(desk.workspace, lead_id, answer, details=details, **said)
    return Goto(f"/leads/{lead_id}")


def _decided(desk: Desk, lead_id: str) -> list[Mapping[str, Any]]:
    """What was decided on the lead, the latest first."""
    said = desk.workspace.decisions.details()
    held = [one for one in desk.workspace.decisions.judgements() if (one.subject_kind, one.subject) == (LEAD, lead_id)]
    return [{"one": one, "class": said.get(one.number, {}).get("class", "")} for one in reversed(held)]


PAGE = Page(
    name="lead",
    says="Why a lead is one, and why it may be nothing; confirm, reject, undo.",
    routes=(Route("/leads/{lead_id}", "read", lead), Route("/leads/{lead_id}/judge", "decide", judge, "POST")),
    view=1,
)

"""The cases: what is open, whose turn it is, and a form for a new one; also where a lead or record is put into one."""

from undertow.errors import UserError
from undertow.review.cases import STATES, Case
from undertow.review.people import MARKINGS, By
from undertow.web import gathering
from undertow.web.contract import Answer, Asked, Goto, Page, Route, Shown
from undertow.web.desk import Desk


def cases(desk: Desk, asked: Asked) -> Answer:
    """Every case that somebody may see, what was last changed first; `put` in the address waits to be put into one."""
    desk.tell(asked, "read", "cases")
    seen = [case for case in desk.cases.all() if desk.opens(case, asked.person)]
    status, put = asked.query.get("status", ""), asked.query.get("put", "")
    facts = {
        "rows": [_row(case) for case in seen if not status or case.about["status"] == status],
        "states": STATES,
        "status": status,
        "markings": MARKINGS,
        "clearance": asked.person.clearance,
        "put": put if gathering.seen(desk, put) else "",
    }
    return Shown("cases.html", "cases", facts)


def open_(desk: Desk, asked: Asked) -> Answer:
    """Opens a case; what waited to be put into one is put into it."""
    marking = asked.form.get("marking", "")
    if marking not in MARKINGS or not desk.reader.sight.sees(marking):
        raise UserError("a case needs a marking that you may see", hint="go back and choose one")
    put, by = asked.form.get("put", ""), By(desk.who, asked.place)
    if put and not gathering.seen(desk, put):
        raise UserError("there is no such lead or record now", hint="see the inbox")
    case_id = desk.cases.open(by, asked.form.get("title", ""), marking=marking, assignee=desk.who)
    if asked.person.only_cases:
        desk.cases.put(
            case_id, "person", asked.person.person_id, by, {"person": desk.who, "purpose": "opened it", "until": ""}
        )
    if put:
        gathering.put(desk, case_id, put, by)
    return Goto(f"/cases/{case_id}")


def _row(case: Case) -> dict[str, object]:
    tasks = [one.body for one in case.of("task") if not one.body.get("done")]
    dues = [one["due"] for one in tasks if one.get("due")] + [case.about["deadline"]]
    leads, records = len(case.of("lead")), len(case.of("record"))
    return {
        "case": case, "tasks": len(tasks), "next": min(filter(None, dues), default=""), "leads": leads,
        "records": records,
    }  # fmt: skip


PAGE = Page(
    name="cases",
    says="What is worked on: open cases, whose they are, and what is due.",
    routes=(Route("/cases", "read", cases), Route("/cases", "work", open_, "POST")),
    menu=2,
)

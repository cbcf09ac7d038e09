"""The inbox: leads by rank, chosen by facets; what is new since the last look; many judged at once; saved searches."""

from collections.abc import Callable, Mapping
from typing import Any

from undertow.share.contract import CLASSES, Lead
from undertow.web import facets, searches, triage
from undertow.web.contract import Answer, Asked, Goto, Page, Route, Shown
from undertow.web.desk import Desk
from undertow.web.leads import start

MOST = 50  # on one page
INBOX = "inbox"

State = Callable[[Lead], set[str]]


def inbox(desk: Desk, asked: Asked) -> Answer:
    """The leads that the address, or the saved search that it names, asks for; from a rank on."""
    saved = {one.number: one for one in searches.listed(desk)}
    search = saved.get(start(asked, "search"))
    query, first = dict(search.query) if search else facets.asked(asked.query), start(asked)
    found = facets.leads(desk)
    answers = triage.answers(desk)
    looked = f"search {search.number}" if search else INBOX
    change = _since(desk, desk.sessions.looked(asked.session.person_id, looked, desk.reader.run))
    here = facets.chosen(found.rows, query, _state(change, answers))
    desk.tell(asked, "read", "inbox", desk.reader.run, first=first, **{f"by_{name}": query[name] for name in query})
    rows = [_row(row, change, answers) for row in here[first : first + MOST]]
    shown = {
        "rows": rows,
        "bands": list(dict.fromkeys(row.lead.band for row in found.rows)),
        "first": first,
        "many": len(here),
        "most": MOST,
        "all": len(found.rows),
        "classes": CLASSES,
        "address": facets.address,
        "saved": [(one, _fresh(desk, asked, one, found, answers)) for one in saved.values()],
        "search": search.number if search else 0,
        "done": asked.query.get("done", "")[:12],
        "undone": start(asked, "undone"),
    }
    return Shown("inbox.html", "inbox", {**facets.facts(found, query), **shown})


def judge(desk: Desk, asked: Asked) -> Answer:
    """Judges the chosen leads, and offers to take it back."""
    leads = [name.removeprefix("lead-") for name in asked.form if name.startswith("lead-")]
    batch = triage.judge(desk, asked, leads, asked.form.get("class", ""), asked.form.get("because", ""))
    return Goto(facets.address(_back(asked), done=batch))


def undo(desk: Desk, asked: Asked) -> Answer:
    """Takes a batch back."""
    return Goto(facets.address(_back(asked), undone=triage.undo(desk, asked, asked.form.get("batch", ""))))


def save(desk: Desk, asked: Asked) -> Answer:
    """Saves what is chosen under a name."""
    return Goto(f"/?search={searches.save(desk, asked, asked.form.get('name', ''), _back(asked)).number}")


def forget(desk: Desk, asked: Asked) -> Answer:
    """Forgets a saved search."""
    number = asked.form.get("search", "")
    searches.forget(desk, asked, int(number) if number.isdecimal() and len(number) < 12 else 0)
    return Goto("/")


def _back(asked: Asked) -> dict[str, str]:
    """The filters that the form stood under."""
    return facets.asked({name.removeprefix("by-"): value for name, value in asked.form.items() if name[:3] == "by-"})


def _row(row: facets.Ranked, change: Mapping[str, str], answers: Mapping[str, bool]) -> dict[str, Any]:
    answer = {None: "", True: "confirmed", False: "rejected"}[answers.get(row.lead.network_id)]
    return {"lead": row.lead, "rank": row.rank, "change": change.get(row.lead.lead_id, ""), "answer": answer}


def _state(change: Mapping[str, str], answers: Mapping[str, bool]) -> State:
    def state(lead: Lead) -> set[str]:
        answer = {None: "open", True: "confirmed", False: "rejected"}[answers.get(lead.network_id)]
        return {answer, change.get(lead.lead_id, "")}

    return state


def _since(desk: Desk, before: str) -> Mapping[str, str]:
    """What is new or changed since a run; nothing where it is not known."""
    known = before if before and before in desk.workspace.catalogue.history("leads") else ""
    return desk.reader.kept(f"change {known}", lambda: _changes(desk, known))


def _changes(desk: Desk, before: str) -> dict[str, str]:
    if not before:
        return {}
    rows = desk.workspace.leads(new_since=before)
    return dict(zip(rows["lead_id"].to_pylist(), rows["change"].to_pylist(), strict=True))


def _fresh(desk: Desk, asked: Asked, one: searches.Saved, found: facets.Leads, answers: Mapping[str, bool]) -> int:
    """How many of its leads are new or changed since this person last looked at it."""
    before = desk.sessions.last(asked.session.person_id, f"search {one.number}", desk.reader.run)
    change = _since(desk, before)
    here = facets.chosen(found.rows, one.query, _state(change, answers)) if change else []
    return sum(row.lead.lead_id in change for row in here)


PAGE = Page(
    name="inbox",
    says="Leads by rank, with what is new since the last look; filters, saved searches, many judged at once.",
    routes=(
        Route("/", "read", inbox),
        Route("/triage", "decide", judge, "POST"),
        Route("/triage/undo", "decide", undo, "POST"),
        Route("/searches", "decide", save, "POST"),
        Route("/searches/forget", "decide", forget, "POST"),
    ),
    menu=1,
)

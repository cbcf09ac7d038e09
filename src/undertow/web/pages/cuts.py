"""Cutting a shared value: what it would do is shown first, then it is done, and every cut can be taken back."""

from typing import Any

from undertow import pairing
from undertow.errors import UserError
from undertow.review.store import Judgement
from undertow.share import redact
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.cutting import decide, effect
from undertow.web.desk import Desk
from undertow.web.effects import words_of
from undertow.web.leads import Opened, found, opened, tie


def foresee(desk: Desk, asked: Asked) -> Answer:
    """What cutting a value of this lead would do; nothing is kept but that somebody looked."""
    held = opened(desk, asked, "cut")
    kind, value = _named(held, asked.path["what"])
    facts: dict[str, Any] = {
        "lead": held.lead,
        "path": held.path,
        "what": asked.path["what"],
        "kind_of": kind,
        "value": held.value(kind, value),
        **effect(desk, kind, value),
    }
    return Shown("cut.html", "cut", facts)


def cut(desk: Desk, asked: Asked) -> Answer:
    """Cuts the value, and makes networks and leads anew."""
    kind, value = _named(Opened(desk, found(desk, asked.path["lead_id"]), masked=False), asked.path["what"])
    return decide(desk, asked, "cut", kind, value)


def listed(desk: Desk, asked: Asked) -> Answer:
    """The cuts that stand and what was said of records, with who, when and why."""
    desk.tell(asked, "read", "cuts")
    masked = not asked.session.shows
    rows = [
        {"one": one, "what": tie(desk, one.subject_kind, one.subject), "value": _value(one, masked=masked)}
        for one in reversed(_standing(desk))
    ]
    odds = [] if desk.reader.veil else pairing.odds(desk.workspace.said())
    facts = {"rows": rows, "words": words_of(desk), "odds": odds, "waiting": asked.query.get("waiting") == "1"}
    return Shown("cuts.html", "cuts", facts)


def undo(desk: Desk, asked: Asked) -> Answer:
    """Takes a cut back, and makes networks and leads anew."""
    what = asked.form.get("what", "")
    mine = [one for one in _standing(desk) if tie(desk, one.subject_kind, one.subject) == what]
    if not mine:
        raise UserError("there is no such cut now", hint="it may have been taken back meanwhile; see the list of cuts")
    return decide(desk, asked, "undo cut", mine[0].subject_kind, mine[0].subject)


def _named(held: Opened, what: str) -> tuple[str, str]:
    """The kind and value of the lead's ties whose digest stands in the address."""
    few = held.ties().group_by(["via_kind", "via"]).aggregate([])
    pairs = zip(few["via_kind"].to_pylist(), few["via"].to_pylist(), strict=True)
    for kind, value in pairs:
        if tie(held.desk, kind, value) == what:
            return kind, value
    raise UserError("the lead holds no such value now", hint="a run made it anew meanwhile; see its network")


def _value(one: Judgement, *, masked: bool) -> str:
    hidden = masked and redact.names_someone(one.subject_kind)
    return redact.mask(one.subject) if hidden else one.subject


def _standing(desk: Desk) -> list[Judgement]:
    """The decisions by which a value is cut as things stand, oldest first; who sees few leads sees their own alone."""
    last = {
        (one.subject_kind, one.subject): one
        for one in desk.workspace.decisions.judgements()
        if one.verb in ("cut", "undo cut")
    }
    mine = (one for one in last.values() if not desk.reader.veil or one.who == desk.who)
    return sorted((one for one in mine if one.verb == "cut"), key=lambda one: one.number)


PAGE = Page(
    name="cuts",
    says="Cuts a value that proves nothing, after showing what that would do; lists cuts and takes them back.",
    routes=(
        Route("/cuts", "read", listed),
        Route("/leads/{lead_id}/cut/{what}", "read", foresee),
        Route("/leads/{lead_id}/cut/{what}", "decide", cut, "POST"),
        Route("/cuts/undo", "decide", undo, "POST"),
    ),
    menu=7,
)

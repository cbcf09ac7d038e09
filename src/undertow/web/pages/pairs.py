"""Saying of records that they are the same or not: what it would do is shown first, then it is said, and taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from undertow import pairing
from undertow.errors import BusyError, UserError
from undertow.review import pairs
from undertow.review.store import Judgement
from undertow.web.contract import Answer, Asked, Goto, Page, Route, Shown
from undertow.web.desk import Desk
from undertow.web.effects import facts as effects
from undertow.web.effects import words_of
from undertow.web.evidence import shown_by
from undertow.web.leads import Opened, found, opened

ACTS = {
    "same": pairs.SAME,
    "not_same": pairs.NOT_SAME,
    "unsure": pairs.UNSURE,
    "split": pairs.NOT_SAME,
    "merge": pairs.SAME,
}
MOST_RECORDS = 6  # of each side that are shown

Sides = tuple[Sequence[str], Sequence[str]]


def foresee(desk: Desk, asked: Asked) -> Answer:
    """What a word would do; nothing is kept but that somebody looked."""
    return _foreseen(opened(desk, asked, "pair"), asked.query, changed=False)


def say(desk: Desk, asked: Asked) -> Answer:
    """Keeps the word, and makes networks and leads anew; shows again what it would do where that changed meanwhile."""
    held = Opened(desk, found(desk, asked.path["lead_id"]), masked=not asked.session.shows)
    sides = _sides(held, asked.form)
    because = asked.form.get("because", "")
    if because.strip() and asked.form.get("seen", "") != _seen(desk, sides):
        return _foreseen(held, asked.form, changed=True)
    said: dict[str, Any] = {"because": because, "who": desk.who, "place": asked.place}
    said["details"] = {"purpose": asked.session.purpose}
    try:
        pairing.judge(desk.workspace, ACTS[asked.form["act"]], *sides, **said)
    except BusyError:  # the decision is kept: the run that comes next reads it
        return Goto("/cuts?waiting=1")
    return Goto("/cuts")


def undo(desk: Desk, asked: Asked) -> Answer:
    """Takes a word back, and makes networks and leads anew."""
    number = asked.form.get("number", "")
    mine = [word.judgement.number for word in words_of(desk)]
    if not number.isdecimal() or int(number) not in mine:
        raise UserError("that does not stand now", hint="it may have been taken back meanwhile; see the list of cuts")
    said: dict[str, Any] = {"because": asked.form.get("because", ""), "who": desk.who, "place": asked.place}
    said["details"] = {"purpose": asked.session.purpose}
    try:
        pairing.undo(desk.workspace, int(number), **said)
    except BusyError:
        return Goto("/cuts?waiting=1")
    return Goto("/cuts")


def _foreseen(held: Opened, form: Mapping[str, str], *, changed: bool) -> Answer:
    desk, sides, act = held.desk, _sides(held, form), form["act"]
    key = f"pair {act} {_seen(desk, sides)} {len(desk.workspace.said().words)}"
    foreseen = desk.reader.lately(key, lambda: pairing.foresee(desk.workspace, ACTS[act], *sides))
    facts: dict[str, Any] = {
        "lead": held.lead,
        "path": held.path,
        "act": act,
        "answer": ACTS[act],
        "sides": [len(side) for side in sides],
        "rows": [shown_by(held, sorted(side)[:MOST_RECORDS], "") for side in sides],
        "odds": [] if desk.reader.veil else foreseen.odds,
        **effects(desk, foreseen.effect),
        "seen": _seen(desk, sides),
        "form": {name: value for name, value in form.items() if name in ("act", "with") or name in sides[0]},
        "because": form.get("because", ""),
        "changed": changed,
        "theirs": _latest(desk, sides) if changed and not desk.reader.veil else None,
    }
    if act in ("same", "not_same", "unsure"):
        facts["form"] |= dict.fromkeys(sides[1], "1")
    return Shown("pair.html", "pair", facts, 409 if changed else 200)


def _sides(held: Opened, form: Mapping[str, str]) -> Sides:
    """Whom a form means; raises `UserError` where it names too few, or too many."""
    act, members = form.get("act", ""), held.members()
    chosen = sorted(set(members) & form.keys())
    if act == "merge":
        other = Opened(
            held.desk, found(held.desk, form.get("with", "").strip().rstrip("/").split("/")[-1]), masked=True
        )
        return members, other.members()
    if act == "split" and 0 < len(chosen) < len(members):
        return chosen, [one for one in members if one not in chosen]
    if act in ("same", "not_same", "unsure") and len(chosen) == 2:
        return chosen[:1], chosen[1:]
    hint = "go back and choose two records; or, to split, some of them; a run may have made the network anew meanwhile"
    raise UserError("it is not clear which records are meant", hint=hint)


def _latest(desk: Desk, sides: Sides) -> Judgement | None:
    """The last word on any of these records."""
    mine = frozenset(sides[0]) | frozenset(sides[1])
    words = [word.judgement for word in desk.workspace.said().words if mine & (word.one | word.other)]
    return words[-1] if words else None


def _seen(desk: Desk, sides: Sides) -> str:
    """What somebody looked at, as a keyed digest: the records of both sides, and the last word on any of them."""
    last = _latest(desk, sides)
    told = [" ".join(sorted(side)) for side in sides]
    return desk.sealed(f"pair {told} {last.number if last else 0}")


PAGE = Page(
    name="pairs",
    says="Says that records are the same or not, splits and merges networks, after showing the effect; takes it back.",
    routes=(
        Route("/leads/{lead_id}/pair", "read", foresee),
        Route("/leads/{lead_id}/pair", "decide", say, "POST"),
        Route("/pairs/undo", "decide", undo, "POST"),
    ),
)

"""Cutting a shared value, from whatever page: what it would do, and the decision; then networks are made anew."""

from typing import Any

from undertow import foreseeing
from undertow.errors import BusyError
from undertow.web.contract import Answer, Asked, Goto
from undertow.web.desk import Desk
from undertow.web.effects import facts


def effect(desk: Desk, kind: str, value: str) -> dict[str, Any]:
    """What cutting a value would do to the networks that may be seen, as `effect.html` draws it."""
    others = desk.workspace.decisions.cuts().num_rows
    found = desk.reader.lately(f"cut {kind} {value} {others}", lambda: foreseeing.cut(desk.workspace, kind, value))
    return facts(desk, found)


def decide(desk: Desk, asked: Asked, verb: str, kind: str, value: str) -> Answer:
    """Keeps a decision (`cut` or `undo cut`) and runs what follows from it; where another run is at work, it waits."""
    said = {"because": asked.form.get("because", ""), "who": desk.who, "place": asked.place}
    desk.workspace.decisions.judge(verb, kind, value, details={"purpose": asked.session.purpose}, **said)
    try:
        desk.workspace.run(("link", "assess"))
    except BusyError:  # the decision is kept: the run that comes next reads it
        return Goto("/cuts?waiting=1")
    return Goto("/cuts")

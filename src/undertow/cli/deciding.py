"""Commands by which a person decides."""

from typing import Annotated, Literal

from cyclopts import Parameter

from undertow.cli.common import Where, workspace
from undertow.cli.output import line, progress, words


def cut(
    selector: str,
    /,
    *,
    because: Annotated[str, Parameter(help="the reason, kept with the decision")],
    undo: Annotated[bool, Parameter(negative=(), help="take an earlier cut back")] = False,
    kind: Annotated[str, Parameter(help="which kind is meant, where a value could be several")] = "",
    who: Annotated[str, Parameter(help="who decides; else the name of this login")] = "",
    workspace_: Where = None,
) -> None:
    """Mark a selector as shared or wrong: it holds no network together any more, and `--undo` takes that back."""
    place = workspace(workspace_)
    with progress() as emit:
        done = place.cut(selector, because=because, undo=undo, kind=kind, who=who, emit=emit)
    line(f"{done.verb}: {done.subject_kind} {done.subject} (decision {done.number}, by {done.who}: {done.because})")
    words("networks and leads were made anew; `undertow leads` shows them")


def judge(
    lead_id: str,
    answer: Literal["confirm", "reject", "undo"],
    /,
    *,
    because: Annotated[str, Parameter(help="the reason, kept with the decision")],
    who: Annotated[str, Parameter(help="who decides; else the name of this login")] = "",
    workspace_: Where = None,
) -> None:
    """Say whether a lead is what it looks like: confirm or reject it, or undo the last answer."""
    done = workspace(workspace_).judge(lead_id, answer, because=because, who=who)
    line(f"{done.verb}: {done.subject_kind} {done.subject} (decision {done.number}, by {done.who}: {done.because})")
    words("`undertow next` names the lead whose answer would teach most; `undertow learn` learns from the answers")

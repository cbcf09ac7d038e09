"""The command that shows who looked, searched, decided and exported, and checks that nobody changed it."""

from typing import Annotated, Literal

from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, table, words


def audit(
    what: Literal["list", "verify"],
    /,
    *,
    top: Annotated[int, Parameter(help="how many of the latest to print; 0 is all")] = 50,
    who: Annotated[str, Parameter(help="only what this person did")] = "",
    verb: Annotated[str, Parameter(help="only what was done, like read, searched or decided")] = "",
    subject: Annotated[str, Parameter(help="only what was done to a lead, a record or a decision of this id")] = "",
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """List the audit trail, the latest line first, or verify that every line and decision is as it was written."""
    from undertow import auditing

    place = workspace(workspace_)
    if what == "verify":
        line(f"{auditing.verify(place):,} lines, every seal fits, and the last is the one that the anchor names")
        return
    rows = auditing.listed(place, most=top, who=who, verb=verb, subject=subject)
    if json:
        as_json(rows)
        return
    table(rows, ["number", "at", "who", "verb", "subject_kind", "subject", "why", "place"], wide="why")
    if top and len(rows) == top:
        words(f"the latest {top} are shown (`--top 0` shows all)")

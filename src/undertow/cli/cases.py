"""Commands on cases: what there is, what is gathered and written, and the dossier."""

from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, table, words
from undertow.errors import UserError

if TYPE_CHECKING:
    from undertow.review.cases import Case, Cases
    from undertow.review.people import By
    from undertow.workspace import Workspace

Action = Literal["list", "open", "show", "put", "take", "note", "story", "status", "label", "dossier"]


def cases(
    action: Action = "list",
    case_id: Annotated[str, Parameter(help="the case; of open: its title")] = "",
    what: Annotated[str, Parameter(help="the lead or record, the text, the status, or labels with commas")] = "",
    /,
    *,
    redact: Annotated[bool, Parameter(negative=(), help="of dossier: mask selectors and names")] = False,
    pdf: Annotated[bool, Parameter(negative=(), help="of dossier: a PDF instead of HTML")] = False,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"], help="of dossier: else exports/")] = None,
    because: Annotated[str, Parameter(help="of dossier: what for, kept in the audit trail")] = "",
    who: Annotated[str, Parameter(help="who does it; else the name of this login")] = "",
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Keep cases: gather leads and records, write notes and the story, set status and labels, write the dossier."""
    from undertow.review.cases import Cases
    from undertow.review.people import By

    place = workspace(workspace_)
    held, by = Cases(place.audit), By(who or getuser())
    if action == "list":
        _list(held.all(), json=json)
        return
    if not case_id:
        raise UserError(f"cases {action} needs a case", hint="`undertow cases list` lists them")
    if action == "open":
        line(held.open(by, case_id))
    elif action == "show":
        as_json(_shown(held.one(case_id)))
    elif action == "dossier":
        line(str(_dossier(place, held.one(case_id), by, output, redact=redact, pdf=pdf, because=because)))
    else:
        _write(place, held, by, (action, case_id, what))


def _write(place: "Workspace", held: "Cases", by: "By", asked: tuple[Action, str, str]) -> None:
    action, case_id, what = asked
    case = held.one(case_id)
    if not what.strip():
        raise UserError(f"cases {action} needs one thing more", hint=f"`undertow cases {action} {case_id} ...`")
    if action in ("put", "take"):
        kind, body = _gathered(place, what) if action == "put" else (_kind(what), {"in": False})
        done = held.put(case_id, kind, what, by, body)
    elif action == "note":
        done = held.add(case_id, "note", {"text": what}, by)
    elif action == "story":
        done = held.write(case_id, "story", {"text": what}, case.story.version, by)
    else:
        said: dict[str, Any] = {"status": what} if action == "status" else {"labels": what.split(",")}
        done = held.write(case_id, "about", {**case.about, **said}, case.parts["about"].version, by)
    line(f"{action}: {done.part} (version {done.version}, by {done.who})")


def _kind(name: str) -> str:
    return "lead" if name.startswith("l") else "record"


def _gathered(place: "Workspace", name: str) -> tuple[str, dict[str, Any]]:
    """What a lead holds today goes in with it; raises `UserError` where there is no such lead or record."""
    from undertow.review import queries

    if _kind(name) == "record":
        queries.record(place.ask, name)
        return "record", {}
    members = queries.members(place.ask, place.lead(name)["network_id"])
    return "lead", {"records": sorted(members["record_id"].to_pylist())}


def _dossier(
    place: "Workspace", case: "Case", by: "By", output: Path | None, *, redact: bool, pdf: bool, because: str
) -> Path:
    from undertow import reporting
    from undertow.runs import replace_file

    of = reporting.Dossier(case, by, redact=redact, why=because)
    name, held = reporting.case(place, of, "pdf" if pdf else "html")
    path = output or place.root / "exports" / name
    replace_file(path, held)
    return path


def _list(every: list["Case"], *, json: bool) -> None:
    rows: list[dict[str, Any]] = [
        {"case": one.case_id, **one.about, "leads": len(one.of("lead")), "records": len(one.of("record"))}
        for one in every
    ]
    if json:
        as_json(rows)
        return
    shown = [row | {"labels": ", ".join(row["labels"])} for row in rows]
    columns = ["case", "title", "status", "marking", "assignee", "deadline", "leads", "records", "labels"]
    table(shown, columns, wide="title")
    words("`undertow serve` opens the workbench, where they are written")


def _shown(case: "Case") -> dict[str, Any]:
    return {
        name: {"who": one.who, "at": one.at, "version": one.version, **one.body} for name, one in case.parts.items()
    }

"""Commands on hash lists: what there is, what is switched on, what it hits, and what people say of the hits."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from undertow import sheets
from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, table, words
from undertow.errors import UserError

if TYPE_CHECKING:
    from undertow.review.store import Judgement
    from undertow.workspace import Workspace

Action = Literal[
    "show", "add", "measure", "enable", "disable", "expire", "retract", "hits", "confirm", "reject", "undo", "feedback"
]


def lists(
    action: Action = "show",
    name: Annotated[str, Parameter(help="the list; of confirm, reject and undo: the hit")] = "",
    files: Annotated[list[Path] | None, Parameter(help="of add: the files of one version, in their order")] = None,
    /,
    *,
    because: Annotated[str, Parameter(help="the reason, kept with the decision")] = "",
    source: Annotated[str, Parameter(help="of add: whose list it is")] = "",
    format: Annotated[str, Parameter(help="of add: how to read it, where that is not recognised")] = "",
    algorithm: Annotated[str, Parameter(help="of add: the kind of hashes, where the file names none")] = "",
    harmless: Annotated[bool, Parameter(negative=(), help="of add: known to be harmless; outweighs others")] = False,
    distance: Annotated[int | None, Parameter(help="of add, measure: bits that may differ; else 31")] = None,
    expect: Annotated[float | None, Parameter(help="of enable: hits a picture, where more are right")] = None,
    on: Annotated[str, Parameter(help="of expire: the last day (2026-12-31); without it the list never ends")] = "",
    version: Annotated[str, Parameter(help="of retract: one version; else all")] = "",
    viewed: Annotated[Literal["yes", "no"] | None, Parameter(help="of confirm, reject: was this file viewed?")] = None,
    csv_: Annotated[bool, Parameter(name="--csv", negative=(), help="of feedback: CSV instead of JSON")] = False,
    who: Annotated[str, Parameter(help="who decides; else the name of this login")] = "",
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Compare pictures with hash lists: add a list, measure it, switch it on; answer its hits. A hit is no verdict."""
    from undertow import listing

    place, by = workspace(workspace_), {"because": because, "who": who}
    _named(action, name)
    if action == "show":
        _show(place, name, json=json)
    elif action == "add":
        said = listing.Said(because, source, format, algorithm, harmless, distance, who)
        _added(listing.add(place, name, files or [], said))
    elif action == "measure":
        found = listing.measure(place, name, who=who, distance=distance)
        line(f"{found.hits:,} of {found.pictures:,} pictures hit, {found.near:,} more are near")
        line(f"at most {found.expected * 1000:.3g} hits are to be expected among 1,000 pictures")
    elif action == "enable":
        _decided(listing.enable(place, name, expect=expect, **by))
    elif action == "disable":
        _decided(listing.disable(place, name, **by))
    elif action == "expire":
        _decided(listing.expire(place, name, _day(on), **by))
    elif action == "retract":
        _decided(listing.retract(place, name, version=version, **by))
    elif action == "hits":
        _hits(place, name, json=json)
    elif action == "feedback":
        _feedback(listing.feedback(place, name), as_csv=csv_)
    else:
        seen = None if viewed is None else viewed == "yes"
        _decided(listing.answer(place, name, action, viewed=seen, **by))


def _named(action: Action, name: str) -> None:
    if not name and action not in ("show", "hits"):
        raise UserError(f"lists {action} needs a name", hint="`undertow lists show` lists them")


def _show(place: "Workspace", name: str, *, json: bool) -> None:
    from undertow import listing

    rows = [row for row in listing.overview(place) if name in ("", row["list"])]
    if json:
        as_json(rows)
        return
    columns = ["list", "state", "newest", "entries", "distance", "measured_on", "hits_measured", "near"]
    table(rows, [*columns, "confirmed", "rejected", "precision", "precision_95", "expires"])


def _added(added: Any) -> None:
    kept = ", ".join(f"{count:,} {name}" for name, count in added.kept.items())
    line(f"{added.list_id} {added.version}: {kept} (read as {', '.join(sorted(set(added.formats)))})")
    for reason, count in added.left_out.items():
        line(f"{count:,} left out: {reason}")
    words(f"it is not switched on: `undertow lists measure {added.list_id}`, then `undertow lists enable`")


def _hits(place: "Workspace", name: str, *, json: bool) -> None:
    from undertow import listing

    rows = [row for row in listing.hits(place) if name in ("", row["list_id"])]
    if json:
        as_json(rows)
        return
    columns = ["hit_id", "picture_id", "list_id", "distance", "orientation", "label", "state", "answer", "viewed"]
    table(rows, [*columns, "because"], wide="because")
    words("a hit is a lead for a person, never a verdict")


def _feedback(rows: list[dict[str, Any]], *, as_csv: bool) -> None:
    if not as_csv:
        as_json({"data": rows})
        return
    line(sheets.as_csv(list(rows[0]) if rows else ["id"], rows).rstrip("\n"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UserError(f"{text!r} is no day", hint="write it like 2026-12-31") from error


def _decided(done: "Judgement") -> None:
    line(f"{done.verb}: {done.subject} (decision {done.number}, by {done.who}: {done.because})")

"""The command that answers platforms: is a hash or picture on a list in force, and who may ask."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, table, words
from undertow.errors import UserError

if TYPE_CHECKING:
    from undertow.workspace import Workspace

Keys = Literal["list", "add", "revoke"]


def match_service(
    what: Annotated[Literal["serve", "keys"], Parameter(help="serve, or keys: who may ask")] = "serve",
    action: Annotated[Keys, Parameter(help="of keys: what to do")] = "list",
    name: Annotated[str, Parameter(help="of keys add and revoke: the caller")] = "",
    /,
    *,
    host: Annotated[str, Parameter(help="the address to answer at; others reach it through a proxy with TLS")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, Parameter(help="the port")] = 8790,
    rate: Annotated[int, Parameter(help="hashes a minute and key; a picture counts 10")] = 60_000,
    batch: Annotated[int, Parameter(help="hashes a request")] = 1000,
    size: Annotated[int, Parameter(help="bytes of a request")] = 20_000_000,
    because: Annotated[str, Parameter(help="of keys add and revoke: the reason, kept with the decision")] = "",
    who: Annotated[str, Parameter(help="who decides; else the name of this login")] = "",
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Answer callers that have a key whether a hash or picture is on a hash list in force. Nothing asked is stored."""
    place = workspace(workspace_)
    if what == "keys":
        _keys(place, action, name, {"because": because, "who": who}, json=json)
        return
    if min(rate, batch, size) < 1:
        raise UserError("a limit below 1 lets nothing in", hint="write --rate, --batch and --size above 0")
    from undertow.service import app
    from undertow.service.guard import Limits

    words(f"answers at http://{host}:{port}; what it takes is at /openapi.json; Ctrl-C ends it")
    app.serve(place, host, port, Limits(size=size, batch=batch, rate=rate))


def _keys(place: "Workspace", action: Keys, name: str, by: dict[str, str], *, json: bool) -> None:
    from undertow.review import callers

    if action == "list":
        _show(_rows(place), json=json)
    elif action == "add":
        line(callers.add(place.decisions, name, **by))
        words("this key is shown once and stored nowhere; hand it over by a safe way")
    else:
        done = callers.revoke(place.decisions, name, **by)
        line(f"{done.verb}: {done.subject} (decision {done.number}, by {done.who}: {done.because})")


def _rows(place: "Workspace") -> list[dict[str, Any]]:
    from undertow.review import callers

    rows: list[dict[str, Any]] = []
    counted = callers.counts(place.decisions)
    for one in callers.every(place.decisions).values():
        own = {(day, what): number for (caller, day, what), number in counted.items() if caller == one.name}
        total = {what: sum(n for (_, w), n in own.items() if w == what) for what in ("requests", "hashes", "pictures")}
        state, days = ("revoked" if one.revoked else "open"), [day for day, _ in own]
        row: dict[str, Any] = {"caller": one.name, "state": state, "last_day": max(days, default="")}
        rows.append(row | total | {"since": one.at, "by": one.who, "because": one.because})
    return rows


def _show(rows: list[dict[str, Any]], *, json: bool) -> None:
    if json:
        as_json(rows)
    else:
        columns = ["caller", "state", "requests", "hashes", "pictures", "last_day", "since", "by", "because"]
        table(rows, columns, wide="because")

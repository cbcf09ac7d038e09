"""Commands that watch: a folder, the list of selectors waited for, the alerts so far, and which are muted."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, table, words
from undertow.errors import UserError
from undertow.stopping import heard

if TYPE_CHECKING:
    from undertow.watching import Receiver

_FOLDER = "the folder; - reads JSON lines from standard input, to its end"


def watch(
    folder: Annotated[Path, Parameter(allow_leading_hyphen=True, help=_FOLDER)],
    /,
    *,
    alerts: Annotated[Path, Parameter(help="the file that alerts are added to, one JSON object a line")],
    every: Annotated[float, Parameter(help="seconds from one look, or one batch of lines, to the next")] = 0.25,
    once: Annotated[bool, Parameter(negative=(), help="handle what is there, then end")] = False,
    webhook: Annotated[str, Parameter(help="an address that ids and counts of each alert are posted to, signed")] = "",
    webhook_secret: Annotated[Path | None, Parameter(help="the file with the secret that signs, for you alone")] = None,
    webhook_why: Annotated[bool, Parameter(negative=(), help="post the sentence and the record ids too")] = False,
    workspace_: Where = None,
) -> None:
    """Collect what arrives in a folder, and tell once what it changes: first at a look, then after a run over all.

    SIGTERM or Ctrl-C ends it, with the exit code 0: what is in the hand is finished, a run at work is left to the next
    watch. A second one breaks off (130). No alert is lost; lines of standard input that were not read yet are.
    """
    place = workspace(workspace_)
    hook = _receiver(webhook, webhook_secret, why=webhook_why)
    from undertow.watching import Outside

    with heard() as stop:
        words(f"watching {'standard input' if str(folder) == '-' else folder}, every {every:g} s")
        outside = Outside(_tell, words, stop)
        try:
            told = place.watch(folder, alerts, every=every, once=once, webhook=hook, outside=outside)
        except KeyboardInterrupt:
            words("broken off; the next watch goes on from here")
            sys.exit(130)
    words(f"stopped after {told:,} alerts; the next watch goes on from here" if stop.wanted else f"{told:,} alerts")


def watchlist(
    selector: Annotated[str, Parameter(help="a phone, e-mail, handle, link or wallet; without it, the list")] = "",
    /,
    *,
    because: Annotated[str, Parameter(help="the reason, kept with the decision")] = "",
    undo: Annotated[bool, Parameter(negative=(), help="wait for it no more")] = False,
    kind: Annotated[str, Parameter(help="which kind is meant, where a value could be several")] = "",
    who: Annotated[str, Parameter(help="who decides; else the name of this login")] = "",
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Wait for a selector, whether or not it was ever seen: a watch tells where it turns up, in any disguise."""
    from undertow import watching

    place = workspace(workspace_)
    if not selector:
        rows = place.decisions.watch_list().to_pylist()
        as_json(rows) if json else table(rows, ["number", "kind", "value"])
        return
    done = watching.wait_for(place, selector, because=because, undo=undo, kind=kind, who=who)
    line(f"{done.verb}: {done.subject_kind} {done.subject} (decision {done.number}, by {done.who}: {done.because})")


def mute(
    alert_id: str,
    /,
    *,
    because: Annotated[str, Parameter(help="the reason, kept with the decision")],
    undo: Annotated[bool, Parameter(negative=(), help="take an earlier mute back")] = False,
    who: Annotated[str, Parameter(help="who decides; else the name of this login")] = "",
    workspace_: Where = None,
) -> None:
    """Tell no further alerts of the same kind on the same subject; they are still kept and listed as muted."""
    from undertow import watching

    done = watching.mute(workspace(workspace_), alert_id, because=because, undo=undo, who=who)
    line(f"{done.verb}: {done.subject_kind} on {done.subject} (decision {done.number}, by {done.who}: {done.because})")


def alerts(
    *,
    top: Annotated[int, Parameter(help="how many of the latest to print; 0 is all")] = 20,
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """List the alerts so far, the oldest first, those that were muted among them."""
    held = workspace(workspace_).table("alerts")
    found = held.sort_by([("at", "ascending"), ("alert_id", "ascending")]).to_pylist()
    rows = found[-top:] if top else found
    if json:
        as_json(rows)
        return
    table(rows, ["alert_id", "at", "kind", "muted", "why"], wide="why")
    if len(rows) < len(found):
        words(f"{len(found):,} alerts; the last {len(rows)} are shown (`--top 0` shows all)")


def _receiver(url: str, secret: Path | None, *, why: bool) -> "Receiver | None":
    from undertow import watching

    if url and secret:
        return watching.receiver(url, secret, why=why)
    if url or secret or why:
        raise UserError("--webhook and --webhook-secret go together", hint="an address is posted signed alerts only")
    return None


def _tell(alert: Mapping[str, Any]) -> None:
    line(f"{alert['at']:%Y-%m-%d %H:%M:%S}  {alert['alert_id']}  {alert['why']}", now=True)

"""Commands that learn from people: what to judge next, new weights from judgements, and which weights there are."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, progress, table, words

if TYPE_CHECKING:
    from undertow.learning import Learned

_SHOWN = 10


def next_(*, json: Json = False, workspace_: Where = None) -> None:
    """Name the lead whose answer would teach most, and why. A lead that was judged is never named again."""
    found = workspace(workspace_).next()
    if json:
        as_json(found)
        return
    if found is None:
        words("no lead is left to judge; `undertow run` makes leads from what was collected")
        return
    line(f"{found.lead_id}  score {found.score}")
    line(found.why)
    words(f"`undertow lead {found.lead_id}` shows it; `undertow judge {found.lead_id} confirm` or `reject` answers")


def learn(
    *,
    from_: Annotated[Literal["decisions"], Parameter(name="--from", help="learn from what people judged here")] = (
        "decisions"
    ),
    truth: Annotated[
        Path | None, Parameter(help="learn from a truth instead: a made-up world's folder, or a CSV of labels")
    ] = None,
    anyway: Annotated[
        bool, Parameter(negative=(), help="write the new version though it is not better on held-out leads")
    ] = False,
    dry_run: Annotated[bool, Parameter(negative=(), help="say what would change; write nothing")] = False,
    top: Annotated[int, Parameter(help="how many leads to print; 0 is all")] = _SHOWN,
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Refit the weights to judged leads, try them on held-out ones, and keep them as a new version where they win."""
    del from_  # the only source beside a truth; it stands in the command so that nobody wonders
    place = workspace(workspace_)
    with progress() as emit:
        found = place.learn(truth or "", anyway=anyway, dry_run=dry_run, emit=emit)
    if json:
        as_json(found)
        return
    _show(found, top)
    _end(found, dry_run=dry_run)


def weights(*, json: Json = False, workspace_: Where = None) -> None:
    """List every version of the weights, what each was learned from, and which the next run uses."""
    found = workspace(workspace_).weights()
    rows = [
        {"version": one.name, "used": one.used, "file": str(one.path), **{key: one.learned.get(key) for key in _TOLD}}
        for one in found
    ]
    if json:
        as_json(rows)
        return
    table(rows, ["used", "version", *_TOLD, "file"], wide="file")
    words('choose one by `weights` under [assess] in workspace.toml; "published" is the one that ships')


_TOLD = ("from", "judged", "confirmed", "better")


def _show(found: "Learned", top: int) -> None:
    line(f"Learned from {found.source}: {found.judged} judged leads, {found.confirmed} of them confirmed.")
    for why, count in found.left_out.items():
        line(f"Left out: {count} judged, {why}.")
    if found.points:
        table(found.points, ["indicator", "published", "learned", "judged_leads"])
    table(found.bands, ["band", "published", "learned"])
    figures = found.figures
    rows = [
        {"weights": name, "log loss (less is better)": f"{loss:.4f}", "average precision": precision}
        for name, loss, precision in (
            (found.base, figures.published_log_loss, f"{figures.published_average_precision:.4f}"),
            ("learned", figures.learned_log_loss, f"{figures.learned_average_precision:.4f}"),
            ("none: the share of confirmed leads, for each", figures.share_log_loss, ""),
        )
    ]
    line("On leads that were held out:")
    table(rows, list(rows[0]))
    line(f"The learned lose {figures.gain:.4f} less (standard error {figures.error:.4f}).")
    _some(f"Leads that move, of {len(found.moved)}, against the weights {found.before}", found.moved, _MOVED, top)
    _some("Leads that are no more", found.dropped, _RANKED, 0)
    _some("New leads", found.added, _RANKED, 0)


_MOVED = ["lead_id", "rank_before", "rank", "score_before", "score", "band_before", "band"]
_RANKED = ["lead_id", "rank", "score", "band"]


def _some(title: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], top: int) -> None:
    if rows:
        line(f"{title}:")
        table(rows[:top] if top else rows, columns)


def _end(found: "Learned", *, dry_run: bool) -> None:
    if found.version:
        line(f"Written: {found.path}, version {found.version}.")
        if found.used:
            words('the next `undertow run` uses it; `weights = "published"` under [assess] goes back')
        else:
            words("workspace.toml names other weights: empty `weights` under [assess] to use this version")
    elif dry_run:
        words(f"they would {'' if found.figures.better else 'not '}be taken over; nothing was written, as asked")
    else:
        words("the learned weights are not better beyond doubt: nothing was written (`--anyway` writes them)")

"""The command that measures what every stage found against a truth."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, progress, table, words

if TYPE_CHECKING:
    from undertow.evaluate.contract import Evaluation
    from undertow.evaluate.keeping import Moved


def evaluate(
    *,
    truth: Annotated[Path, Parameter(help="the folder truth/ of a made-up world, or a CSV of your own labels")],
    html: Annotated[Path | None, Parameter(help="write a page with plots, in one file that loads nothing")] = None,
    against: Annotated[str, Parameter(help="an earlier evaluation, by its run or its file: name what moved")] = "",
    all_: Annotated[
        bool, Parameter(name="--all", negative=(), help="print every figure, not only the main ones")
    ] = False,
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Measure what every stage found against a truth. Each evaluation is kept in runs/."""
    from undertow import evaluating

    place = workspace(workspace_)
    with progress() as emit:
        made = place.evaluate(truth, emit=emit)
    before, moved = evaluating.against(place, made, against) if against else (None, ())
    if html:
        evaluating.write_page(html, made, before, moved)
    if json:
        as_json(_document(made, before, moved))
    else:
        _show(made, before, moved, every=all_)
    if html:
        words(f"the page is {html}")


def _document(made: "Evaluation", before: "Evaluation | None", moved: "Sequence[Moved]") -> dict[str, Any]:
    from undertow.evaluate.keeping import as_dict

    compared = {"against": before.about, "moved": list(moved)} if before else {}
    return as_dict(made) | compared


def _show(made: "Evaluation", before: "Evaluation | None", moved: "Sequence[Moved]", *, every: bool) -> None:
    from undertow.evaluate.telling import about, coverage, main, row

    for sentence in (*about(made.about), *coverage(made.coverage)):
        line(sentence)
    shown = [one for one in made.figures if every or main(one)]
    table([row(one) for one in shown], ["name", "group", "value", "interval", "n", "note"], wide="note")
    if len(shown) < len(made.figures):
        words(f"{len(made.figures)} figures; the {len(shown)} main ones are shown (`--all` shows all)")
    for left in made.left_out:
        line(f"not made: {left.measure} ({left.why})")
    if before:
        _show_moved(made, before, moved)


def _show_moved(made: "Evaluation", before: "Evaluation", moved: "Sequence[Moved]") -> None:
    from undertow.evaluate.telling import number

    if before.about.truth != made.about.truth:
        line("Beware: the two were measured against different truths.")
    beyond = sum(one.beyond for one in moved)
    line(f"Against {before.about.run}: {len(moved)} figures differ, {beyond} of them beyond chance")
    rows = [
        {
            "name": one.name,
            "group": one.group,
            "before": number(one.before),
            "after": number(one.after),
            "verdict": one.verdict,
            "beyond chance": "yes" if one.beyond else "no",
            "note": one.note,
        }
        for one in moved
    ]
    if rows:
        table(rows, ["name", "group", "before", "after", "verdict", "beyond chance", "note"], wide="note")

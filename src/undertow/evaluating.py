"""The door to evaluate: holds a workspace against a truth, keeps the figures, and finds those that were kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from undertow.assess import versions, weights
from undertow.evaluate import keeping, run
from undertow.evaluate.contract import Evaluation
from undertow.evaluate.keeping import Moved
from undertow.events import Emit
from undertow.runs import replace_file

if TYPE_CHECKING:
    from undertow.workspace import Workspace

FOLDER = "runs"


def evaluate(workspace: "Workspace", truth: Path, emit: Emit) -> Evaluation:
    """One evaluation, which is kept beside the run that it measured."""
    rules = weights.load(versions.chosen(workspace.root, workspace.settings.assess.weights))
    made = run.evaluate(workspace.catalogue, truth, top_band=rules.bands[0][1], emit=emit)
    keeping.keep(workspace.root / FOLDER, made)
    return made


def against(workspace: "Workspace", made: Evaluation, named: str) -> tuple[Evaluation, Sequence[Moved]]:
    """An earlier evaluation, of a run or in a file, and what moved since; raises `UserError` where there is none."""
    before = keeping.find(workspace.root / FOLDER, named, made.about.truth)
    return before, list(keeping.moved(before, made))


def write_page(path: Path, made: Evaluation, before: Evaluation | None, moved: Sequence[Moved]) -> None:
    """Writes the page of an evaluation."""
    from undertow.evaluate import page

    replace_file(path, page.render(made, before, moved).encode("utf-8"))

"""The figures of the held-out family beside what is aimed at, and what careful criminals do to each."""

import tempfile
import tomllib
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from undertow.evaluate.contract import Evaluation
from undertow.simulate import Options, simulate
from undertow.workspace import Workspace

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "evaluated.md"
FLOORS = tomllib.loads((ROOT / "benchmarks" / "floors.toml").read_text("utf-8"))["large"]
CAREFUL = (None, 0.1, 0.8)  # None: as the family has it, 0.4
BESIDE = (  # figures that have no floor, and explain those that have one
    ("brokers.shown", ""),
    ("brokers.recall_shown", "k=2x"),
    ("templates.pairwise_precision", ""),
    ("templates.pairwise_recall", ""),
    ("templates.bcubed_f1", ""),
    ("templates.most_held", ""),
    ("networks.most_held", ""),
    ("leads.precision", "k=10"),
    ("leads.precision", "k=100"),
    ("leads.random_lead", ""),
    ("leads.recall", "holds=one"),
    ("leads.recall", "holds=half"),
    ("workload.records_per_true_lead", "k=50"),
    ("false_alarms.top_band", ""),
    ("false_alarms.language_ratio", "alarm=top_band"),
    ("false_alarms.language_ratio", "alarm=any_band"),
)
BY_SORT = ("templates.pairwise_precision", "templates.pairwise_recall", "networks.pairwise_precision")


def command(arguments: Sequence[str]) -> None:
    """`held_out [--posts N] [--write]`: prints the table; `--write` puts it in the docs."""
    parser = ArgumentParser("python -m benchmarks held_out")
    parser.add_argument("--posts", type=int, default=FLOORS["posts"])
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args(arguments)
    table = report(said.posts)
    print(table)
    if said.write:
        text = Path(__file__).with_suffix(".md").read_text("utf-8")
        PAGE.write_text(
            text.format(table=table, family=FLOORS["family"], seed=FLOORS["seed"], posts=said.posts), "utf-8"
        )


def report(posts: int) -> str:
    """One row a figure, one column a world."""
    made = [_evaluated(posts, careful) for careful in CAREFUL]
    head = "| figure | aim | usual care | care 0.1 | care 0.8 |\n|---|---|---|---|---|"
    asked = [(floor["figure"], floor.get("group", ""), _aim(floor)) for floor in FLOORS["floor"]]
    sorts = sorted({one.group for one in made[0].figures if one.name in BY_SORT and one.group.startswith("sort=")})
    beside = (*BESIDE, *((name, sort) for name in BY_SORT for sort in sorts))
    rows = [_row(*one, made) for one in (*asked, *((name, group, "") for name, group in beside))]
    return "\n".join([head, *rows])


def _aim(floor: dict[str, float]) -> str:
    return f"at least {floor['least']}" if "least" in floor else f"at most {floor['most']}"


def _row(name: str, group: str, aim: str, made: Sequence[Evaluation]) -> str:
    figures = (one.figure(name, group) for one in made)
    cells = ("–" if one.value is None else f"{one.value:.3f}{_interval(one.low, one.high)}" for one in figures)
    return f"| {name} {group}".rstrip() + f" | {aim} | " + " | ".join(cells) + " |"


def _interval(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" ({low:.3f} to {high:.3f})"


def _evaluated(posts: int, careful: float | None) -> Evaluation:
    with tempfile.TemporaryDirectory(prefix="undertow-held-out-") as scratch:
        folder = Path(scratch)
        simulate(folder / "world", Options(posts, FLOORS["seed"], FLOORS["family"], careful))
        workspace = Workspace.start(folder / "workspace")
        workspace.collect([folder / "world" / "files"])
        workspace.run()
        return workspace.evaluate(folder / "world" / "truth")

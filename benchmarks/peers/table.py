"""One table in Markdown of Undertow and its peers on one made-up world, and the command that prints and keeps it."""

import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.peers import judging, ours, running
from benchmarks.peers.contract import Answer
from benchmarks.peers.judging import Figures
from undertow.evaluate.reading import Tables
from undertow.simulate import Options, simulate
from undertow.workspace import Workspace

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "peers-measured.md"
HELD_OUT = "ridge"
_HELD_OUT = (
    f"The family `{HELD_OUT}` is held out: no rule, weight or threshold of Undertow, and none of the peers',\n"
    "was tuned on it."
)
_TUNED = "The family `{family}` is not held out: Undertow was tuned on it."
_HEAD = (
    "| {posts:,} posts | network P | R | F1 | template F1 | phone P | R | CPU s | ours, same part | times ours |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


def command(arguments: Sequence[str]) -> None:
    """`peers [--posts N] [--family NAME] [--seed S] [--write]`: prints the table; `--write` puts it in the docs."""
    parser = ArgumentParser("python -m benchmarks peers")
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--family", default=HELD_OUT)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args(arguments)
    options = Options(said.posts, said.seed, said.family)
    table = report(options)
    print(table)
    if said.write:
        PAGE.write_text(page(table, options), "utf-8")


def report(options: Options) -> str:
    """Makes the world, runs all on it, and gives the table."""
    with tempfile.TemporaryDirectory(prefix="undertow-peers-") as scratch:
        folder = Path(scratch)
        ours.warm(folder / "warm")
        list(running.answers(["Room to let, call 360-555-0172 today.", "Room to let, call 360-555-0172 tomorrow."]))
        simulate(folder / "world", options)
        workspace = ours.collected(folder / "workspace", folder / "world" / "files")
        seconds = ours.seconds(workspace)
        return "\n".join([_HEAD.format(posts=options.posts), *_rows(folder, workspace, seconds)])


def _rows(folder: Path, workspace: Workspace, seconds: Mapping[str, float]) -> Iterator[str]:
    held = Tables(workspace.catalogue.files)
    known = judging.truth(folder / "world" / "truth", held)
    posts = workspace.table("posts").select(["post_id", "text"]).sort_by("post_id")
    names = posts["post_id"].to_pylist()
    own = Answer("Undertow: " + ", ".join(seconds), sum(seconds.values()), tuple(seconds))
    yield row(own, judging.figures(known, held), seconds)
    for number, answer in enumerate(running.answers(posts["text"].to_pylist())):
        tables = judging.written(folder / f"peer{number}", answer, names)
        yield row(answer, judging.figures(known, tables), seconds)


def row(answer: Answer, figures: Figures, seconds: Mapping[str, float]) -> str:
    """One line of the table; a dash where nothing is said or nothing was counted."""
    cells = [answer.name]
    for name in judging.WANTED:
        value = figures.get(name)
        cells.append("–" if value is None else f"{value:.3f}")
    same = sum(seconds[stage] for stage in answer.stages)
    cells += [f"{answer.seconds:.2f}", f"{same:.2f}", f"{answer.seconds / same:.1f}"] if same else ["–"] * 3
    return "| " + " | ".join(cells) + " |"


def page(table: str, options: Options) -> str:
    """The page of the docs with this table."""
    text = Path(__file__).with_name("page.md").read_text("utf-8")
    tuned = _HELD_OUT if options.family == HELD_OUT else _TUNED.format(family=options.family)
    return text.format(table=table, tuned=tuned, posts=options.posts, family=options.family, seed=options.seed)

"""What a made-up world costs: CPU seconds, peak memory, and how much longer it takes than csv takes to write its posts.

The baseline has every text at hand and only writes it, so the ratio says how much thinking up a world costs beside
putting one down. The starting of processes is in it; memory is the sum over them, what they share counted for each.
"""

import csv
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.usage import Usage
from undertow.simulate import Options, simulate
from undertow.workspace import Workspace

POSTS = 50_000
COLUMNS = ["site", "account", "url", "title", "text", "place_text"]


def report() -> str:
    """A table in Markdown, a row a family on which rules are tuned."""
    lines = [
        f"| {POSTS:,} posts of | CPU s | posts a CPU s | peak MB | csv: CPU s | times as long |",
        "|---|---|---|---|---|---|",
        *(_measured(family, POSTS) for family in ("harbour", "delta", "mesa")),
    ]
    return "\n".join(lines)


def _measured(family: str, posts: int) -> str:
    with TemporaryDirectory() as folder:
        made = Path(folder) / "world"
        with Usage() as ours:
            simulate(made, Options(posts, 7, family, pictures=0))
        rows = _rows(made / "files", Path(folder) / "workspace")
        with Usage() as theirs:
            written(rows, Path(folder) / "posts.csv")
    return (
        f"| {family} | {ours.seconds:.1f} | {posts / ours.seconds:,.0f} | {ours.peak / 1e6:,.0f} "
        f"| {theirs.seconds:.2f} | {ours.seconds / max(theirs.seconds, 0.01):.0f} |"
    )


def _rows(files: Path, folder: Path) -> list[tuple[str, ...]]:
    workspace = Workspace.start(folder)
    workspace.collect([files])
    table = workspace.table("posts").select(COLUMNS)
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def written(rows: list[tuple[str, ...]], path: Path) -> str:
    """The baseline: the rows in one file, and its sha256."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return sha256(path.read_bytes()).hexdigest()

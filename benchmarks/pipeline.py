"""The whole pipeline at growing sizes: rows a second and peak memory of every stage, growth, and a baseline; then more.

*More* is to collect another 10,000 posts and to run again, and its share of the whole before it.

The baseline is DuckDB turning the same CSV into Parquet in the same run: what merely reading and writing costs. Each
size runs in a process of its own, so that peak memory is its own.
"""

import json
import math
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import duckdb

from benchmarks import world
from benchmarks.usage import Usage
from undertow.events import silent
from undertow.workspace import STAGES, Workspace

SIZES = (10_000, 100_000, 1_000_000)
MORE = 10_000


def measure(count: int) -> dict[str, float]:
    """Seconds of every stage for `count` posts, peak memory in MB, and the baseline's seconds."""
    folder = Path(tempfile.mkdtemp(prefix="undertow-bench-"))
    try:
        world.write_csv(folder / "posts.csv", count)
        found: dict[str, float] = {"posts": count, "baseline": _baseline(folder)}
        workspace = Workspace.start(folder / "workspace", country="US")
        with Usage() as used:
            began = time.perf_counter()
            workspace.collect([folder / "posts.csv"], emit=silent)
            found["collect"] = time.perf_counter() - began
            done = workspace.run()
        found |= done.seconds
        found["total"] = found["collect"] + sum(done.seconds.values())
        found["peak_mb"] = used.peak / 1e6
        found["more"] = _more(workspace, folder)
        return found | {name: done.rows[name] for name in ("mentions", "templates", "networks", "leads")}
    finally:
        shutil.rmtree(folder)


def _more(workspace: Workspace, folder: Path) -> float:
    world.write_csv(folder / "more.csv", MORE, seed=2)
    began = time.perf_counter()
    workspace.collect([folder / "more.csv"], emit=silent)
    workspace.run()
    return time.perf_counter() - began


def _baseline(folder: Path) -> float:
    began = time.perf_counter()
    duckdb.sql(f"COPY (SELECT * FROM '{folder}/posts.csv') TO '{folder}/baseline.parquet' (COMPRESSION zstd)")
    return time.perf_counter() - began


def report(sizes: tuple[int, ...] = SIZES) -> str:
    """A Markdown table of all sizes, with the growth from each size to the next."""
    found = [json.loads(_apart(count)) for count in sizes]
    columns = ("collect", *STAGES, "total")
    lines = [
        "| posts | " + " | ".join(f"{name} s" for name in columns) + " | posts/s | peak MB | times the baseline "
        "| more s | share |"
    ]
    lines.append("|" + "---|" * (len(columns) + 6))
    for one in found:
        cells = [f"{one['posts']:,.0f}", *(f"{one[name]:.1f}" for name in columns)]
        cells += [
            f"{one['posts'] / one['total']:,.0f}",
            f"{one['peak_mb']:,.0f}",
            f"{one['total'] / one['baseline']:.1f}",
            f"{one['more']:.1f}",
            f"{one['more'] / one['total']:.1%}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    for less, more in pairwise(found):
        linear = more["posts"] / less["posts"]
        growth = more["total"] / less["total"] / linear
        exponent = math.log(more["total"] / less["total"]) / math.log(linear)
        lines.append(
            f"\n{less['posts']:,.0f} to {more['posts']:,.0f}: {growth:.2f} times linear (exponent {exponent:.2f})"
        )
    return "\n".join(lines)


def _apart(count: int) -> str:
    command = [sys.executable, "-m", "benchmarks.pipeline", str(count)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))

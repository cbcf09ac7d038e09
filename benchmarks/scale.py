"""What a run costs at growing sizes on each engine, and what larger ones would: measured, then drawn from that.

`python -m benchmarks scale --engine duckdb --posts 100000` measures a size and keeps it in `scale.json` beside this
file; without options it only writes docs/reference/scale-measured.md and its picture from what is kept.
"""

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks import world
from benchmarks.usage import Usage
from undertow.events import Event
from undertow.workspace import STAGES, Workspace

HERE = Path(__file__).parent
KEPT = HERE / "scale.json"
PAGE = HERE.parent / "docs" / "reference" / "scale-measured.md"
PICTURE = PAGE.with_name("scale.svg")
AHEAD = (10_000_000, 100_000_000, 1_000_000_000, 100_000_000_000)
COST = 0.05  # US dollars for a core and an hour: an assumption, to be replaced by what you pay
DAY = 86_400
PARTS = ("collect", *STAGES)

Measured = Mapping[str, Any]


def command(arguments: list[str]) -> None:
    """Measures the sizes that are named, each in a process of its own, and writes the page."""
    parser = argparse.ArgumentParser(prog="scale", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument("--posts", type=int, nargs="*", default=[])
    said = parser.parse_args(arguments)
    kept = json.loads(KEPT.read_bytes()) if KEPT.exists() else []
    for posts in said.posts:
        kept = [one for one in kept if (one["engine"], one["posts"]) != (said.engine, posts)]
        kept.append(_apart(said.engine, posts))
        kept.sort(key=lambda one: (one["engine"], one["posts"]))
        KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(kept), "utf-8")
    PICTURE.write_text(picture(kept), "utf-8")


def measure(engine: str, posts: int) -> dict[str, Any]:
    """Seconds and CPU seconds of every stage, peak memory, and the bytes on the disk and through the shuffle."""
    folder = Path(tempfile.mkdtemp(prefix="undertow-scale-"))
    try:
        world.write_csv(folder / "posts.csv", posts)
        place = Workspace.start(folder / "workspace", country="US")
        with Usage() as used:
            place.collect([folder / "posts.csv"])
        spent = {"collect": used.seconds}
        peak = used.peak
        with Usage() as used:
            marks: list[tuple[str, float]] = []

            def mark(event: Event) -> None:
                if event.message == "begins":
                    marks.append((event.stage, used.seconds))

            done = place.run(engine=engine, emit=mark)  # type: ignore[arg-type]  # one of two names
        marks.append(("end", used.seconds))
        spent |= {name: later - now for (name, now), (_, later) in pairwise(marks)}
        facts = json.loads((place.root / "runs" / f"{done.run}.json").read_bytes())
        disk = sum(path.stat().st_size for path in (place.root / "tables").rglob("*.parquet"))
        return {
            "engine": engine,
            "posts": posts,
            "seconds": {name: round(one, 1) for name, one in done.seconds.items()},
            "cpu": {name: round(one, 1) for name, one in spent.items()},
            "peak": max(peak, used.peak),
            "disk": disk,
            "shuffled": facts.get("spark", {}).get("shuffled_mb", 0),
            "spilled": facts.get("spark", {}).get("spilled_mb", 0),
        }
    finally:
        shutil.rmtree(folder)


def _apart(engine: str, posts: int) -> dict[str, Any]:
    line = [sys.executable, "-m", "benchmarks.scale", engine, str(posts)]
    found: dict[str, Any] = json.loads(
        subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()[-1]
    )
    print(found, flush=True)
    return found


def law(found: Sequence[Measured], of: Callable[[Measured], float]) -> tuple[float, float]:
    """(factor, exponent) of a power law through the two largest sizes; an exponent below 1 counts as 1.

    What is small at small sizes is start-up: a line through the smallest would promise too much.
    """
    less, more = found[-2:] if len(found) > 1 else (found[-1], found[-1])
    slope = 1.0
    if less["posts"] != more["posts"] and min(of(less), of(more)) > 0:
        slope = max(1.0, math.log(of(more) / of(less)) / math.log(more["posts"] / less["posts"]))
    return of(more) / more["posts"] ** slope, slope


def _cpu(name: str) -> Callable[[Measured], float]:
    return lambda one: float(one["cpu"].get(name, 0))


def predicted(found: Sequence[Measured], posts: int) -> float:
    """CPU seconds of all stages at a size, each stage by its own law."""
    total = 0.0
    for name in PARTS:
        factor, slope = law(found, _cpu(name))
        total += factor * posts**slope
    return total


def page(kept: Sequence[Measured]) -> str:
    """The page, in Markdown."""
    parts = [
        "# Cost at scale, measured\n\nMade by `python -m benchmarks scale`; do not edit. Made-up posts of about 80 "
        "words on 2 cores: cost, not truth.\n"
    ]
    for engine in sorted({one["engine"] for one in kept}):
        found = [one for one in kept if one["engine"] == engine]
        parts += [f"\n## {engine}\n", _measured(found), _ahead(found)]
    parts.append("\n![Measured and predicted CPU seconds, on logarithmic axes](scale.svg)\n")
    return "\n".join(parts)


def _measured(found: Sequence[Measured]) -> str:
    heads = ["posts", *(f"{name} CPU s" for name in PARTS), "all", "predicted from smaller", "peak GB",
             "disk bytes/post", "shuffled MB", "spilled MB"]  # fmt: skip
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for number, one in enumerate(found):
        before = f"{predicted(found[:number], one['posts']):,.0f}" if number > 1 else ""
        cells = [
            f"{one['posts']:,}",
            *(f"{_cpu(name)(one):,.1f}" for name in PARTS),
            f"{sum(one['cpu'].values()):,.0f}",
        ]
        cells += [before, f"{one['peak'] / 1e9:.1f}", f"{one['disk'] / one['posts']:,.0f}"]
        cells += [f"{one['shuffled']:,}", f"{one['spilled']:,}"]
        lines.append("| " + " | ".join(cells) + " |")
    exponents = ", ".join(f"{name} {law(found, _cpu(name))[1]:.2f}" for name in PARTS)
    return "\n".join(
        [*lines, f"\nExponents of growth between the two largest sizes (below 1 counts as 1): {exponents}.\n"]
    )


def _ahead(found: Sequence[Measured]) -> str:
    """What larger sizes would take if every stage, memory and disk went on as they grew between the largest sizes."""
    heads = (
        "posts",
        "CPU hours",
        "cores for one day",
        f"US dollars at {COST} a core and hour",
        "peak GB as it is",
        "disk GB",
    )
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for posts in AHEAD:
        spent = predicted(found, posts)
        cells = (f"{posts:,}", f"{spent / 3600:,.1f}", f"{math.ceil(spent / DAY):,}", f"{spent / 3600 * COST:,.2f}")
        room = [f"{_line(found, name, posts) / 1e9:,.0f}" for name in ("peak", "disk")]
        lines.append("| " + " | ".join((*cells, *room)) + " |")
    return "\n".join(lines) + "\n"


def _line(found: Sequence[Measured], name: str, posts: int) -> float:
    """A figure at a size, on the straight line through the two largest sizes."""
    less, more = found[-2:] if len(found) > 1 else (found[-1], found[-1])
    slope = (more[name] - less[name]) / max(1, more["posts"] - less["posts"])
    return float(more[name] + slope * (posts - more["posts"]))


def picture(kept: Sequence[Measured]) -> str:
    """An SVG of CPU seconds over posts: dots measured, a line predicted from the two largest sizes."""
    width, height, edge = 640, 400, 60
    xs, ys = (4.0, 11.0), (0.0, 9.0)  # powers of ten

    def at(posts: float, seconds: float) -> tuple[float, float]:
        x = edge + (math.log10(posts) - xs[0]) / (xs[1] - xs[0]) * (width - 2 * edge)
        return round(x, 1), round(
            height - edge - (math.log10(seconds) - ys[0]) / (ys[1] - ys[0]) * (height - 2 * edge), 1
        )

    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    parts = [f'{head} font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#ffffff"/>']
    for power in range(int(xs[0]), int(xs[1]) + 1):
        x, y = at(10**power, 1)
        parts.append(f'<path d="M{x} {y}V{edge}" stroke="#dddddd"/><text x="{x - 12}" y="{y + 18}">1e{power}</text>')
    for power in range(int(ys[0]), int(ys[1]) + 1, 3):
        x, y = at(10 ** xs[0], 10**power)
        parts.append(
            f'<path d="M{x} {y}H{width - edge}" stroke="#dddddd"/><text x="{x - 34}" y="{y + 4}">1e{power}</text>'
        )
    parts.append(f'<text x="{width / 2 - 20}" y="{height - 16}">posts</text><text x="8" y="40">CPU seconds</text>')
    for number, engine in enumerate(sorted({one["engine"] for one in kept})):
        found = [one for one in kept if one["engine"] == engine]
        colour, dashes = (("#1b5e83", ""), ("#9a3b00", "6 4"))[number % 2]
        line = " ".join(f"{x},{y}" for x, y in (at(10**p, predicted(found, 10**p)) for p in (5, 6, 7, 8, 9, 10, 11)))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-dasharray="{dashes}"/>')
        for one in found:
            x, y = at(one["posts"], sum(one["cpu"].values()))
            parts.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>')
        words = f"{engine}: dots measured, line predicted"
        parts.append(f'<text x="{edge + 20}" y="{edge + 18 * (number + 1)}" fill="{colour}">{words}</text>')
    return "\n".join([*parts, "</svg>\n"])


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))

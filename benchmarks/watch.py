"""From a file's appearance in a watched folder to its alert: median and p99, at a number of stored posts and a rate.

`python -m benchmarks watch --stored 20000 --rates 10 100 1000 --seconds 60` measures and keeps what it found in
`watch.json` beside this file; without options it only writes docs/reference/watch-measured.md from what is kept.

The posts are a made-up world of the family `harbour` in the order of their times: the first are stored and run, the
later ones arrive, two files a second. Each file also holds one post with a number that is waited for, in disguise: its
alert is the one that is timed. Alerts about known networks come beside it, as the world has them. A poller that looks
at the file of alerts every 5 ms sees when a line stands there.
"""

import argparse
import csv
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.usage import Usage
from undertow import Workspace, watching
from undertow.simulate import Options, simulate

HERE = Path(__file__).parent
KEPT = HERE / "watch.json"
PAGE = HERE.parent / "docs" / "reference" / "watch-measured.md"
FILES = 2  # a second
HEADER = ("site", "account", "url", "posted_at", "title", "text", "place", "price")
NUMBER, DISGUISED = "+1 202 555 0123", "two zero two 555 01 23"
# what is started in the background of a shell would not hear Ctrl-C
MAIN = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from undertow.cli.app import main; main()"
)

Row = tuple[str, ...]
Measured = Mapping[str, Any]


def command(arguments: list[str]) -> None:
    """Measures the rates that are named, one after the other in one workspace, and writes the page."""
    parser = argparse.ArgumentParser(prog="watch", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stored", type=int, default=0)
    parser.add_argument("--rates", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--seconds", type=int, default=60)
    said = parser.parse_args(arguments)
    kept = json.loads(KEPT.read_bytes()) if KEPT.exists() else []
    if said.stored:
        for one in measure(said.stored, said.rates, said.seconds):
            print(one, flush=True)
            kept = [held for held in kept if (held["stored"], held["rate"]) != (one["stored"], one["rate"])]
            kept = sorted([*kept, one], key=lambda held: (held["stored"], held["rate"]))
            KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(kept), "utf-8")


def measure(stored: int, rates: Sequence[int], seconds: int) -> Iterator[dict[str, Any]]:
    """One row a rate, the lowest first."""
    with tempfile.TemporaryDirectory(prefix="undertow-watch-") as name:
        folder = Path(name)
        posts = _posts(folder, stored + sum(rates) * seconds)
        place = Workspace.start(folder / "workspace", country="US")
        _write(folder / "stored.csv", posts[:stored])
        place.collect([folder / "stored.csv"])
        done = place.run()
        watching.wait_for(place, NUMBER, because="measured")
        (folder / "in").mkdir()
        first = stored
        for rate in sorted(rates):
            files = _cut(posts[first : first + rate * seconds], rate // FILES)
            first += rate * seconds
            with Usage() as used:
                took, alerts = _watched(place, folder, files)
            about = {"stored": stored, "rate": rate, "files": len(files), "alerts": alerts, "seconds": took}
            about |= {"cpu": round(used.seconds, 1), "peak": used.peak, "load": round(os.getloadavg()[0], 1)}
            yield about | {"run": round(sum(done.seconds.values()), 1)}
            place.watch(folder / "in", folder / "alerts.jsonl", every=0.1, once=True)  # what is left


def _posts(folder: Path, count: int) -> list[Row]:
    """The posts of a made-up world, oldest first."""
    simulate(folder / "world", Options(count + count // 20, 7, "harbour", None, 0))
    place = Workspace.start(folder / "read", country="US")
    place.collect([folder / "world" / "files"])
    sql = "SELECT site, account, url, posted_at, title, text, place_text, price_text, post_id FROM posts"
    rows = place.ask(f"{sql} WHERE site <> 'whatsapp.com'").to_pylist()
    rows.sort(key=lambda row: (str(row["posted_at"] or ""), row["post_id"]))
    return [tuple(str(value or "") for name, value in row.items() if name != "post_id") for row in rows]


def _write(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows)


def _cut(posts: Sequence[Row], size: int) -> list[Sequence[Row]]:
    return [posts[at : at + size] for at in range(0, len(posts), size)]


def _watched(place: Workspace, folder: Path, files: Sequence[Sequence[Row]]) -> tuple[list[float], int]:
    """Seconds from the appearance of each file to the alert about its number; and how many alerts there were."""
    alerts, inbox = folder / "alerts.jsonl", folder / "in"
    command = [sys.executable, "-c", MAIN, "watch", str(inbox), "--alerts", str(alerts), "-w", str(place.root)]
    with _polled(alerts) as lines, _process(command):
        _put(inbox, f"warm-{len(files)}-{files[0][0][2][-9:].replace('/', '')}", files[0][:1])
        while not lines:
            time.sleep(0.1)
        before, put = len(lines), {}
        began = time.monotonic()
        for number, rows in enumerate(files):
            time.sleep(max(0.0, began + number / FILES - time.monotonic()))
            name = f"posts-{len(rows)}-{number}"
            put[name] = _put(inbox, name, rows)
        until = time.monotonic() + 120
        while len(_seen(place, lines[before:])) < len(files) and time.monotonic() < until:
            time.sleep(1)
    seen = _seen(place, lines[before:])
    return [round(seen[name] - at, 3) for name, at in put.items() if name in seen], len(lines) - before


def _put(inbox: Path, name: str, rows: Sequence[Row]) -> float:
    """A file that appears whole, with a watched number in its last post."""
    watched = ("wanted.example", name, "", "", "", f"Call {DISGUISED} about {name}", "", "")
    _write(inbox / f".{name}", [*rows, watched])
    at = time.monotonic()
    (inbox / f".{name}").rename(inbox / f"{name}.csv")
    return at


def _seen(place: Workspace, lines: Sequence[tuple[float, dict[str, Any]]]) -> dict[str, float]:
    """When each file's watched number was told, by the file's name."""
    sql = "SELECT post_id, account FROM posts WHERE site = 'wanted.example'"
    names = {row["post_id"]: row["account"] for row in place.ask(sql).to_pylist()}
    told = [(names[one], at) for at, line in lines if line["kind"] == "watched_selector" for one in line["records"]]
    return dict(reversed(told))


@contextmanager
def _polled(alerts: Path) -> Iterator[list[tuple[float, dict[str, Any]]]]:
    """The lines that are added to a file meanwhile, with the time at which each was seen."""
    lines: list[tuple[float, dict[str, Any]]] = []
    over, place = threading.Event(), alerts.stat().st_size if alerts.exists() else 0

    def poll() -> None:
        nonlocal place
        while not over.wait(0.005):
            if alerts.exists() and alerts.stat().st_size > place:
                with alerts.open("rb") as file:
                    file.seek(place)
                    *whole, _ = file.read().split(b"\n")
                at = time.monotonic()
                place += sum(len(line) + 1 for line in whole)
                lines.extend((at, json.loads(line)) for line in whole)

    thread = threading.Thread(target=poll, daemon=True)
    thread.start()
    try:
        yield lines
    finally:
        over.set()
        thread.join()


@contextmanager
def _process(command: Sequence[str]) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def page(kept: Sequence[Measured]) -> str:
    """The page, in Markdown."""
    heads = ("stored posts", "posts a second", "files", "median s", "p99 s", "slowest s", "not told", "alerts",
             "CPU s", "peak GB", "load after", "a whole run took s")  # fmt: skip
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for one in kept:
        took = sorted(one["seconds"])
        figures = (_share(took, 0.5), _share(took, 0.99), took[-1] if took else math.nan)
        cells = [f"{one[name]:,}" for name in ("stored", "rate", "files")] + [f"{figure:.2f}" for figure in figures]
        cells += [str(one["files"] - len(took)), f"{one['alerts']:,}", f"{one['cpu']:,.0f}", f"{one['peak'] / 1e9:.1f}"]
        lines.append("| " + " | ".join([*cells, str(one["load"]), f"{one['run']:.0f}"]) + " |")
    return _WORDS + "\n".join(lines) + "\n"


def _share(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of the values lie; the nearest rank."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


_WORDS = """# From a file to its alert, measured

Made by `python -m benchmarks watch`; do not edit. A made-up world of the family `harbour` on 2 cores: cost, not
truth. Two files a second appear in a watched folder, each with a selector that is waited for, in disguise. What is
timed is from the appearance of a file to the line in the file of alerts, with the `--every 0.25` that a watch has by
itself. That alone takes .25 to .5 s, for a file is taken when two looks see it the same. The first file after a start
is not among them. Runs over everything go on beside the looks, as a watch begins them. CPU and memory are of the watch,
of those runs and of the benchmark together. "Load after" is the machine's load average over a minute: above 2, work had
to wait for other work.

"""

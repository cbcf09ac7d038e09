"""CPU microseconds a text of every finder, of the whole stage, and how the time grows with a text's length.

Usage: python benchmarks/bench_extract.py [POSTS] [--stage POSTS] [--growth]
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from undertow import testing
from undertow.engine.duckdb import DuckEngine
from undertow.events import silent
from undertow.extract.contract import Finder, Text
from undertow.extract.read import finders, triggered
from undertow.extract.run import Options, mentions_of, run
from undertow.extract.text import clean

WORDS = """new here friendly girls and boys needed for hotel bar restaurant work abroad good salary free room we pay the
ticket call or text any time day night ask for manager real photos no agency no fee visa included come see our place
near station open daily sweet honest clean private calm music garden sea view city centre weekend special price only"""
AREAS = ("202", "212", "305", "415", "617", "713")
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(rng: random.Random) -> str:
    """A phone in one of the ways of writing: mostly plain, a fifth disguised. Reserved numbers only."""
    area, line = rng.choice(AREAS), f"55501{rng.randrange(100):02}"
    plain = area + line
    way = rng.random()
    if way < 0.4:
        return f"{area}-{line[:3]}-{line[3:]}"
    if way < 0.6:
        return f"({area}) {line[:3]}-{line[3:]}"
    if way < 0.7:
        return "+1" + plain
    if way < 0.8:
        return plain
    if way < 0.9:
        return " ".join(plain)
    if way < 0.95:
        return " ".join(DIGITS[int(digit)] for digit in plain)
    return "".join(digit + "\ufe0f\u20e3" for digit in plain)


def post(rng: random.Random) -> str:
    """About 80 words; a phone in 80 %, a price in 60 %, an age in 40 %, a link or a handle in 15 %, emoji in 20 %."""
    words = rng.choices(WORDS.split(), k=rng.randint(65, 85))
    extras: list[tuple[float, Callable[[], str]]] = [
        (0.8, lambda: "call " + number(rng)),
        (0.6, lambda: f"${rng.randrange(50, 900)} per hour"),
        (0.4, lambda: f"{rng.randrange(19, 40)} years old"),
        (0.1, lambda: f"telegram @name_{rng.randrange(5000)}"),
        (0.05, lambda: f"see www.example{rng.randrange(500)}.com/a"),
        (0.05, lambda: f"mail ana{rng.randrange(900)}@example.com"),
        (0.2, lambda: "🌹❤️ 24/7"),
    ]
    for chance, made in extras:
        if rng.random() < chance:
            words.insert(rng.randrange(len(words)), made())
    return " ".join(words)


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of the quickest of three tries."""
    tries = []
    for _ in range(3):
        began = time.process_time()
        work()
        tries.append(time.process_time() - began)
    return min(tries)


def per_finder(posts: list[str]) -> None:
    """Trigger and careful part of every finder, in microseconds a text of all texts."""
    cleaned = [clean(text) for text in posts]
    column = pa.array([plain for plain, _ in cleaned], pa.large_string())
    say(f"{'finder':10} {'shown':>6} {'trigger':>8} {'find':>8}   CPU us a text, over {len(posts)} texts")
    for finder in finders():
        shown = list(triggered(column, finder.trigger))
        texts = [Text(posts[i], cleaned[i][0], cleaned[i][1], "US") for i in shown]
        trigger = cpu(lambda finder=finder: triggered(column, finder.trigger))  # type: ignore[misc]
        careful = cpu(lambda finder=finder, texts=texts: [list(finder.find(text)) for text in texts])  # type: ignore[misc]
        scale = 1e6 / len(posts)
        say(f"{finder.name:10} {len(shown) / len(posts):6.1%} {trigger * scale:8.2f} {careful * scale:8.2f}")


def whole(posts: list[str]) -> None:
    """One batch through the function that the engine runs in its processes."""
    rows = [{"post_id": f"p{i}", "text": text, "country": "US"} for i, text in enumerate(posts)]
    batch = testing.table("posts", rows)
    seconds = cpu(lambda: mentions_of("posts", Options(), batch))
    mentions = mentions_of("posts", Options(), batch).num_rows
    say(f"whole batch: {seconds * 1e6 / len(posts):.1f} CPU us a text, {mentions} mentions")


def growth() -> None:
    """Time at 2n over time at n for odd texts: 2 is linear."""
    say(f"{'finder':10} largest ratio of CPU at twice the length, among odd texts that take over 5 ms")
    odd = {"words": "one call ", "digits": "1 2,3.", "dots": "a.b@", "letters": "a", "marks": "+(@#"}
    for finder in finders():
        worst = [(_ratio(finder, unit), name) for name, unit in odd.items()]
        say(f"{finder.name:10} {max(worst)[0]:.2f} ({max(worst)[1]})")


def _ratio(finder: Finder, unit: str) -> float:
    size = 60_000 // len(unit)
    times = [cpu(lambda k=k: list(finder.find(Text(unit * k, unit * k, None, "US")))) for k in (size, 2 * size)]  # type: ignore[misc]
    return times[1] / times[0] if times[0] > 0.005 else 0.0


def stage(count: int) -> None:
    """The stage on a table of posts in an engine of two processes: wall seconds."""
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        engine = DuckEngine(lambda _t: (), lambda name: Path(folder) / name, Path(folder) / "scratch", threads=2)
        blank = testing.table("posts", [{"country": "US"}] * min(count, 50_000))
        for start in range(0, count, 50_000):
            size = min(50_000, count - start)
            part = blank.slice(0, size)
            part = part.set_column(0, "post_id", pa.array([f"p{start + i}" for i in range(size)]))
            at = part.schema.names.index("text")
            engine.write("posts", part.set_column(at, "text", pa.array([post(rng) for _ in range(size)])))
        with engine:
            before = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
            began = time.perf_counter()
            run(engine, Options(), silent)
            seconds = time.perf_counter() - began
        spent = (
            sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) - before
        )
        rows = engine.written["mentions"].rows
        say(f"stage: {count} posts, {rows} mentions: {seconds:.1f} s wall, {spent * 1e6 / count:.0f} CPU us a post")


def say(line: str) -> None:
    """A line on standard output."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("posts", nargs="?", type=int, default=20_000)
    parser.add_argument("--stage", type=int, default=0)
    parser.add_argument("--growth", action="store_true")
    given = parser.parse_args()
    random_ = random.Random(3)
    made_posts = [post(random_) for _ in range(given.posts)]
    per_finder(made_posts)
    whole(made_posts)
    if given.growth:
        growth()
    if given.stage:
        stage(given.stage)

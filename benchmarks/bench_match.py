"""Grouping of made-up ads by template, against datasketch's MinHashLSH on the same ads in the same run.

Both get 64 minima in 21 bands of 3 and see the same ads. The baseline is fed as its manual says: a set of neighbouring
words of each text (lower case, numbers masked), insertion and query one text at a time; of its answers those are joined
whose sketches agree to .4, which keeps its precision near .99. CPU seconds of one core; what is compiled is compiled
before the clock starts.
"""

import random
import re
import time
from collections.abc import Callable
from itertools import pairwise as neighbours
from string import ascii_letters, ascii_lowercase
from typing import TypeVar

import pyarrow as pa
from datasketch import MinHash, MinHashLSH

from benchmarks.templates_world import World, ads, pairwise
from undertow.engine.components import components
from undertow.match import group_texts
from undertow.match.grouping import groups
from undertow.match.run import _members
from undertow.match.signatures import buffers, of_texts
from undertow.match.templates import align, patterns, slots_of

WORLDS = {
    "no noise": World(20_000),
    "1 % word noise": World(20_000, 0.01),
    "3 % word noise": World(20_000, 0.03),
    "6 % word noise": World(20_000, 0.06),
    "3 %, 60 % from templates of up to 500": World(20_000, 0.03, templated=0.6, largest=500),
}
AGREEING = 0.4
GROWTH = (100_000, 300_000, 1_000_000)
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
T = TypeVar("T")


def report() -> str:
    """Two tables in Markdown: quality and cost beside the baseline, and growth."""
    group_texts(ads(World(500, 0.06, shortest=4))[0])
    lines = [
        "| 20,000 ads | CPU s | precision | recall | datasketch: CPU s | precision | recall | times faster |",
        "|---|---|---|---|---|---|---|---|",
        *(_compared(name, world) for name, world in WORLDS.items()),
        "",
        "| ads | signatures, CPU s | grouping | templates | microseconds an ad |",
        "|---|---|---|---|---|",
        *(_grown(rows) for rows in GROWTH),
    ]
    return "\n".join(lines)


def _compared(name: str, world: World) -> str:
    texts, truth = ads(world)
    ours, found = _timed(lambda: group_texts(texts))
    theirs, other = _timed(lambda: baseline(texts))
    us, them = pairwise(found, truth), pairwise(other, truth)
    return (
        f"| {name} | {ours:.3f} | {us[0]:.4f} | {us[1]:.4f} "
        f"| {theirs:.1f} | {them[0]:.4f} | {them[1]:.4f} | {theirs / ours:.0f} |"
    )


def baseline(texts: list[str]) -> list[int]:
    """Groups by datasketch: components of the pairs that its index returns and whose sketches agree to `AGREEING`."""
    index, sketches = MinHashLSH(num_perm=64, params=(21, 3)), []
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=64, seed=1)
        words = _WORD.findall(_NUMBER.sub("0", text.lower()))
        sketch.update_batch([" ".join(pair).encode() for pair in neighbours(words)])
        sketches.append(sketch)
        index.insert(number, sketch)
    pairs = [
        (number, other)
        for number, sketch in enumerate(sketches)
        for other in index.query(sketch)
        if other < number and sketch.jaccard(sketches[other]) >= AGREEING
    ]
    return [int(n) for n in components(len(texts), [a for a, _ in pairs], [b for _, b in pairs])]


def _grown(rows: int) -> str:
    """Cost at `rows` ads: copies of 20,000 ads of 40 to 120 words, each copy in an alphabet of its own."""
    column = _alphabets(rows)
    data, offsets = buffers(column)
    signing, signed = _timed(lambda: of_texts(column))
    grouping, labels = _timed(lambda: groups(signed, data, offsets))
    members, starts = _members(labels, signed[0][:, 0])

    def aligned() -> int:
        made = align(data, offsets, members, starts)
        return len(patterns(made, column)) + len(slots_of(made, members.size))

    templating, _ = _timed(aligned)
    each = (signing + grouping + templating) / rows * 1e6
    return f"| {rows:,} | {signing:.1f} | {grouping:.1f} | {templating:.1f} | {each:.1f} |"


def _alphabets(rows: int) -> pa.Array:
    texts, _ = ads(World(20_000, 0.02, seed=9, templated=0.6, shortest=40, longest=120))
    rng, made, letters = random.Random(1), list[str](), list(ascii_lowercase)
    for _copy in range(rows // len(texts)):
        rng.shuffle(letters)
        turned = "".join(letters)
        table = str.maketrans(ascii_letters, turned + turned.upper())
        made += [text.translate(table) for text in texts]
    return pa.array(made, pa.large_string())


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result

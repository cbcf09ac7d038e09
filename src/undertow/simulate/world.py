"""A made-up world on the disk: the files that a user would have, and apart from them what is true, sealed."""

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from operator import attrgetter
from os import cpu_count
from pathlib import Path
from random import Random

import orjson

from undertow import plugins, truth
from undertow.errors import UserError
from undertow.events import Emit, Event, silent
from undertow.simulate import family as families
from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft, Span
from undertow.simulate.exporting import Export
from undertow.simulate.record import Record
from undertow.simulate.scene import Scene

VERSION = 5  # of what a seed means: raised whenever the same seed gives another world
_OF_TABLES = {"accounts": "accounts_jsonl", "pictures": "pictures_csv"}  # written for all sites together

Written = tuple[int, dict[str, str]]
"""How many records, and the sha256 of every file by its path."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for; `careful` from 0 to 1 is how well criminals hide (the family's own where it is None).

    `pictures` are drawn at most, as drawing takes long. `shard` posts are made at a time, and nothing in them meets
    anything of the others; `workers` are processes (0: one a core), and change nothing.
    """

    posts: int
    seed: int
    family: str = "harbour"
    careful: float | None = None
    pictures: int = 200
    shard: int = 25_000
    workers: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: posts, all records, files, and actors who got no number because the reserved ones ran out."""

    folder: Path
    posts: int
    records: int
    files: int


def simulate(folder: Path, options: Options, emit: Emit = silent) -> Made:
    """Writes `folder/files` and `folder/truth`; the same options give the same bytes.

    Raises `UserError` where the folder holds something already, or there is no such family.
    """
    family = families.load(options.family)
    if options.posts < 1 or not 0 <= (options.careful or 0) <= 1:
        raise UserError("a world has at least one post, and care is from 0 to 1", hint="give --posts 1000, say")
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder} is not empty", hint="name a new folder: a world is never mixed with another")
    for part in ("files", "truth"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    shards = -(-options.posts // options.shard)
    records = done = 0
    sealed: dict[str, str] = {}
    for number, (made, written) in enumerate(
        _shards(partial(_shard, folder, options, shards), shards, options.workers)
    ):
        records += made
        done = min(options.posts, (number + 1) * options.shard)
        sealed |= written
        emit(Event("simulate", "", done, options.posts, "posts"))
    seal = {
        "family": family.name,
        "held_out": family.held_out,
        "seed": options.seed,
        "posts": options.posts,
        "careful": options.careful if options.careful is not None else family.habits["trafficking"]["careful"],
        "version": VERSION,
        "files": dict(sorted(sealed.items())),
    }
    (folder / "truth" / truth.SEAL).write_bytes(orjson.dumps(seal, option=orjson.OPT_INDENT_2) + b"\n")
    return Made(folder, options.posts, records, len(sealed))


def _shards(make: Callable[[int], Written], shards: int, workers: int) -> Iterator[Written]:
    workers = min(shards, workers or cpu_count() or 1)
    if workers == 1:
        yield from map(make, range(shards))
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(make, range(shards))


def _shard(folder: Path, options: Options, shards: int, number: int) -> Written:
    """Makes and writes one shard; gives the number of its records and the sha256 of its files."""
    was_on = gc.isenabled()
    gc.disable()  # millions of small objects without cycles: looking through them took a quarter of the time
    try:
        family = families.load(options.family)
        careful = family.habits["trafficking"]["careful"] if options.careful is None else options.careful
        chance = Random(f"{VERSION} {options.seed} {options.family} {number}")
        scene = Scene(family, chance, careful, number, shards, pictures=-(-options.pictures // shards))
        drafts = _live(scene, min(options.shard, options.posts - number * options.shard))
        paths = sorted(_write(folder, number, scene, drafts))
    finally:
        if was_on:
            gc.enable()
    return len(drafts), {path.relative_to(folder).as_posix(): truth.digest(path) for path in paths}


def _write(folder: Path, number: int, scene: Scene, drafts: Sequence[Draft]) -> Iterator[Path]:
    """Writes the files of a shard and its truth; gives their paths."""
    record = Record()
    files = set[str]()
    for (export, start), some in _by_export(drafts, scene.family):
        for draft, file, position in export.write(folder / "files", f"{start}_{number:04}", some):
            record.add(draft, file, position, exact=export.spans)
            files.add(file)
    yield from (folder / "files" / file for file in files)
    yield from record.write(folder / "truth", number, scene)


def _live(scene: Scene, posts: int) -> list[Draft]:
    """Actors, of whichever sort is furthest behind its share, until there are enough posts."""
    sorts = plugins.load("undertow.simulate.sorts", Sort)
    shares = scene.family.shares
    made = dict.fromkeys(shares, 0)
    drafts: list[Draft] = []
    left = posts
    while left:
        done = posts - left
        sort = max(shares, key=lambda name: shares[name] * (done + 1) - made[name])
        for draft in sorts[sort].live(scene):
            if draft.table == "posts":
                if not left:
                    continue
                left -= 1
                made[sort] += 1
            drafts.append(draft)
    return drafts


def _by_export(drafts: Sequence[Draft], family: families.Family) -> Iterator[tuple[tuple[Export, str], list[Draft]]]:
    """The records of every file in order of time; records of one instant in the order in which they were made."""
    exports = plugins.load("undertow.simulate.exports", Export)
    of_site = {site.name: exports[site.export] for site in family.sites}

    def place(draft: Draft) -> str:
        return draft.table if draft.table in _OF_TABLES else draft.site

    for name, some in groupby(sorted(drafts, key=place), key=place):
        export = exports[_OF_TABLES[name]] if name in _OF_TABLES else of_site[name]
        ordered = sorted(some, key=attrgetter("at"))
        if not export.titles:
            ordered = [_untitled(draft) for draft in ordered]
        yield (export, name.partition(".")[0]), ordered


def _untitled(draft: Draft) -> Draft:
    """The heading becomes the first line of the text, where the site knows no headings."""
    title = draft.fields.get("title", "")
    if title:
        move = len(title) + 1
        draft.fields = draft.fields | {"title": "", "text": f"{title}\n{draft.fields['text']}"}
        draft.spans = [
            Span("text", kind, value, start, end, how)
            if column == "title"
            else Span(column, kind, value, start + move, end + move, how)
            for column, kind, value, start, end, how in draft.spans
        ]
    return draft

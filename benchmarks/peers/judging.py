"""Holds peers against the truth by the very measures that `undertow evaluate` holds Undertow against it.

What a peer says is written as the tables that Undertow writes. Only posts are judged, and of phones only those in the
column `text`: nothing else was given to the peers.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.peers.contract import Answer, Phone
from undertow.evaluate import found, world
from undertow.evaluate.contract import Measure, Truth
from undertow.evaluate.measures import extraction, networks, templates
from undertow.evaluate.reading import Tables

WANTED = (
    "networks.bcubed_precision",
    "networks.bcubed_recall",
    "networks.bcubed_f1",
    "templates.pairwise_f1",
    "extraction.precision",
    "extraction.recall",
)
_MEASURES: Mapping[str, Measure] = {
    "network_members": networks.MEASURE,
    "template_posts": templates.MEASURE,
    "mentions": extraction.MEASURE,
}

Figures = Mapping[str, float | None]


def truth(folder: Path, held: Tables) -> Truth:
    """The truth of a world, with no spans but those of phones in the text of posts."""
    known, _ = world.read(folder, held)
    return replace(known, spans=lambda: _phones_of_posts(known))


def _phones_of_posts(known: Truth) -> Iterator[pa.Table]:
    for part in known.spans():
        wanted = pc.and_(pc.equal(part["kind"], "phone"), pc.equal(part["field"], "text"))
        of_posts = pa.array(known.posts[part["record"].to_numpy()])
        yield part.filter(pc.and_(wanted.combine_chunks(), of_posts))


def figures(known: Truth, held: Tables) -> Figures:
    """The figures of `WANTED` by name, of what these tables can tell."""
    seen = found.read(known, held)
    made = [one for table, measure in _MEASURES.items() if held.has(table) for one in measure.figures(known, seen)]
    return {one.name: one.value for one in made if one.name in WANTED and one.group == ""}


def written(folder: Path, answer: Answer, posts: Sequence[str]) -> Tables:
    """The tables of an answer about the posts with these ids, as Parquet files in a new folder."""
    folder.mkdir(parents=True)
    made = {
        "network_members": answer.networks and _grouped(answer.networks, posts, ("record_id", "network_id")),
        "template_posts": answer.templates and _grouped(answer.templates, posts, ("post_id", "template_id")),
        "mentions": None if answer.phones is None else _mentions(answer.phones, posts),
    }
    for name, table in made.items():
        if table is not None:
            pq.write_table(table, folder / f"{name}.parquet")
    return Tables(_finder(folder))


def _finder(folder: Path) -> Callable[[str], Sequence[Path]]:
    return lambda table: sorted(folder.glob(f"{table}.parquet"))


def _grouped(labels: Sequence[int], posts: Sequence[str], columns: tuple[str, str]) -> pa.Table:
    """Posts and groups of two or more."""
    size = Counter(labels)
    rows = [(post, str(label)) for post, label in zip(posts, labels, strict=True) if size[label] > 1]
    named = {name: pa.array(list(values), pa.string()) for name, values in zip(columns, _turned(rows), strict=True)}
    return pa.table(named | {"similarity": pa.array([1.0] * len(rows), pa.float64())})


def _turned(rows: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    return [one for one, _ in rows], [other for _, other in rows]


def _mentions(phones: Sequence[Phone], posts: Sequence[str]) -> pa.Table:
    return pa.table(
        {
            "record_id": pa.array([posts[one.post] for one in phones], pa.string()),
            "field": pa.array(["text"] * len(phones), pa.string()),
            "kind": pa.array(["phone"] * len(phones), pa.string()),
            "value": pa.array([one.value for one in phones], pa.string()),
            "start": pa.array([one.start for one in phones], pa.int64()),
            "end": pa.array([one.end for one in phones], pa.int64()),
            "confidence": pa.array([1.0] * len(phones), pa.float64()),
        }
    )

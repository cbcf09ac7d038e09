"""The door to watching a stream: JSON lines become originals in batches, and go the way that files go."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from undertow import watching
from undertow.collect.originals import verify
from undertow.runs import replace_file
from undertow.watch.stream import Known, Stream

if TYPE_CHECKING:
    from undertow.workspace import Workspace

BATCH = 10_000  # lines that are worked at once
WAITING = "standard_input.jsonl"  # in runs/: the batch at work; one that a killed watch left is taken first


def follow(at_work: "watching.Watch", source: BinaryIO, every: float) -> int:
    """Handles batches of at most `BATCH` lines or `every` seconds until the stream ends; gives how many alerts it told.

    Where the end is wanted, the lines that were read till then are the last batch.

    A line that came through a stream before, byte for byte but for blanks around it, is passed over.
    """
    waiting = at_work.workspace.root / "runs" / WAITING
    told = _handle(at_work, waiting, every)
    known = Known()
    for line in _held(at_work.workspace):
        known.fresh([line])
    stream = Stream(source, BATCH)
    stream.start()
    while not (stream.over or at_work.stop.wanted):
        _keep(known.fresh(stream.batch(every)), waiting)
        told += _handle(at_work, waiting, every)
    if not (stream.over or waiting.exists()):
        _keep(known.fresh(stream.batch(0)), waiting)  # what was read till then
        told += _handle(at_work, waiting, every)
    at_work.catch_up()
    return told + at_work.deliver()


def _keep(lines: list[bytes], waiting: Path) -> None:
    if lines:
        lines.sort(key=lambda line: not line.startswith(b"{"))  # a batch is read as what it begins with
        replace_file(waiting, b"".join(line + b"\n" for line in lines))


def _handle(at_work: "watching.Watch", waiting: Path, every: float) -> int:
    """Collects the batch that waits, with its first look; a workspace that is busy is waited for."""
    at_work.quiet = 0 if waiting.exists() else at_work.quiet + 1
    while waiting.exists():
        watching.attempt(at_work, [waiting], {waiting: (0, 0)}, patient=True)
        if at_work.done.pop(waiting, None):
            waiting.unlink()
        elif at_work.stop.wanted:
            break  # it is the first that the next watch takes
        else:
            time.sleep(every)
    if not at_work.stop.wanted:
        at_work.follow()
    return at_work.deliver()


def _held(workspace: "Workspace") -> "Iterator[bytes]":
    """Every line of the originals that came through a stream."""
    rows = workspace.table("originals").select(["original_id", "origin"]).to_pylist()
    for name in (row["original_id"] for row in rows if row["origin"] == watching.INPUT_ORIGIN):
        with verify(workspace.root / "originals", name).open("rb") as file:
            yield from (line.rstrip(b"\n") for line in file)

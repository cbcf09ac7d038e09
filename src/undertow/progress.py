"""Draws the events of a run: a bar on a terminal, at most a line a minute anywhere else."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

from undertow.events import Emit, Event

_BETWEEN_LINES = 60.0  # seconds


@contextmanager
def shown(stream: TextIO, *, run: str = "") -> Iterator[Emit]:
    """Gives a function that shows events on `stream`: bars where it is a terminal, lines where it is not."""
    if stream.isatty():
        with _bars(stream) as emit:
            yield emit
    else:
        yield Lines(lambda line: print(line, file=stream, flush=True), run).emit


@dataclass(slots=True)
class Lines:
    """One line when a stage says something, and at most one a minute while it counts."""

    say: Callable[[str], None]
    run: str = ""
    clock: Callable[[], float] = time.monotonic
    last: dict[str, float] = field(default_factory=dict)

    def emit(self, event: Event) -> None:
        """Writes the event as a line, if its time has come."""
        now = self.clock()
        if not event.message and now - self.last.setdefault(event.stage, now) < _BETWEEN_LINES:
            return
        self.last[event.stage] = now
        counted = f"{event.done:,} of {event.total:,} {event.unit}" if event.total else ""
        facts = " ".join(f"{key}={value}" for key, value in event.facts.items())
        self.say(" ".join(filter(None, (self.run, f"{event.stage}:", event.message, counted, facts))))


@contextmanager
def _bars(stream: TextIO) -> Iterator[Emit]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=stream), transient=False) as progress:
        tasks: dict[str, TaskID] = {}

        def emit(event: Event) -> None:
            if event.message:
                facts = " ".join(f"{key}={value}" for key, value in event.facts.items())
                progress.console.print(f"{event.stage}: {event.message} {facts}".rstrip(), style="dim", markup=False)
            if event.total:
                if event.stage not in tasks:
                    tasks[event.stage] = progress.add_task(event.stage, total=event.total)
                progress.update(tasks[event.stage], completed=event.done, total=event.total)

        yield emit

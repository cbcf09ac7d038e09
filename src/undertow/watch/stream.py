"""Lines of a stream in batches: one ends where it is full, where its time is over, or with the stream."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from queue import Empty, Queue
from threading import Thread
from typing import BinaryIO

LONGEST = 1 << 24  # bytes of a line; what is longer comes in parts, none of which is an object


@dataclass(slots=True)
class Stream:
    """A stream being read beside the work, at most `most` lines ahead of it."""

    source: BinaryIO
    most: int
    over: bool = False
    _read: "Queue[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        """Makes the queue, which is as long as a batch."""
        self._read = Queue(self.most)

    def start(self) -> None:
        """Begins to read."""
        Thread(target=self._work, name="stream", daemon=True).start()

    def batch(self, seconds: float) -> list[bytes]:
        """The next lines without their ends, none blank; `over` is true once the stream has none after them."""
        until, lines = time.monotonic() + seconds, list[bytes]()
        while len(lines) < self.most and not self.over:
            try:
                line = self._read.get(timeout=max(until - time.monotonic(), 0.001))
            except Empty:
                break
            self.over = not line
            lines += [line.strip()] if line.strip() else []
        return lines

    def _work(self) -> None:
        try:
            while line := self.source.readline(LONGEST):
                self._read.put(line)
        finally:
            self._read.put(b"")


@dataclass(slots=True)
class Known:
    """Which lines were seen, by a digest of their bytes."""

    held: set[bytes] = field(default_factory=set)

    def fresh(self, lines: Iterable[bytes]) -> list[bytes]:
        """The lines that were not seen; they are from now on."""
        found = []
        for line in lines:
            mark = blake2b(line, digest_size=16).digest()
            if mark not in self.held:
                self.held.add(mark)
                found.append(line)
        return found

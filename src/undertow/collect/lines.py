"""Reads lines that may be endless: one above the limit is passed over, and its place and beginning are kept."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TextIO

from undertow.collect.contract import Reject

EXCERPT = 200
TOO_LONG = "refused: a line without end"


class Lines:
    """The lines of a stream, ends included; those longer than `limit` characters become `rejects`.

    `number` counts the lines read so far; `characters` those given since a caller last set it to 0.
    """

    __slots__ = ("_again", "_held", "_limit", "_stream", "characters", "number", "rejects")

    def __init__(self, stream: TextIO, limit: int) -> None:
        self._stream, self._limit = stream, limit
        self._held: list[str] = []
        self._again: deque[str] = deque()
        self.number = self.characters = 0
        self.rejects: list[Reject] = []

    def __iter__(self) -> Iterator[str]:
        readline, limit, again = self._stream.readline, self._limit, self._again
        while line := again.popleft() if again else readline(limit):
            self.number += 1
            size = len(line)
            if size == limit and line[-1] not in "\r\n":
                self._pass_over(line)
                continue
            self.characters += size
            self._held.append(line)
            yield line

    def taken(self) -> list[str]:
        """The lines given since this was last asked."""
        held, self._held = self._held, []
        return held

    def unread(self, lines: Sequence[str]) -> None:
        """Gives lines back: they come again before the rest."""
        self._again.extendleft(reversed(lines))
        self.number -= len(lines)

    def _pass_over(self, line: str) -> None:
        self.rejects.append(Reject(f"line {self.number}", TOO_LONG, line[:EXCERPT]))
        while line and line[-1] not in "\r\n":
            line = self._stream.readline(self._limit)

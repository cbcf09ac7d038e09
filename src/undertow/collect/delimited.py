"""Records of delimited text in blocks: at the speed of the C reader, and line by line where a quote never closes."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from undertow.collect.contract import Opened, Reject
from undertow.collect.encoding import Encoding, text_stream
from undertow.collect.lines import EXCERPT, Lines

BLOCK = 512  # records
OPEN_QUOTE = "a quote that is never closed; the lines after it are read on their own"

Record = list[str]


class _Trouble(Exception):
    """The fast way cannot tell what a record is."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """Delimited text to read: what sets cells apart, and whether the first line only says so and is no record."""

    opened: Opened
    encoding: Encoding
    sign: str
    says_sign: bool


def blocks(source: Delimited) -> Iterator[list[Record] | Reject]:
    """All records, blank lines as empty ones, and what could not be read."""
    delivered = 0
    with field_limit(source.opened.limits.line_characters):
        try:
            for block in _fast(source):
                yield block
                delivered += len(block)
        except _Trouble:
            yield from _careful(source, delivered)


@contextmanager
def field_limit(characters: int) -> Iterator[None]:
    """Lets cells be so long within the block; the limit is the whole process's, so it is put back."""
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _fast(source: Delimited) -> Iterator[list[Record]]:
    """Blocks one behind the reader, so that the last record is looked at before it goes: its quote may be open."""
    if source.encoding.endless:
        raise _Trouble
    held: list[Record] = []
    with text_stream(source.opened, source.encoding) as stream:
        if source.says_sign:
            stream.readline()
        reader = csv.reader(stream, delimiter=source.sign)
        while True:
            try:
                block = list(islice(reader, BLOCK))
            except csv.Error as error:
                raise _Trouble from error
            if not block and held and held[-1] and "\n" in held[-1][-1]:
                raise _Trouble  # an open quote takes the last line end with it
            if held:
                yield held
            if not block:
                return
            held = block


def _careful(source: Delimited, skip: int) -> Iterator[list[Record] | Reject]:
    """The same, line by line: an open quote or an endless line costs that line and no other."""
    with text_stream(source.opened, source.encoding) as stream:
        lines = Lines(stream, source.opened.limits.line_characters)
        if source.says_sign:
            next(iter(lines), "")
            lines.taken()
        found = _records(lines, source.sign)
        passed = 0
        held: list[Record] = []
        for record in found:
            if isinstance(record, Reject):
                yield record
                continue
            passed += 1
            if passed > skip:
                held.append(record)
            if len(held) >= BLOCK:
                yield held
                held = []
        yield held
        yield from lines.rejects


def _records(lines: Lines, sign: str) -> Iterator[Record | Reject]:
    """Records one behind the reader, for the same reason."""
    while True:
        last: Record | None = None
        used: list[str] = []
        try:
            for record in csv.reader(lines, delimiter=sign):
                if last is not None:
                    yield last
                last, used = record, lines.taken()
        except csv.Error:
            if last is not None:
                yield last
            yield _resume(lines, lines.taken())
            continue
        if len(used) > 1 and _is_open(used, sign):
            yield _resume(lines, used)
            continue
        if last is not None:
            yield last
        return


def _is_open(used: Sequence[str], sign: str) -> bool:
    return len(list(islice(csv.reader([*used, "x"], delimiter=sign), 2))) == 1


def _resume(lines: Lines, used: Sequence[str]) -> Reject:
    """Rejects the line that opens a quote for good, and gives the lines after it back."""
    number = lines.number - len(used) + 1
    lines.unread(used[1:])
    return Reject(f"line {number}", OPEN_QUOTE, used[0][:EXCERPT])

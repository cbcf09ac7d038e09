"""What list formats in JSON share: objects one by one out of a stream, and values that may be of any type."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any, BinaryIO

from undertow.match.contract import Fault

Record = Mapping[str, Any]
_BOM = b"\xef\xbb\xbf"
_DEEPEST = 64  # the parser's work grows with the square of the depth
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_LONGEST = 1 << 19  # bytes of one value: a TMK hash in base64 has 351,128


def records(stream: BinaryIO, *prefixes: str) -> Iterator[tuple[str, Record] | Fault]:
    """The objects below the first of `prefixes` (as ijson writes them) that holds any, with positions from 1.

    What is no object, and where the JSON breaks, is a `Fault`; memory does not grow with the file.
    """
    for prefix in prefixes:
        seen = False
        for one in _below(stream, prefix):
            if not seen and isinstance(one, Fault) and prefix != prefixes[-1]:
                break
            seen = True
            yield one
        if seen:
            return


def _below(stream: BinaryIO, prefix: str) -> Iterator[tuple[str, Record] | Fault]:
    import ijson

    stream.seek(len(_BOM) if _begins(stream, _BOM) else 0)
    number = 0
    try:
        for number, one in enumerate(ijson.items(_Bounded(stream), prefix, use_float=True), 1):
            yield (str(number), one) if isinstance(one, dict) else Fault(str(number), "an object was expected here")
    except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError):
        yield Fault(str(number + 1), "the JSON breaks here; what follows was not read")


@dataclass(slots=True)
class _Bounded:
    """A stream that ends where a value has no end or is nested without end: a parser would fill the memory with it."""

    stream: BinaryIO
    run: int = 0  # bytes since the last quotation mark
    depth: int = 0
    within: bytes = b""  # the beginning of a text that goes on in the next bytes

    def read(self, size: int = -1) -> bytes:
        chunk = self.stream.read(size)
        last = chunk.rfind(b'"')
        self.run = self.run + len(chunk) if last < 0 else len(chunk) - last
        return chunk if self.run <= _LONGEST and self._deepest(chunk) <= _DEEPEST else b""

    def _deepest(self, chunk: bytes) -> int:
        bare = _STRING.sub(b"", self.within + chunk)
        cut = bare.find(b'"')
        self.within, bare = (bare[cut:], bare[:cut]) if cut >= 0 else (b"", bare)
        depths = list(
            accumulate((1 if one in b"[{" else -1 for one in re.findall(rb"[][{}]", bare)), initial=self.depth)
        )
        self.depth = depths[-1]
        return max(depths)


def _begins(stream: BinaryIO, start: bytes) -> bool:
    stream.seek(0)
    return stream.read(len(start)) == start


def text(record: Record, *names: str) -> str:
    """The first of these fields that holds anything, as text."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
            return str(value).strip()
    return ""


def nested(value: object) -> list[Record]:
    """A list of objects, also where it stands in `{"data": [...]}`; nothing where it is anything else."""
    held = value.get("data") if isinstance(value, Mapping) else value
    return [one for one in held if isinstance(one, Mapping)] if isinstance(held, list) else []


def truth(value: object) -> bool:
    """A yes, also where it is written as text."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def moment(value: str) -> datetime | None:
    """A time in ISO 8601, in UTC; None for what is none."""
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)


def keys(head: bytes) -> frozenset[str]:
    """The keys of objects in the first bytes of a file."""
    return frozenset(key.decode("utf-8", "replace") for key in re.findall(rb'"([^"\\]{1,40})"\s*:', head))


def is_json(head: bytes) -> bool:
    """Whether a file begins like a JSON object or list."""
    return head.removeprefix(_BOM).lstrip()[:1] in (b"{", b"[")

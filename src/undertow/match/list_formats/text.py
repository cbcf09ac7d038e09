"""Plain text: a hash a line, with its quality behind a colon, comma or blank where it has one.

`HASH`, `HASH:90`, and `pdq HASH` (the local file of threatexchange). Lines that begin with # are comments.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from undertow.match.contract import Entry, Fault, Item, ListFormat

_LONGEST = 4096  # bytes of a line
_LINE = re.compile(r"(?:([A-Za-z][\w-]{2,19})[ \t:,]+)?([0-9A-Fa-f]{8,})(?:[ \t]*[:, \t][ \t]*(\d{1,3}))?")


def _sniff(_name: str, head: bytes) -> float:
    lines = [line for line in head.decode("utf-8-sig", "replace").split("\n")[:50] if line.strip()]
    lines = [line.strip() for line in (lines[:-1] if len(head) >= 1 << 16 else lines) if not line.startswith("#")]
    fitting = [line for line in lines if _LINE.fullmatch(line)]
    return 0.6 * len(fitting) / len(lines) if lines else 0.0


def _read(stream: BinaryIO) -> Iterator[Item]:
    stream.seek(0)
    number = 0
    while line := stream.readline(_LONGEST):
        number += 1
        whole = line.endswith(b"\n") or len(line) < _LONGEST
        while not whole:
            rest = stream.readline(_LONGEST)
            whole = rest.endswith(b"\n") or len(rest) < _LONGEST
            line = b"(too long)"
        said = line.decode("utf-8-sig", "replace").strip()
        if said and not said.startswith("#"):
            yield _item(str(number), said)


def _item(position: str, line: str) -> Item:
    hit = _LINE.fullmatch(line)
    if not hit:
        return Fault(position, "this line is no hash")
    return Entry(position, hit[1] or "", hit[2], quality=int(hit[3]) if hit[3] else None)


FORMAT = ListFormat(
    name="text",
    version=1,
    sniff=_sniff,
    read=_read,
    media_type="text/plain",
    examples=[
        (
            "hashes.txt",
            b"# a comment\n%s\n%s:90\n\npdq %s\nmd5 %s\r\n" % (b"0f" * 32, b"f0" * 32, b"3c" * 32, b"ab" * 16),
            [
                ("", "0f" * 32, "active"),
                ("", "f0" * 32, "active"),
                ("pdq", "3c" * 32, "active"),
                ("md5", "ab" * 16, "active"),
            ],
        ),
        ("prose.txt", b"Nothing here is a hash.\nNor here.\n", None),
    ],
)

"""JSON as bytes for a streaming parser, which would hold a value without end in memory whole."""

from collections.abc import Iterator
from typing import BinaryIO

from undertow.collect.contract import Opened, Reject
from undertow.collect.encoding import Encoding, utf8_stream
from undertow.collect.streams import chunked

_CHUNK = 1 << 16
ENDLESS = "refused: a value without end"


def json_stream(opened: Opened, encoding: Encoding) -> BinaryIO:
    """The text as UTF-8; it ends before a run without quotes that is longer than a line may be, and says so."""
    stream = utf8_stream(opened, encoding)
    return chunked(_quoted(stream, opened), closing=stream.close)


def _quoted(stream: BinaryIO, opened: Opened) -> Iterator[bytes]:
    size = run = 0
    while chunk := stream.read(_CHUNK):
        run = run + len(chunk) if (last := chunk.rfind(b'"')) < 0 else len(chunk) - last
        size += len(chunk)
        if run > opened.limits.line_characters:
            endless = Reject(f"byte {size - run}", ENDLESS)
            if endless not in opened.trouble:
                opened.trouble.append(endless)
            return
        yield chunk

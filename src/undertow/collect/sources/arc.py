"""Web archives of the older kind (ARC, as the Internet Archive wrote them until 2009): pages, texts and pictures."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException, parse_headers
from io import BytesIO
from typing import BinaryIO

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Note, Opened, Reject, Source
from undertow.collect.picturing import is_picture
from undertow.collect.streams import inflated
from undertow.collect.webrecords import as_picture, as_post, is_page, may_be_picture

_LINE = re.compile(rb"^(?P<url>\S.*) (?P<ip>\S+) (?P<date>\d{14}) (?P<type>\S+) (?P<length>\d+)\r?\n$")
_LONGEST_LINE = 1 << 16
_CHUNK = 1 << 20
_CUT = "the archive is cut: the record before is not whole"
_BROKEN = "the archive is damaged: what follows is lost"


@dataclass(frozen=True, slots=True)
class _Record:
    """One record: what its line says, and its bytes."""

    url: str
    date: str
    kind: str
    raw: bytes


def sniff(opened: Opened) -> float:
    """Sure by its first line, which describes the archive itself."""
    return 1.0 if opened.head.startswith(b"filedesc://") else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """One page a record, with its address and the time of its capture; the position counts all records from 1."""
    yield from batched(_pages(opened), "posts")


def _pages(opened: Opened) -> Iterator[One | Reject | Note]:
    others: Counter[str] = Counter()
    with opened.open() as stream:
        for number, found in enumerate(_records(stream, opened.limits.message_bytes), 1):
            if isinstance(found, Reject):
                yield Reject(str(number), found.reason, found.excerpt)
            elif is_page(found.kind) and not found.url.startswith("filedesc:"):
                yield _one(found, number)
            elif may_be_picture(found.kind) and is_picture((answer := _answer(found.raw))[1]):
                yield as_picture(opened, answer[1], str(number), found.url, _captured(found.date))
            else:
                others[found.kind] += 1
    if others:
        yield Note(
            "records that are no pages: " + ", ".join(f"{count} {what}" for what, count in sorted(others.items()))
        )


def _records(stream: BinaryIO, limit: int) -> Iterator[_Record | Reject]:
    """Records one after the other; a line that is none ends the reading, as nothing says where the next begins."""
    while line := stream.readline(_LONGEST_LINE):
        if not line.strip():
            continue
        says = _LINE.match(line)
        if says is None:
            yield Reject("", _BROKEN, line[:200].decode("utf-8", "replace"))
            return
        length = int(says["length"])
        raw = _take(stream, length, limit)
        if length > limit:
            yield Reject("", "refused: a page without end", line[:200].decode("utf-8", "replace"))
            continue
        yield _Record(
            says["url"].decode("utf-8", "replace"), says["date"].decode(), says["type"].decode("utf-8", "replace"), raw
        )
        if len(raw) < length:
            yield Reject(
                "", "the archive is cut: the record before is not whole", line[:200].decode("utf-8", "replace")
            )


def _take(stream: BinaryIO, length: int, limit: int) -> bytes:
    """The next `length` bytes; those beyond the limit are passed over."""
    kept = stream.read(min(length, limit))
    left = length - len(kept)
    while left > 0 and (chunk := stream.read(min(left, _CHUNK))):
        left -= len(chunk)
    return kept


def _one(record: _Record, number: int) -> One | Reject:
    declared, raw, trouble = _answer(record.raw)
    if trouble:
        return Reject(str(number), "the headers of the page cannot be read", trouble)
    return One(str(number), as_post(raw, record.kind, declared, record.url, _captured(record.date)))


def _answer(raw: bytes) -> tuple[str, bytes, str]:
    """The encoding that the server declared, the body, and what is wrong with the headers."""
    if not raw.startswith(b"HTTP/"):
        return "", raw, ""
    body = BytesIO(raw)
    body.readline()
    try:
        headers = parse_headers(body)
    except HTTPException as error:
        return "", b"", str(error)[:200] or type(error).__name__
    return headers.get_content_charset("") or "", inflated(body.read(), headers.get("Content-Encoding", "")), ""


def _captured(date: str) -> str:
    return f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[8:10]}:{date[10:12]}:{date[12:14]}Z"


_PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Rooms</title><p>Two rooms</p></html>"
_INFO = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
_ARCHIVE = (
    b"filedesc://x.arc 0.0.0.0 20090105100000 text/plain %d\n%s\n"
    b"http://example.org/ 192.0.2.1 20090105100000 text/html %d\n%s\n"
)

SOURCE = Source(
    name="arc",
    version=2,
    sniff=sniff,
    read=read,
    media_type="application/x-arc",
    examples=(
        ("pages.arc", _ARCHIVE % (len(_INFO), _INFO, len(_PAGE), _PAGE), ["Two rooms"]),
        ("letter.txt", b"file desc: none", None),
    ),
)

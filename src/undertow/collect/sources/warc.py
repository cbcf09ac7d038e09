"""Web archives (WARC): every page of text in them."""

from collections import Counter
from collections.abc import Iterator
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecordType

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Note, Opened, Reject, Source
from undertow.collect.pages import page

_KINDS = WarcRecordType.response | WarcRecordType.resource
_DAMAGE = (ValueError, OSError, RuntimeError, EOFError)
_IN_MEMORY = 64 << 20  # bytes
_PAGES = ("text/html", "application/xhtml+xml")


def sniff(opened: Opened) -> float:
    """Sure by its first line."""
    return 1.0 if opened.head.startswith(b"WARC/") else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """One page a record, with its address and the time of its capture; the position is the record's id."""
    yield from batched(_pages(opened), "posts")


def _pages(opened: Opened) -> Iterator[One | Reject | Note]:
    others: Counter[str] = Counter()
    number = 0
    with SpooledTemporaryFile(_IN_MEMORY) as seekable:  # fastwarc panics where it cannot seek
        with opened.open() as stream:
            copyfileobj(stream, seekable)
        seekable.seek(0)
        try:
            for record in ArchiveIterator(seekable, parse_http=True, auto_decode="all"):
                number += 1
                content = record.http_content_type if record.http_headers else record.headers.get("Content-Type", "")
                kind = (content or "").split(";")[0].strip().lower()
                if not record.record_type & _KINDS or (not kind.startswith("text/") and kind not in _PAGES):
                    others[f"{record.headers.get('WARC-Type', 'unnamed')} {kind}".strip()] += 1
                    continue
                yield _one(record, kind, opened.limits.line_characters, number)
        except BaseException as error:
            if not isinstance(error, _DAMAGE) and type(error).__module__ != "pyo3_runtime":
                raise
            said = str(error).splitlines() or [type(error).__name__]
            yield Reject(f"after {number}", f"the archive is damaged: {said[0]}")
    if not number:
        yield Reject("", "the archive holds no record that can be read")
    for what, count in sorted(others.items()):
        yield Note(f"{count} records are no pages: {what}")


def _one(record: object, kind: str, limit: int, number: int) -> One | Reject:
    headers, reader = record.headers, record.reader  # type: ignore[attr-defined]
    position = headers.get("WARC-Record-ID", "") or str(number)
    raw = reader.read(limit + 1)
    if len(raw) > limit:
        return Reject(position, "refused: a page without end")
    text = raw.decode(getattr(record, "http_charset", None) or "utf-8", "replace")
    url = headers.get("WARC-Target-URI", "").strip("<>")
    fields = page(text) if kind in _PAGES else {"title": "", "text": text, "kind": "page"}
    return One(
        position, fields | {"url": url, "site": urlsplit(url).hostname or "", "posted_at": headers.get("WARC-Date", "")}
    )


_PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Rooms</title><p>Two rooms</p></html>"
_ARCHIVE = (
    (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>\r\n"
        b"WARC-Date: 2024-01-05T10:00:00Z\r\nWARC-Target-URI: http://example.org/\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: " + str(len(_PAGE)).encode() + b"\r\n\r\n"
    )
    + _PAGE
    + b"\r\n\r\n"
)

SOURCE = Source(
    name="warc",
    version=1,
    sniff=sniff,
    read=read,
    media_type="application/warc",
    examples=(("pages.warc", _ARCHIVE, ["Two rooms"]), ("letter.txt", b"WAR and peace", None)),
)

"""Web archives (WARC): every page, text and picture in them."""

from collections import Counter
from collections.abc import Iterator
from io import UnsupportedOperation
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Note, Opened, Reject, Source
from undertow.collect.picturing import is_picture
from undertow.collect.webrecords import as_picture, as_post, is_page, may_be_picture, said

_DAMAGE = (ValueError, OSError, RuntimeError, EOFError)
_READ_AT_ONCE = 1 << 20


class _Forward:
    """A stream that knows its place; fastwarc asks for it, and panics where a stream cannot seek to tell it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._place = stream, 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self._place += len(chunk)
        return chunk

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = 0) -> int:
        raise UnsupportedOperation(f"seek to {offset} from {whence}")

    def close(self) -> None:
        self._stream.close()


def sniff(opened: Opened) -> float:
    """Sure by its first line."""
    return 1.0 if opened.head.startswith(b"WARC/") else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """One page or picture a record, with its address and the time of its capture; positions count all from 1."""
    yield from batched(_pages(opened), "posts")


def _pages(opened: Opened) -> Iterator[One | Reject | Note]:
    others: Counter[str] = Counter()
    number = 0
    with opened.open() as stream:
        records = _records(stream)
        while True:
            try:
                record = next(records, None)
                if record is None:
                    break
                number += 1
                kind = _media_type(record)
                if _is_answer(record) and is_page(kind):
                    yield _one(record, kind, opened.limits.message_bytes, number)
                elif _is_answer(record) and (raw := _picture(record, kind, opened.limits.message_bytes)):
                    yield as_picture(opened, raw, str(number), _address(record), _date(record))
                else:
                    others[f"{record.headers.get('WARC-Type', 'unnamed')} {kind}".strip()] += 1
            except _DAMAGE as error:
                yield Reject(f"after {number}", "the archive is damaged: what follows is lost", said(error))
                break
    if others:
        yield Note(
            "records that are no pages: " + ", ".join(f"{count} {what}" for what, count in sorted(others.items()))
        )


def _records(stream: BinaryIO) -> Iterator[WarcRecord]:
    """The records; a panic of the library, which is no `Exception`, becomes an error like others."""
    try:
        yield from ArchiveIterator(_Forward(stream), parse_http=True, auto_decode="all")
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise RuntimeError(said(error)) from None


def _is_answer(record: WarcRecord) -> bool:
    return bool(record.record_type & (WarcRecordType.response | WarcRecordType.resource))


def _media_type(record: WarcRecord) -> str:
    found = record.http_content_type if record.http_headers else record.headers.get("Content-Type", "")
    return (found or "").split(";")[0].strip().lower()


def _one(record: WarcRecord, kind: str, limit: int, number: int) -> One | Reject:
    raw = b""
    while chunk := record.reader.read(_READ_AT_ONCE):
        raw += chunk
        if len(raw) > limit:
            return Reject(str(number), "refused: a page without end", raw[:200].decode("utf-8", "replace"))
    fields = as_post(raw, kind, record.http_charset or "", _address(record), _date(record))
    return One(str(number), {**fields, "record_id": record.headers.get("WARC-Record-ID") or ""})


def _picture(record: WarcRecord, kind: str, limit: int) -> bytes:
    """The bytes of a picture, one more than the limit where it has more; none where it is no picture."""
    if not may_be_picture(kind):
        return b""
    raw = b""
    while len(raw) <= limit and (chunk := record.reader.read(min(_READ_AT_ONCE, limit + 1 - len(raw)))):
        raw += chunk
        if not is_picture(raw):
            return b""
    return raw


def _address(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip("<>")


def _date(record: WarcRecord) -> str:
    return record.headers.get("WARC-Date") or ""


_PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Rooms</title><p>Two rooms</p></html>"
_ARCHIVE = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>\r\n"
    b"WARC-Date: 2024-01-05T10:00:00Z\r\nWARC-Target-URI: http://example.org/\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(_PAGE), _PAGE)
)

SOURCE = Source(
    name="warc",
    version=2,
    sniff=sniff,
    read=read,
    media_type="application/warc",
    examples=(("pages.warc", _ARCHIVE, ["Two rooms"]), ("letter.txt", b"WAR and peace", None)),
)

"""Pages of a site that copies another, as a crawler archived them."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from undertow.simulate.delimited import moment
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One archive; its first record describes the archive."""
    name = f"{start}.warc"
    with (folder / name).open("wb") as file:
        file.write(_record("warcinfo", "2026-07-01T00:00:00Z", "", "application/warc-fields", b"software: made up\r\n"))
        file.writelines(_pages(drafts))
    return ((draft, name, str(number)) for number, draft in enumerate(drafts, 2))


def _pages(drafts: Sequence[Draft]) -> Iterator[bytes]:
    for draft in drafts:
        get = draft.fields.get
        body = (
            f"<html><head><title>{escape(get('title', ''))}</title></head><body><div>{escape(get('text', ''))}</div>"
            f"<p class='town'>{escape(get('place_text', ''))}</p></body></html>"
        ).encode()
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        at = moment(draft.at, "%Y-%m-%dT%H:%M:%SZ")
        yield _record("response", at, get("url", ""), "application/http; msgtype=response", answer)


def _record(kind: str, at: str, url: str, media_type: str, content: bytes) -> bytes:
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {at}\r\n{target}"
        f"Content-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


EXPORT = Export(name="pages_warc", write=export, spans=False)

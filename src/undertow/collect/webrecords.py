"""What web archives of both kinds share: which records are pages or pictures, and what is captured as a record."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from undertow.collect.batches import One
from undertow.collect.contract import Note, Opened, Reject
from undertow.collect.encoding import best_text
from undertow.collect.pages import charset, page
from undertow.collect.picturing import record
from undertow.collect.records import host

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)
_UNSAID = ("", "application/octet-stream", "binary/octet-stream")


def is_page(kind: str) -> bool:
    """Whether a media type is a page or a plain text."""
    return kind in _PAGES or kind in _TEXTS


def as_post(raw: bytes, kind: str, declared: str, url: str, captured: str) -> dict[str, object]:
    """A captured page or text as fields of a post: its time is that of the capture, its address that of the archive.

    `declared` is the encoding that the server gave, "" for none; the page's own word comes next.
    """
    text = best_text(raw, declared or charset(raw[:4096]))
    fields: dict[str, Any] = page(text) if kind in _PAGES else {"kind": "page", "text": text}
    published = fields.pop("posted_at", "")
    fields["media"] = [urljoin(url, name) for name in fields.get("media", ())]
    return {**fields, "url": url, "site": host(url), "posted_at": captured, "published": published}


def may_be_picture(kind: str) -> bool:
    """Whether a media type may be a picture's or a video's: the bytes decide."""
    return kind.startswith(("image/", "video/")) or kind in _UNSAID


def as_picture(opened: Opened, raw: bytes, position: str, url: str, captured: str) -> One | Reject:
    """A captured picture as a record: pages name it by its address."""
    return record(opened, raw, position, url=url, site=host(url), captured=captured)


def passed_over(others: Mapping[str, int]) -> Note:
    """How many records were no pages, by what they were."""
    return Note("records that are no pages: " + ", ".join(f"{others[what]} {what}" for what in sorted(others)))


def said(error: BaseException) -> str:
    """The first line of an error, for an excerpt."""
    return (str(error).strip().split("\n", 1)[0] or type(error).__name__)[:200]

"""HTML pages: the title and the visible text of one page."""

from collections.abc import Iterator

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Opened, Reject, Source
from undertow.collect.encoding import decide, head_text, text_stream
from undertow.collect.pages import charset, page

_MARKS = ("<!doctype html", "<html", "<head", "<body")
_ENDINGS = (".html", ".htm", ".xhtml")


def sniff(opened: Opened) -> float:
    """Sure where the page says that it is one."""
    text = head_text(opened.head)[:2000].lower()
    if any(mark in text for mark in _MARKS):
        return 0.9 if text.lstrip().startswith("<") else 0.35
    return 0.4 if opened.name.lower().endswith(_ENDINGS) and "<" in text else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """One page, one post; scripts and styles are no text."""
    encoding = decide(opened, charset(opened.head))
    yield from encoding.notes()
    limit = opened.limits.message_bytes
    with text_stream(opened, encoding) as stream:
        html = stream.read(limit + 1)
    if len(html) > limit:
        yield Reject("1", "refused: a page without end", html[:200])
        return
    yield from batched([One("1", page(html))], "posts")


SOURCE = Source(
    name="html",
    version=1,
    sniff=sniff,
    read=read,
    media_type="text/html",
    examples=(
        (
            "page.html",
            b"<!doctype html><title>Rooms</title><script>x()</script><p>Two <b>rooms</b></p><p>to let</p>",
            ["Two rooms\nto let"],
        ),
        (
            "page.htm",
            b'<html><body>Ask <a href="tel:+442079460123">Ana</a>, <a href="https://example.org/">more</a></body></html>',
            ["Ask Ana (tel:+442079460123), more"],
        ),
        ("letter.txt", b"a < b and b > c", None),
    ),
)

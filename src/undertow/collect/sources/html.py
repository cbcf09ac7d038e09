"""HTML pages: the title and the visible text of one page."""

from collections.abc import Iterator

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Opened, Reject, Source
from undertow.collect.encoding import decide, head_text, utf8_stream
from undertow.collect.pages import page

_MARKS = ("<!doctype html", "<html", "<head", "<body")


def sniff(opened: Opened) -> float:
    """Sure where the page says that it is one."""
    text = head_text(opened.head)[:2000].lower()
    if any(mark in text for mark in _MARKS):
        return 0.9 if text.lstrip().startswith("<") else 0.35
    return 0.4 if opened.name.lower().endswith((".html", ".htm")) and "<" in text else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """One page, one post; scripts and styles are no text."""
    encoding = decide(opened)
    yield from encoding.notes()
    limit = opened.limits.line_characters
    with utf8_stream(opened, encoding) as stream:
        raw = stream.read(limit + 1)
    if len(raw) > limit:
        yield Reject("1", "refused: a page without end", raw[:200].decode("utf-8", "replace"))
        return
    yield from batched([One("1", page(raw.decode("utf-8", "replace")))], "posts")


SOURCE = Source(
    name="html",
    version=1,
    sniff=sniff,
    read=read,
    media_type="text/html",
    examples=(
        (
            "page.html",
            b"<!doctype html><title>Rooms</title><script>x()</script><p>Two rooms</p><p>to let</p>",
            ["Two rooms\nto let"],
        ),
        ("letter.txt", b"a < b and b > c", None),
    ),
)

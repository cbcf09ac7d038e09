"""Plain text: one file, one post."""

from collections.abc import Iterator

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Opened, Reject, Source
from undertow.collect.encoding import decide, head_text, text_stream

_ENDINGS = (".txt", ".text", ".md")


def sniff(opened: Opened) -> float:
    """The last to claim a file: whatever reads as text."""
    if not head_text(opened.head).strip():
        return 0.0
    return 0.3 if opened.name.lower().endswith(_ENDINGS) else 0.1


def read(opened: Opened) -> Iterator[Item]:
    """The whole text as one post, as received."""
    encoding = decide(opened)
    yield from encoding.notes()
    limit = opened.limits.line_characters
    with text_stream(opened, encoding) as stream:
        text = stream.read(limit + 1)
    if len(text) > limit:
        yield Reject("1", "refused: a text without end", text[:200])
        return
    yield from batched([One("1", {"text": text, "kind": "post"})], "posts")


SOURCE = Source(
    name="text",
    version=1,
    sniff=sniff,
    read=read,
    media_type="text/plain",
    examples=(
        ("letter.txt", b"Liebe Nachbarn,\ndas Zimmer ist frei.\n", ["Liebe Nachbarn,\ndas Zimmer ist frei.\n"]),
        ("noise.bin", bytes(range(256)), None),
    ),
)

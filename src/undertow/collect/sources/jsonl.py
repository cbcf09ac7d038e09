"""JSON lines: one object a line."""

from collections.abc import Iterator

import orjson

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Note, Opened, Reject, Source
from undertow.collect.encoding import decide, head_text, text_stream
from undertow.collect.lines import EXCERPT, Lines


def sniff(opened: Opened) -> float:
    """Sure where the first lines are objects."""
    lines = [line for line in head_text(opened.head).splitlines()[:3] if line.strip()]
    if not lines or not lines[0].lstrip().startswith("{"):
        return 0.0
    first = _object(lines[0])
    if first is None:
        return 0.6 if opened.name.lower().endswith((".jsonl", ".ndjson")) else 0.0
    return 0.95 if len(lines) > 1 or opened.name.lower().endswith((".jsonl", ".ndjson")) else 0.5


def read(opened: Opened) -> Iterator[Item]:
    """One record a line; a line that is no object is a reject with its number."""
    encoding = decide(opened)
    yield from encoding.notes()
    with text_stream(opened, encoding) as stream:
        yield from batched(_records(Lines(stream, opened.limits.line_characters)))


def _records(lines: Lines) -> Iterator[One | Reject | Note]:
    for line in lines:
        lines.taken()
        if line.strip():
            found = _object(line)
            if found is None:
                yield Reject(f"line {lines.number}", "the line is no JSON object", line[:EXCERPT])
            else:
                yield One(str(lines.number), found)
    yield from lines.rejects


def _object(line: str) -> dict[str, object] | None:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


SOURCE = Source(
    name="jsonl",
    version=1,
    sniff=sniff,
    read=read,
    media_type="application/x-ndjson",
    examples=(
        (
            "posts.jsonl",
            b'{"text": "Room to let"}\nno object\n{"text": "Cook wanted"}\n',
            ["Room to let", "Cook wanted"],
        ),
        ("posts.json", b'[{"text": "Room to let"}]', None),
    ),
)

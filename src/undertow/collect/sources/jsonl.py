"""JSON lines: one object a line."""

import json
from collections.abc import Iterator

import orjson

from undertow.collect.batches import One, batched, flat
from undertow.collect.contract import Item, Opened, Reject, Source
from undertow.collect.encoding import decide, head_text, text_stream
from undertow.collect.lines import EXCERPT, Lines
from undertow.collect.opening import HEAD

_ENDINGS = (".jsonl", ".ndjson", ".jl")


def sniff(opened: Opened) -> float:
    """Sure where the first lines are objects."""
    lines = [line for line in head_text(opened.head).split("\n")[:4] if line.strip()]
    named = opened.name.lower().endswith(_ENDINGS)
    if not lines or not lines[0].lstrip().startswith("{"):
        return 0.6 if named and lines else 0.0
    if _object(lines[0]) is None:
        return (0.9 if len(lines) == 1 and len(opened.head) >= HEAD else 0.6) if named else 0.0
    return 0.95 if named or any(line.lstrip().startswith("{") for line in lines[1:]) else 0.5


def read(opened: Opened) -> Iterator[Item]:
    """One record a line; a line that is no object is a reject. The position counts lines that are not blank."""
    encoding = decide(opened)
    yield from encoding.notes()
    with text_stream(opened, encoding) as stream:
        yield from batched(_records(Lines(stream, opened.limits.line_characters)))


def _records(lines: Lines) -> Iterator[One | Reject]:
    number = 0
    for line in lines:
        lines.taken()
        if line.strip():
            number += 1
            found = _object(line)
            if found is None:
                yield Reject(str(number), "the line is no JSON object", line[:EXCERPT])
            else:
                yield One(str(number), flat(found))
    yield from lines.rejects


def _object(line: str) -> dict[str, object] | None:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        try:  # slower, and less strict: half a surrogate pair, NaN
            found = json.loads(line)
        except (ValueError, RecursionError):
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

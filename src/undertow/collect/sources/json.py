"""JSON: an array of objects, an object that holds one, or one object."""

from collections.abc import Iterator

import ijson

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Note, Opened, Reject, Source
from undertow.collect.encoding import decide, head_text, utf8_stream

_DEEPEST = 3  # objects around the array of records


def sniff(opened: Opened) -> float:
    """Sure where it begins like an array of objects, or like an object."""
    text = head_text(opened.head).lstrip()
    if not text.startswith(("[", "{")) or text[1:].lstrip()[:1] not in ("{", '"', "]", "}"):
        return 0.0
    return 0.7 if opened.name.lower().endswith(".json") or text[1:].lstrip()[:1] in ("{", "]") else 0.4


def read(opened: Opened) -> Iterator[Item]:
    """Streams the first array of objects; the position is the place in it, counted from 1."""
    encoding = decide(opened)
    yield from encoding.notes()
    path, note = _array(opened)
    yield from note
    yield from batched(_records(opened, path))


def _records(opened: Opened, path: str | None) -> Iterator[One | Reject | Note]:
    number = 0
    with utf8_stream(opened, decide(opened)) as stream:
        try:
            for found in ijson.items(stream, "" if path is None else path, use_float=True):
                number += 1
                if isinstance(found, dict):
                    yield One(str(number), found)
                else:
                    yield Reject(str(number), "the element is no object", str(found)[:200])
        except (ijson.JSONError, UnicodeDecodeError) as error:
            yield Reject(f"after {number}", f"the JSON breaks off: {str(error).splitlines()[0]}")


def _array(opened: Opened) -> tuple[str | None, list[Note]]:
    """The path of the first array of objects; None where the whole is one object."""
    with utf8_stream(opened, decide(opened)) as stream:
        try:
            for prefix, event, _ in ijson.parse(stream):
                if event == "start_map" and (prefix == "item" or prefix.endswith(".item")):
                    where = prefix.removesuffix("item").rstrip(".")
                    return prefix, [Note(f"records are read from the list {where}")] if where else []
                if prefix.count(".") > _DEEPEST:
                    break
        except (ijson.JSONError, UnicodeDecodeError):
            return "item" if opened.head.lstrip()[:1] == b"[" else None, []
    return None, []


SOURCE = Source(
    name="json",
    version=1,
    sniff=sniff,
    read=read,
    media_type="application/json",
    examples=(
        ("posts.json", b'[{"text": "Room to let"}, {"text": "Cook wanted"}]', ["Room to let", "Cook wanted"]),
        ("answer.json", b'{"page": 1, "items": [{"text": "Room to let"}]}', ["Room to let"]),
        ("letter.txt", b"Dear all, the room is free.", None),
    ),
)

"""JSON: an array of objects, an object that holds such arrays, an object of objects, or one object."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import ijson

from undertow.collect.batches import One, batched, flat
from undertow.collect.contract import Item, Note, Opened, Reject, Source
from undertow.collect.encoding import Encoding, decide, head_text
from undertow.collect.jsontext import json_stream

_STARTS = ("{", '"', "]", "}", "[")
_DAMAGE = (ijson.JSONError, UnicodeDecodeError, ValueError, OverflowError)


@dataclass(slots=True)
class _Shape:
    """Where in an object the records are."""

    lists: dict[str, None] = field(default_factory=dict)  # paths of arrays of objects, outermost only
    objects: int = 0  # values of the object that are objects
    others: list[str] = field(default_factory=list)  # keys of its other values


def sniff(opened: Opened) -> float:
    """Sure where it begins like an array of objects, or like an object."""
    text = head_text(opened.head).lstrip()
    if not text.startswith(("[", "{")) or not text[1:].lstrip().startswith(_STARTS):
        return 0.0
    named = opened.name.lower().endswith((".json", ".geojson"))
    return 0.85 if named else 0.7 if text[1:].lstrip()[:1] in ("{", '"') else 0.4


def read(opened: Opened) -> Iterator[Item]:
    """Streams the records; the position is the place in its list, counted from 1, after the path of a list inside."""
    encoding = decide(opened)
    yield from encoding.notes()
    if head_text(opened.head).lstrip().startswith("["):
        yield from batched(_items(opened, encoding, ""))
        return
    shape = _shape(opened, encoding)
    for path in shape.lists:
        yield from batched(_items(opened, encoding, path), part=path)
    if shape.lists and shape.others:
        yield Note(f"outside the lists of records stand: {', '.join(shape.others)}")
    if not shape.lists and shape.objects > 1 and not shape.others:
        yield from batched(_values(opened, encoding))
    elif not shape.lists:
        yield from batched(_whole(opened, encoding))


def _items(opened: Opened, encoding: Encoding, path: str) -> Iterator[One | Reject]:
    before = f"{path}!" if path else ""
    number = 0
    with json_stream(opened, encoding) as stream:
        try:
            for found in ijson.items(stream, f"{path}.item" if path else "item", use_float=True):
                number += 1
                if isinstance(found, dict):
                    yield One(f"{before}{number}", flat(found))
                else:
                    yield Reject(f"{before}{number}", "the element is no object", str(found)[:200])
        except _DAMAGE as error:
            yield Reject(f"{before}after {number}", "the JSON breaks off or is not valid", _first_line(error))


def _values(opened: Opened, encoding: Encoding) -> Iterator[One | Reject]:
    """The values of an object of objects, each with its key."""
    number = 0
    with json_stream(opened, encoding) as stream:
        try:
            for key, found in ijson.kvitems(stream, "", use_float=True):
                number += 1
                yield One(str(number), {"key": key, **flat(found)})
        except _DAMAGE as error:
            yield Reject(f"after {number}", "the JSON breaks off or is not valid", _first_line(error))


def _whole(opened: Opened, encoding: Encoding) -> Iterator[One | Reject]:
    with json_stream(opened, encoding) as stream:
        try:
            for found in ijson.items(stream, "", use_float=True):
                yield One("1", flat(found)) if isinstance(found, dict) else Reject("1", "the JSON is no object")
        except _DAMAGE as error:
            yield Reject("1", "the JSON breaks off or is not valid", _first_line(error))


def _shape(opened: Opened, encoding: Encoding) -> _Shape:
    shape = _Shape()
    with json_stream(opened, encoding) as stream:
        try:
            for prefix, event, _ in ijson.parse(stream):
                if event == "start_map" and prefix.endswith(".item") and prefix.split(".").count("item") == 1:
                    shape.lists.setdefault(prefix.removesuffix(".item"))
                elif prefix and "." not in prefix and not event.startswith("end") and event != "map_key":
                    shape.objects += event == "start_map"
                    if event not in ("start_map", "start_array"):
                        shape.others.append(prefix)
        except _DAMAGE:
            pass  # said by whoever reads the records
    return shape


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:200]


SOURCE = Source(
    name="json",
    version=1,
    sniff=sniff,
    read=read,
    media_type="application/json",
    examples=(
        ("posts.json", b'[{"text": "Room to let"}, {"text": "Cook wanted"}]', ["Room to let", "Cook wanted"]),
        ("answer.json", b'{"page": 1, "data": {"items": [{"text": "Room to let"}]}}', ["Room to let"]),
        (
            "keyed.json",
            b'{"a1": {"text": "Room to let"}, "a2": {"text": "Cook wanted"}}',
            ["Room to let", "Cook wanted"],
        ),
        ("one.json", b'{"user": {"name": "Ana"}, "text": "Room to let"}', ["Room to let"]),
        ("letter.txt", b"Dear all, the room is free.", None),
    ),
)

"""MISP: the hashes among the attributes of events, and of the objects in them (JSON).

MISP knows no type for PDQ. An attribute whose type or object relation is `pdq` is read as one; how others write it is
not known.
"""

from collections.abc import Iterator
from typing import BinaryIO

from undertow.match.contract import Entry, Fault, Item, ListFormat
from undertow.match.listjson import Record, is_json, keys, nested, records, text, truth

_HASHES = ("pdq", "md5", "sha1", "sha256", "sha512", "photodna")


def _sniff(_name: str, head: bytes) -> float:
    held = keys(head)
    return 0.8 if is_json(head) and bool({"Attribute", "Object"} & held) and b'"Event"' in head else 0.0


def _read(stream: BinaryIO) -> Iterator[Item]:
    for one in records(stream, "response.item.Event", "item.Event", "Event"):
        if isinstance(one, Fault):
            yield one
            continue
        position, event = one
        held = nested(event.get("Attribute"))
        held += [attribute for part in nested(event.get("Object")) for attribute in nested(part.get("Attribute"))]
        for number, attribute in enumerate(held, 1):
            yield from _entries(f"{position}.{number}", attribute)


def _entries(position: str, attribute: Record) -> Iterator[Entry]:
    """One attribute; `filename|md5` holds a name before its hash."""
    kind = text(attribute, "type").lower().removeprefix("filename|")
    relation = text(attribute, "object_relation").lower()
    algorithm = next((name for name in (kind, relation) if name in _HASHES), "")
    if algorithm:
        yield Entry(
            position,
            algorithm,
            text(attribute, "value").rpartition("|")[2],
            entry_id=text(attribute, "uuid", "id"),
            label=text(attribute, "category"),
            state="withdrawn" if truth(attribute.get("deleted")) else "active",
        )


FORMAT = ListFormat(
    name="misp",
    version=1,
    sniff=_sniff,
    read=_read,
    examples=[
        (
            "event.json",
            b'{"Event": {"id": "1", "Attribute": [{"type": "filename|md5", "value": "a.jpg|%s", "uuid": "u1"}, {"type":'
            b' "url", "value": "https://a.example"}], "Object": [{"name": "file", "Attribute": [{"type": "other", '
            b'"object_relation": "pdq", "value": "%s", "deleted": true}]}]}}' % (b"ab" * 16, b"0f" * 32),
            [("md5", "ab" * 16, "active"), ("pdq", "0f" * 32, "withdrawn")],
        ),
        ("other.json", b'{"objects": [{"type": "file", "id": "file--1"}], "id": "bundle--1"}', None),
    ],
)

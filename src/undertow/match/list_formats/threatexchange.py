"""ThreatExchange: descriptors, or updates that hold descriptors, as its interface hands them out (JSON).

Field names as read by the client in facebook/threatexchange (python-threatexchange, clients/fb_threatexchange).
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from undertow.match.contract import Entry, Fault, Item, ListFormat, State
from undertow.match.listjson import Record, is_json, keys, nested, records, text, truth

_DISAGREES = "DISAGREE_WITH_TAGS"
_ALGORITHMS = {"HASH_VIDEO_MD5": "md5"}


def _sniff(_name: str, head: bytes) -> float:
    held = keys(head)
    found = "type" in held and (bool({"raw_indicator", "descriptors"} & held) or {"indicator", "should_delete"} <= held)
    return 0.9 if is_json(head) and found else 0.0


def _read(stream: BinaryIO) -> Iterator[Item]:
    for one in records(stream, "data.item", "item"):
        yield one if isinstance(one, Fault) else _entry(*one)


def _entry(position: str, record: Record) -> Entry:
    kind = text(record, "type").upper()
    opinions = [record, *nested(record.get("descriptors"))]
    return Entry(
        position,
        _ALGORITHMS.get(kind, kind.removeprefix("HASH_").lower()),
        text(record, "raw_indicator", "indicator"),
        entry_id=text(record, "id"),
        label=", ".join(sorted({tag for one in opinions for tag in _tags(one.get("tags"))})),
        state=_state(record, opinions),
    )


def _tags(value: object) -> list[str]:
    """Tags as a list of words, or as `{"data": [{"text": ...}]}`."""
    if isinstance(value, list):
        return [tag for tag in value if isinstance(tag, str)]
    return [text(one, "text") for one in nested(value)]


def _state(record: Record, opinions: list[Mapping[str, Any]]) -> State:
    """Harmless where every opinion calls it that; disputed where they differ or a member disagrees."""
    if truth(record.get("should_delete")):
        return "withdrawn"
    said = [text(one, "status").upper() for one in opinions if text(one, "status")]
    harmless = [status == "NON_MALICIOUS" for status in said]
    if harmless and all(harmless):
        return "harmless"
    return "disputed" if any(harmless) or any(_disagrees(one) for one in opinions) else "active"


def _disagrees(one: Record) -> bool:
    return any(_DISAGREES in str(one.get(name)) for name in ("reactions", "my_reactions"))


FORMAT = ListFormat(
    name="threatexchange",
    version=1,
    sniff=_sniff,
    read=_read,
    examples=[
        (
            "descriptors.json",
            b'{"data": [{"id": "3058", "raw_indicator": "%s", "type": "HASH_MD5", "owner": {"id": "61"}, "status": '
            b'"MALICIOUS", "tags": {"data": [{"text": "x"}]}}, {"id": "1", "raw_indicator": "%s", "type": "HASH_PDQ", '
            b'"status": "NON_MALICIOUS"}, {"id": "2", "raw_indicator": "%s", "type": "HASH_PDQ", "status": "MALICIOUS",'
            b' "reactions": [{"DISAGREE_WITH_TAGS": ["9"]}]}]}' % (b"ab" * 16, b"0f" * 32, b"f0" * 32),
            [("md5", "ab" * 16, "active"), ("pdq", "0f" * 32, "harmless"), ("pdq", "f0" * 32, "disputed")],
        ),
        (
            "updates.json",
            b'{"data": [{"id": "5", "indicator": "%s", "type": "HASH_PDQ", "should_delete": true}, {"id": "6", '
            b'"indicator": "%s", "type": "HASH_VIDEO_MD5", "should_delete": false, "descriptors": {"data": [{"status":'
            b' "MALICIOUS"}, {"status": "NON_MALICIOUS"}]}}]}' % (b"0f" * 32, b"ab" * 16),
            [("pdq", "0f" * 32, "withdrawn"), ("md5", "ab" * 16, "disputed")],
        ),
        ("other.json", b'{"objects": [{"type": "indicator", "pattern": "x"}]}', None),
    ],
)

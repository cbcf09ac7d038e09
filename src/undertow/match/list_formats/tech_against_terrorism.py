"""Tech Against Terrorism: its hash list, as its interface hands it out (hash-list v2, JSON).

Field names as read by the client in facebook/threatexchange (python-threatexchange, clients/techagainstterrorism).
"""

from collections.abc import Iterator
from typing import BinaryIO

from undertow.match.contract import Entry, Fault, Item, ListFormat
from undertow.match.listjson import is_json, keys, records, text, truth


def _sniff(_name: str, head: bytes) -> float:
    return 0.9 if is_json(head) and {"hash_digest", "algorithm"} <= keys(head) else 0.0


def _read(stream: BinaryIO) -> Iterator[Item]:
    for one in records(stream, "results.item", "item"):
        if isinstance(one, Fault):
            yield one
            continue
        position, record = one
        yield Entry(
            position,
            text(record, "algorithm"),
            text(record, "hash_digest"),
            entry_id=text(record, "id"),
            label=text(record, "ideology"),
            state="withdrawn" if truth(record.get("deleted")) else "active",
        )


FORMAT = ListFormat(
    name="tech_against_terrorism",
    version=1,
    sniff=_sniff,
    read=_read,
    examples=[
        (
            "all.json",
            b'{"count": 2, "next": null, "checkpoint": "1704085200,124", "results": [{"hash_digest": "%s", '
            b'"algorithm": "MD5", "ideology": "far-right", "file_type": "mp4", "deleted": false, "id": 7}, '
            b'{"hash_digest": "%s", "algorithm": "PDQ", "deleted": true, "id": 8}]}' % (b"ab" * 16, b"0f" * 32),
            [("MD5", "ab" * 16, "active"), ("PDQ", "0f" * 32, "withdrawn")],
        ),
        ("other.json", b'{"hashRecords": [{"signalType": "ImagePDQ", "hashValue": "00"}]}', None),
    ],
)

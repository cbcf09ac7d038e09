"""STIX 2.1: files with hashes, and indicators whose pattern names the hashes of files.

STIX knows no PDQ. Two forms are read, both of which the validator of OASIS takes with a warning: a key `PDQ` among the
hashes of a file, and a pattern `[file:hashes.'PDQ' = '...']`. A pattern cannot state a distance; the list's own counts.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from undertow.match.contract import Entry, Fault, Item, ListFormat
from undertow.match.listjson import Record, is_json, keys, moment, records, text, truth

_HASH = re.compile(r"file:hashes\.(?:'([\w .-]{1,40})'|([\w-]{1,40}))\s*=\s*'([0-9A-Za-z+/=:]{1,400})'")


def _sniff(_name: str, head: bytes) -> float:
    return 0.8 if is_json(head) and {"objects", "id"} <= keys(head) and b"bundle--" in head else 0.0


def _read(stream: BinaryIO) -> Iterator[Item]:
    for one in records(stream, "objects.item"):
        if isinstance(one, Fault):
            yield one
        elif text(one[1], "type") in ("file", "artifact", "indicator"):
            yield from _entries(*one)


def _entries(position: str, record: Record) -> Iterator[Item]:
    hashes = record.get("hashes")
    pattern = text(record, "pattern")
    if isinstance(hashes, dict):
        found = [(str(name), str(value)) for name, value in hashes.items()]
    else:
        found = [(hit[1] or hit[2], hit[3]) for hit in _HASH.finditer(pattern)]
        if re.search(r"\bNOT\b|!=|\bFOLLOWEDBY\b|\]\s*AND\s*\[", pattern):
            yield Fault(position, "a pattern that is more than a choice of hashes is not read")
            return
    labels = record.get("labels")
    for algorithm, value in found:
        yield Entry(
            position,
            algorithm,
            value,
            entry_id=text(record, "id"),
            label=", ".join(str(one) for one in labels) if isinstance(labels, list) else "",
            state="withdrawn" if truth(record.get("revoked")) else "active",
            expires=moment(text(record, "valid_until")),
        )
    if not found and text(record, "type") == "indicator":
        yield Fault(position, "an indicator that names no hash of a file")


FORMAT = ListFormat(
    name="stix",
    version=1,
    sniff=_sniff,
    read=_read,
    media_type="application/stix+json",
    examples=[
        (
            "bundle.json",
            b'{"type": "bundle", "id": "bundle--6f8d1d3c-9d2e-4a55-8a3f-2c1f2b3c4d5e", "objects": [{"type": "file", '
            b'"id": "file--1", "hashes": {"PDQ": "%s", "MD5": "%s"}}, {"type": "indicator", "id": "indicator--2", '
            b'"revoked": true, "pattern_type": "stix", "pattern": "[file:hashes.\'SHA-256\' = \'%s\' OR file:hashes.'
            b'\'PDQ\' = \'%s\']"}, {"type": "identity", "id": "identity--3"}]}'
            % (b"0f" * 32, b"ab" * 16, b"cd" * 32, b"f0" * 32),
            [
                ("PDQ", "0f" * 32, "active"),
                ("MD5", "ab" * 16, "active"),
                ("SHA-256", "cd" * 32, "withdrawn"),
                ("PDQ", "f0" * 32, "withdrawn"),
            ],
        ),
        ("other.json", b'{"Event": {"id": "1", "Attribute": [{"type": "md5", "value": "00"}]}}', None),
    ],
)

"""Hash sets in the shape of Project VIC (JSON, OData): what public code shows of a model that is not public.

Only hash sets, not cases; not certified by anybody. `IsPrecategorized` says nothing that can be relied on and is not
read. `Category` means what the country's scheme says it means, so it is kept as it stands.
"""

from collections.abc import Iterator
from typing import BinaryIO

from undertow.match.contract import Entry, Fault, Item, ListFormat
from undertow.match.listjson import Record, is_json, keys, nested, records, text

_HASHES = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256", "PhotoDNA": "photodna"}


def _sniff(_name: str, head: bytes) -> float:
    held = keys(head)
    return 0.9 if is_json(head) and "MediaID" in held and bool({"MD5", "SHA1", "AlternativeHashes"} & held) else 0.0


def _read(stream: BinaryIO) -> Iterator[Item]:
    for one in records(stream, "value.item", "item"):
        if isinstance(one, Fault):
            yield one
            continue
        yield from _entries(*one)


def _entries(position: str, record: Record) -> Iterator[Item]:
    if "Media" in record:
        yield Fault(position, "this is a case, not a hash set")
        return
    found = [(algorithm, text(record, name)) for name, algorithm in _HASHES.items()]
    found += [(text(one, "HashName"), text(one, "HashValue")) for one in nested(record.get("AlternativeHashes"))]
    category = text(record, "Category")
    label = f"category {category}" if category else ""
    held = [(algorithm, value) for algorithm, value in found if value]
    for algorithm, value in held:
        yield Entry(position, algorithm, value, entry_id=text(record, "MediaID"), label=label)
    if not held:
        yield Fault(position, "there is no hash in this entry")


_START = b'\xef\xbb\xbf{"@odata.context": "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media",'

FORMAT = ListFormat(
    name="vics",
    version=1,
    sniff=_sniff,
    read=_read,
    examples=[
        (
            "set.json",
            _START + b'"value": [{"MediaID": 1, "Category": 2, "MD5": "%s", "SHA1": "%s", "PhotoDNA": "AAAA", '
            b'"AlternativeHashes": [{"HashName": "PDQ", "HashValue": "%s"}]}]}' % (b"AB" * 16, b"cd" * 20, b"0f" * 32),
            [
                ("md5", "AB" * 16, "active"),
                ("sha1", "cd" * 20, "active"),
                ("photodna", "AAAA", "active"),
                ("PDQ", "0f" * 32, "active"),
            ],
        ),
        ("other.json", b'{"value": [{"id": 1, "MD5": "00"}]}', None),
    ],
)

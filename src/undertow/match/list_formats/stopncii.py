"""StopNCII: hashes that people made of pictures of themselves, as its interface hands them out (FetchHashes, JSON).

Field names as read by the client in facebook/threatexchange (python-threatexchange, clients/stopncii).
"""

from collections.abc import Iterator
from typing import BinaryIO

from undertow.match.contract import Entry, Fault, Item, ListFormat, State
from undertow.match.listjson import Record, is_json, keys, nested, records, text

_TAKEN_BACK = {"withdrawn", "deleted"}
_ALGORITHMS = {"imagepdq": "pdq", "videomd5": "md5", "videotmk": "tmk_pdqf"}


def _sniff(_name: str, head: bytes) -> float:
    return 0.9 if is_json(head) and {"hashValue", "signalType"} <= keys(head) else 0.0


def _read(stream: BinaryIO) -> Iterator[Item]:
    for one in records(stream, "hashRecords.item", "item"):
        yield one if isinstance(one, Fault) else _entry(*one)


def _entry(position: str, record: Record) -> Entry:
    kind = text(record, "signalType")
    cases = record.get("caseNumbers")
    label = f"{len(cases)} cases" if isinstance(cases, dict) and cases else ""
    return Entry(
        position, _ALGORITHMS.get(kind.lower(), kind), text(record, "hashValue"), label=label, state=_state(record)
    )


def _state(record: Record) -> State:
    if text(record, "hashStatus").lower() in _TAKEN_BACK:
        return "withdrawn"
    said = {text(one, "feedbackValue").lower() for one in nested(record.get("CSPFeedbacks"))}
    return "disputed" if "notblocked" in said else "active"


_PDQ = "d811ac390bfa6005d08543fe27fd5a11f6b55bdd2603000dc26476fc79fc76b5"

FORMAT = ListFormat(
    name="stopncii",
    version=1,
    sniff=_sniff,
    read=_read,
    examples=[
        (
            "page.json",
            b'{"count": 3, "nextSetTimestamp": 1, "hasMoreRecords": false, "hashRecords": [{"lastModtimestamp": 1, '
            b'"signalType": "ImagePDQ", "hashValue": "' + _PDQ.encode() + b'", "hashStatus": "Active", "caseNumbers": '
            b'{"a": "Active"}}, {"signalType": "VideoMD5", "hashValue": "%s", "hashStatus": "Withdrawn"}, '
            b'{"signalType": "ImagePDQ", "hashValue": "%s", "hashStatus": "Active", "CSPFeedbacks": [{"source": "s", '
            b'"feedbackValue": "NotBlocked"}]}]}' % (b"ab" * 16, b"0f" * 32),
            [("pdq", _PDQ, "active"), ("md5", "ab" * 16, "withdrawn"), ("pdq", "0f" * 32, "disputed")],
        ),
        ("other.json", b'{"results": [{"hash_digest": "00", "algorithm": "MD5"}]}', None),
    ],
)

"""CSV with a header: a column for each kind of hash, or one of hashes beside one that names their kind."""

import csv
import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from undertow.match.contract import Entry, Fault, Item, ListFormat, State

_KINDS = ("pdq", "md5", "sha1", "sha256", "sha512", "photodna", "tmk_pdqf")
_NAMES = {
    "value": ("hash", "value", "hash_value", "hash_digest", "signal", "signal_value", "raw_indicator", "indicator"),
    "algorithm": ("algorithm", "type", "hash_type", "signal_type", "kind"),
    "quality": ("quality", "pdq_quality"),
    "entry_id": ("id", "entry_id", "media_id"),
    "label": ("label", "category", "classification", "tags"),
    "state": ("status", "state"),
}
_STATES: Mapping[str, State] = {
    "withdrawn": "withdrawn",
    "deleted": "withdrawn",
    "retracted": "withdrawn",
    "disputed": "disputed",
    "non_malicious": "harmless",
}


def _sniff(_name: str, head: bytes) -> float:
    columns = _columns(next(csv.reader([_text(head).split("\n", 1)[0]], _dialect(head)), []))
    return 0.7 if columns else 0.0


def _read(stream: BinaryIO) -> Iterator[Item]:
    stream.seek(0)
    dialect = _dialect(stream.read(1 << 12))
    stream.seek(0)
    rows = csv.reader(io.TextIOWrapper(_Kept(stream), "utf-8-sig", "replace", newline=""), dialect)
    columns: Mapping[str, int] = {}
    for number in itertools.count():
        line = rows.line_num
        try:
            row = next(rows, None)
        except csv.Error:
            yield Fault(str(number), "this row is no CSV")
            if rows.line_num == line:  # it would fail on the same again, without end
                return
            continue
        if row is None:
            return
        if number == 0:
            columns = _columns(row)
        elif any(cell.strip() for cell in row):
            yield from _entries(str(number), row, columns)


class _Kept(io.BufferedReader):
    """A stream that stays open when its reader is let go."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream)  # type: ignore[arg-type]

    def close(self) -> None:
        self.detach()


def _entries(position: str, row: Sequence[str], columns: Mapping[str, int]) -> Iterator[Item]:
    def cell(name: str) -> str:
        place = columns.get(name, -1)
        return row[place].strip() if 0 <= place < len(row) else ""

    said = [(kind, cell(kind)) for kind in _KINDS] + [(cell("algorithm"), cell("value"))]
    found = [(algorithm, value) for algorithm, value in said if value]
    quality = cell("quality")
    for algorithm, value in found:
        yield Entry(
            position,
            algorithm,
            value,
            entry_id=cell("entry_id"),
            label=cell("label"),
            quality=int(quality) if quality.isascii() and quality.isdigit() and len(quality) < 6 else None,
            state=_STATES.get(cell("state").lower(), "active"),
        )
    if not found:
        yield Fault(position, "there is no hash in this row")


def _columns(header: Sequence[str]) -> Mapping[str, int]:
    """Where each field stands; nothing where no column holds hashes."""
    names = [name.strip().lower().replace(" ", "_").replace("-", "") for name in header]
    found = {kind: names.index(kind) for kind in _KINDS if kind in names}
    for name, forms in _NAMES.items():
        present = [form for form in forms if form in names]
        if present:
            found[name] = names.index(present[0])
    return found if found.keys() & {*_KINDS, "value"} and len(names) > 1 else {}


def _dialect(head: bytes) -> type[csv.Dialect]:
    first = _text(head).split("\n", 1)[0]
    mark = max(",;\t|", key=first.count)

    class Found(csv.excel):
        delimiter = mark

    return Found


def _text(head: bytes) -> str:
    return head.decode("utf-8-sig", "replace").replace("\r", "\n").replace("\0", "")


FORMAT = ListFormat(
    name="csv",
    version=1,
    sniff=_sniff,
    read=_read,
    media_type="text/csv",
    examples=[
        (
            "list.csv",
            b"id;hash;type;quality;status\n1;%s;pdq;90;\n2;%s;md5;;withdrawn\n" % (b"0f" * 32, b"ab" * 16),
            [("pdq", "0f" * 32, "active"), ("md5", "ab" * 16, "withdrawn")],
        ),
        (
            "wide.csv",
            b"PDQ,MD5,label\n%s,%s,a\n" % (b"0f" * 32, b"ab" * 16),
            [("pdq", "0f" * 32, "active"), ("md5", "ab" * 16, "active")],
        ),
        ("posts.csv", b"account,text\nana,hello\n", None),
    ],
)

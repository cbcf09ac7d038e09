"""Tables in plain text: comma, semicolon, tab or pipe between the cells, with a header or without."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from undertow.collect import headers
from undertow.collect.contract import Item, Note, Opened, Reject, Rows, Source
from undertow.collect.encoding import decide, head_text, text_stream
from undertow.collect.lines import EXCERPT, Lines
from undertow.collect.opening import HEAD
from undertow.collect.tabular import is_header, named

_SIGNS = (",", ";", "\t", "|")
_ENDINGS = (".csv", ".tsv", ".tab", ".psv")
_SAYS_SIGN = "sep="  # Excel's own first line
_ROWS, _CHARACTERS, _CELLS = 20_000, 16 << 20, 1_000_000  # of a batch
_LOOKED_AT = 100  # records from which delimiter and header are told
_MORE = "(more)"  # cells that stand beyond the last header
_OPEN_QUOTE = "a quote that is never closed; the lines after it are read on their own"
_ONE_CELL = "one cell where the header has more than two"


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What sets cells apart, how many the first record has, what share of the records agrees, and the first records."""

    sign: str
    width: int
    agrees: float
    records: Sequence[Sequence[str]]


def sniff(opened: Opened) -> float:
    """Sure by its ending; without one, only where the header is known or many records agree."""
    text = head_text(opened.head)
    if not text.strip():
        return 0.0
    if opened.name.lower().endswith(_ENDINGS):
        return 0.8
    dialect = _dialect(opened)
    if dialect.width < 2 or dialect.agrees < 0.95 or len(dialect.records) < 2:
        return 0.0
    if sum(map(headers.is_known, dialect.records[0])) * 2 >= dialect.width and is_header(dialect.records):
        return 0.6
    return 0.5 if dialect.sign != "," and len(dialect.records) >= 5 and dialect.width >= 3 else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """Rows in batches; short rows are filled up, cells beyond the header are kept, both are said."""
    encoding = decide(opened)
    yield from encoding.notes()
    dialect = _dialect(opened)
    if dialect.sign != ",":
        yield Note(f"cells are set apart by {dialect.sign!r}")
    csv.field_size_limit(opened.limits.line_characters)
    with text_stream(opened, encoding) as stream:
        lines = Lines(stream, opened.limits.line_characters)
        first = next(iter(lines), "")
        if not first.lower().startswith(_SAYS_SIGN):
            lines.unread(lines.taken())
        lines.taken()
        yield from _Table(dialect, lines).items()


@dataclass(slots=True)
class _Table:
    """One table being read."""

    dialect: _Dialect
    lines: Lines
    names: Sequence[str] = ()
    places: list[int] = field(default_factory=list)
    records: list[list[str]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    ragged: Counter[str] = field(default_factory=Counter)
    first_ragged: dict[str, int] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """Everything in it."""
        records = filter(None, self._records())
        number = 0
        if is_header(self.dialect.records):
            self.names = named(next(records, []))
        elif self.dialect.records:
            self.names = named([""] * self.dialect.width)
            yield Note("the first row is no header: columns are numbered")
        width, most = len(self.names), min(_ROWS, _CELLS // max(1, len(self.names)) + 1)
        for record in records:
            number += 1
            if len(record) != width and not self._fits(record, number, width):
                continue
            self.places.append(number)
            self.records.append(record)
            if len(self.records) >= most or self.lines.characters > _CHARACTERS:
                yield from self._batch()
        yield from self._batch()
        for what, count in sorted(self.ragged.items()):
            yield Note(f"{count} rows have {what} cells than the header, the first is row {self.first_ragged[what]}")

    def _fits(self, record: list[str], number: int, width: int) -> bool:
        """Whether a row of another width can be read; fills up a short one."""
        if len(record) == 1 and width > 2:
            self.rejects.append(Reject(str(number), _ONE_CELL, record[0][:EXCERPT]))
            return False
        what = "fewer" if len(record) < width else "more"
        if what == "fewer" or any(record[width:]):
            self.ragged[what] += 1
            self.first_ragged.setdefault(what, number)
        record.extend([""] * (width - len(record)))
        return True

    def _batch(self) -> Iterator[Item]:
        yield from self.lines.rejects
        yield from self.rejects
        if self.records:
            width = len(self.names)
            more = [record[width:] if any(record[width:]) else None for record in self.records]
            columns: dict[str, Sequence[object]] = dict(zip(self.names, zip(*self.records, strict=False), strict=False))
            if any(more):
                columns[_MORE] = more
            yield Rows([str(place) for place in self.places], columns)
        self.records, self.places, self.rejects, self.lines.characters = [], [], [], 0
        self.lines.rejects.clear()

    def _records(self) -> Iterator[list[str]]:
        """Records one behind the reader, so that the last can be looked at: its quote may be open."""
        while True:
            last: list[str] | None = None
            used: list[str] = []
            try:
                for record in csv.reader(self.lines, delimiter=self.dialect.sign):
                    if last is not None:
                        yield last
                    last, used = record, self.lines.taken()
            except csv.Error:
                if last is not None:
                    yield last
                self._resume(self.lines.taken())
                continue
            if len(used) > 1 and self._is_open(used):
                self._resume(used)
                continue
            if last is not None:
                yield last
            return

    def _is_open(self, used: Sequence[str]) -> bool:
        return len(list(islice(csv.reader([*used, "x"], delimiter=self.dialect.sign), 2))) == 1

    def _resume(self, used: Sequence[str]) -> None:
        """Rejects the line that opens a quote for good, and gives the lines after it back."""
        self.rejects.append(Reject(f"line {self.lines.number - len(used) + 1}", _OPEN_QUOTE, used[0][:EXCERPT]))
        self.lines.unread(used[1:])


def _dialect(opened: Opened) -> _Dialect:
    text = head_text(opened.head)
    if text[:4].lower() == _SAYS_SIGN and text[4:5]:
        return _try(text.split("\n", 1)[-1], text[4], opened)
    tried = [_try(text, sign, opened) for sign in _SIGNS]
    return max(tried, key=lambda each: (each.width > 1, round(each.agrees, 1), each.width, -_SIGNS.index(each.sign)))


def _try(text: str, sign: str, opened: Opened) -> _Dialect:
    try:
        records = list(islice(filter(None, csv.reader(io.StringIO(text, newline=""), delimiter=sign)), _LOOKED_AT))
    except csv.Error:
        return _Dialect(sign, 1, 0.0, ())
    if len(opened.head) >= HEAD and 1 < len(records) < _LOOKED_AT:
        records.pop()  # cut in the middle
    width = len(records[0]) if records else 0
    agrees = sum(len(record) == width for record in records) / max(1, len(records))
    return _Dialect(sign, width, agrees, records)


SOURCE = Source(
    name="csv",
    version=1,
    sniff=sniff,
    read=read,
    media_type="text/csv",
    examples=(
        (
            "ads.csv",
            b'title,text\nRoom,Two rooms to let\nWork,"Cook, and cleaner"\n',
            ["Two rooms to let", "Cook, and cleaner"],
        ),
        ("anuncios.txt", "fecha;texto\n01/02/2024;Señora ofrece trabajo\n".encode("cp1252"), ["Señora ofrece trabajo"]),
        ("letter.txt", b"Dear all,\nthe room is free, come by.\n", None),
        ("page.html", b"<!doctype html><title>a, b</title><p>one, two</p>", None),
    ),
)

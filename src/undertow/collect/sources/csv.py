"""Tables in plain text: comma, semicolon, tab or pipe between the cells, with a header or without."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from undertow.collect import headers
from undertow.collect.batches import ROWS
from undertow.collect.contract import Item, Note, Opened, Reject, Rows, Source
from undertow.collect.delimited import Delimited, blocks, field_limit
from undertow.collect.encoding import decide, head_text, text_stream
from undertow.collect.lines import EXCERPT
from undertow.collect.opening import HEAD
from undertow.collect.tabular import is_header, named

_SIGNS = (",", ";", "\t", "|")
_ENDINGS = (".csv", ".tsv", ".tab", ".psv")
_CHARACTERS, _CELLS = 16 << 20, 1_000_000  # of a batch, about
_SAYS_SIGN = "sep="  # Excel's own first line
_BEGINNING = 1 << 20  # characters from which delimiter and header are told
_LOOKED_AT = 100  # records from which delimiter and header are told
_MORE = "(more)"  # cells that stand beyond the last header
_ONE_CELL = "one cell where the header has more than two"


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What sets cells apart, how many the first record has, what share of the records agrees, and the first records."""

    sign: str
    width: int
    agrees: float
    records: Sequence[Sequence[str]]
    says_sign: bool = False  # the first line does, and is no record


def sniff(opened: Opened) -> float:
    """Sure by its ending; without one, only where the header is known or many records agree."""
    text = head_text(opened.head)
    if not text.strip():
        return 0.0
    if opened.name.lower().endswith(_ENDINGS):
        return 0.8
    dialect = _dialect(text, HEAD)
    if dialect.width < 2 or dialect.agrees < 0.95 or len(dialect.records) < 2:
        return 0.0
    if sum(map(headers.is_known, dialect.records[0])) * 2 >= dialect.width and is_header(dialect.records):
        return 0.6
    return 0.5 if dialect.sign != "," and len(dialect.records) >= 5 and dialect.width >= 3 else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """Rows in batches; short rows are filled up, cells beyond the header are kept, both are said."""
    encoding = decide(opened)
    yield from encoding.notes()
    with text_stream(opened, encoding) as stream:
        dialect = _dialect(stream.read(_BEGINNING), _BEGINNING)
    if dialect.sign != ",":
        yield Note(f"cells are set apart by {dialect.sign!r}")
    yield from _Table(dialect).items(blocks(Delimited(opened, encoding, dialect.sign, dialect.says_sign)))


@dataclass(slots=True)
class _Table:
    """One table being read."""

    dialect: _Dialect
    names: Sequence[str] = ()
    number: int = 0  # rows so far
    positions: list[str] = field(default_factory=list)
    records: list[list[str]] = field(default_factory=list)
    characters: int = 0
    ragged: Counter[str] = field(default_factory=Counter)
    first_ragged: dict[str, int] = field(default_factory=dict)

    def items(self, found: Iterator[list[list[str]] | Reject]) -> Iterator[Item]:
        """Everything in it."""
        for block in found:
            if isinstance(block, Reject):
                yield block
                continue
            rows = block if all(block) else [record for record in block if record]
            if not self.names and rows:
                rows = self._after_header(rows)
            if not is_header(self.dialect.records) and not self.number:
                yield Note("the first row is no header: columns are numbered")
            yield from self._take(rows)
            if (
                len(self.records) * len(self.names) > _CELLS
                or self.characters > _CHARACTERS
                or len(self.records) >= ROWS
            ):
                yield from self._batch()
        yield from self._batch()
        for what, count in sorted(self.ragged.items()):
            yield Note(f"{count} rows have {what} cells than the header, the first is row {self.first_ragged[what]}")

    def _after_header(self, rows: list[list[str]]) -> list[list[str]]:
        if is_header(self.dialect.records):
            self.names = named(rows[0])
            return rows[1:]
        self.names = named([""] * self.dialect.width)
        return rows

    def _take(self, rows: list[list[str]]) -> Iterator[Reject]:
        """Adds rows of the right width at once, others one by one."""
        width = len(self.names)
        if all(len(row) == width for row in rows):
            self.positions.extend(map(str, range(self.number + 1, self.number + len(rows) + 1)))
            self.records.extend(rows)
            self.number += len(rows)
        else:
            for row in rows:
                self.number += 1
                if len(row) == 1 and width > 2:
                    yield Reject(str(self.number), _ONE_CELL, row[0][:EXCERPT])
                else:
                    self._fit(row, width)
        self.characters += sum(len(cell) for row in rows[:: len(rows) // 8 or 1] for cell in row) * (
            len(rows) // 8 or 1
        )

    def _fit(self, row: list[str], width: int) -> None:
        """Fills up a short row; what a long one has too much is kept in a column of its own."""
        what = "fewer" if len(row) < width else "more"
        if what == "fewer" or any(row[width:]):
            self.ragged[what] += len(row) != width
            self.first_ragged.setdefault(what, self.number)
        row.extend([""] * (width - len(row)))
        self.positions.append(str(self.number))
        self.records.append(row)

    def _batch(self) -> Iterator[Rows]:
        if self.records:
            width = len(self.names)
            columns: dict[str, Sequence[object]] = dict(zip(self.names, zip(*self.records, strict=False), strict=False))
            if any(len(row) > width for row in self.records):
                columns[_MORE] = [row[width:] if any(row[width:]) else None for row in self.records]
            yield Rows(self.positions, columns)
        self.positions, self.records, self.characters = [], [], 0


def _dialect(text: str, most: int) -> _Dialect:
    """What the beginning of a file shows; one that has `most` characters may be cut in the middle of a record."""
    cut = len(text) >= most
    if text[:4].lower() == _SAYS_SIGN and text[4:5]:
        return replace(_try(text.partition("\n")[2], text[4], cut), says_sign=True)
    tried = [_try(text, sign, cut) for sign in _SIGNS]
    return max(tried, key=lambda each: (each.width > 1, round(each.agrees, 1), each.width, -_SIGNS.index(each.sign)))


def _try(text: str, sign: str, cut: bool) -> _Dialect:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        with field_limit(len(text) + 1):
            records = list(islice(filter(None, reader), _LOOKED_AT))
    except csv.Error:
        return _Dialect(sign, 1, 0.0, ())
    if cut and 1 < len(records) < _LOOKED_AT:
        records.pop()
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

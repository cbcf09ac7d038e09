"""Excel workbooks (xlsx, xlsm, xls, ods): every sheet whose first row is a header."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from undertow.collect.contract import Item, Note, Opened, Reject, Rows, Source
from undertow.collect.tabular import named

_PARTS = (b"xl/workbook", b"xl/worksheets", b"xl/_rels", b"[Content_Types].xml")
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def sniff(opened: Opened) -> float:
    """Sure where the archive's first members are a workbook's."""
    if opened.head.startswith(b"PK") and any(part in opened.head for part in _PARTS[:3]):
        return 1.0
    known = opened.head.startswith((b"PK", _OLD))
    return 0.9 if known and opened.name.lower().endswith(_ENDINGS) else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """Rows of all sheets; the position is `sheet!row`, the row as Excel counts it."""
    with opened.open() as stream:
        try:
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(stream.read()))
            names = list(workbook.sheet_names)
        except (CalamineError, OSError, ValueError) as error:
            yield Reject("", f"the workbook cannot be read: {str(error).splitlines()[0]}")
            return
        for name in names:
            try:
                rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            except (CalamineError, ValueError) as error:
                yield Reject(name, f"the sheet cannot be read: {str(error).splitlines()[0]}")
                continue
            yield from _sheet(name, rows)


def _sheet(name: str, rows: Sequence[Sequence[object]]) -> Iterator[Item]:
    kept = [(number, row) for number, row in enumerate(rows, 1) if any(cell not in ("", None) for cell in row)]
    if len(kept) < 2:
        yield Note(f"the sheet {name} holds no records")
        return
    header = named([str(cell) for cell in kept[0][1]])
    cells = list(zip(*(row for _, row in kept[1:]), strict=False))
    columns = {column: [_cell(cell) for cell in values] for column, values in zip(header, cells, strict=False)}
    yield Rows([f"{name}!{number}" for number, _ in kept[1:]], columns)


def _cell(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _example() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["title", "text"])
    book.active.append(["Room", "Two rooms to let"])
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _plain_archive() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("letter.txt", "Dear all")
    return sink.getvalue()


SOURCE = Source(
    name="xlsx",
    version=1,
    sniff=sniff,
    read=read,
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    examples=(("ads.xlsx", _example(), ["Two rooms to let"]), ("letters.zip", _plain_archive(), None)),
)

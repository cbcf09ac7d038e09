"""Workbooks (xlsx, xlsm, xlsb, ods): every sheet."""

import io
import zipfile
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from undertow.collect.batches import ROWS
from undertow.collect.cells import as_text
from undertow.collect.contract import Item, Note, Opened, Reject, Rows, Source
from undertow.collect.opening import seekable
from undertow.collect.streams import unpacked, unzip
from undertow.collect.tabular import is_header, named

_PARTS = (b"xl/workbook", b"xl/worksheets", b"xl/_rels", b"xl/styles", b"xl/theme", b"xl/sharedStrings")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".ods")
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_LOOKED_AT = 20  # rows
_TROUBLE = (CalamineError, BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError)


def sniff(opened: Opened) -> float:
    """Sure where the archive's first members are a workbook's."""
    if not opened.head.startswith(b"PK"):
        return 0.0
    if _OPEN_DOCUMENT in opened.head[:200] or any(part in opened.head for part in _PARTS):
        return 1.0
    return 0.9 if opened.name.lower().endswith(_ENDINGS) else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """The rows of all sheets; the position is `sheet!row`, the row as the program that made it counts."""
    with seekable(opened) as stream:
        try:
            if not _is_modest(stream, opened):
                yield Reject("", "refused: the workbook unpacks to too much for its size")
                return
            stream.seek(0)
            workbook = CalamineWorkbook.from_filelike(stream)
            for name in workbook.sheet_names:
                yield from _sheet(name, workbook.get_sheet_by_name(name))
        except _TROUBLE as error:
            yield Reject("", "the workbook cannot be read", str(error).split("\n", 1)[0][:200])


def _is_modest(stream: BinaryIO, opened: Opened) -> bool:
    """Whether all members together unpack to what their size allows; read through, as declared sizes may lie."""
    left = max(opened.limits.grace_bytes, stream.seek(0, 2) * opened.limits.ratio)
    with ZipFile(stream) as archive:
        for info in archive.infolist():
            trouble: list[Reject] = []
            member = unpacked(unzip(archive, info), info.compress_size, opened.limits, trouble, closing=lambda: None)
            while chunk := member.read(1 << 20):
                left -= len(chunk)
                if left < 0:
                    return False
            if any("refused" in reject.reason for reject in trouble):
                return False
    return True


def _sheet(name: str, sheet: CalamineSheet) -> Iterator[Item]:
    first = (sheet.start or (0, 0))[0] + 1
    rows = (
        (number, row) for number, row in enumerate(sheet.iter_rows(), first) if any(c not in ("", None) for c in row)
    )
    head = list(islice(rows, _LOOKED_AT))
    if not head:
        yield Note(f"the sheet {name} is empty")
        return
    with_header = is_header([[as_text(cell) for cell in row] for _, row in head])
    names = named([as_text(cell) if with_header else "" for cell in head[0][1]])
    if not with_header:
        yield Note(f"the first row of {name} is no header: columns are numbered")
    kept = chain(head[1:] if with_header else head, rows)
    while batch := list(islice(kept, ROWS)):
        columns = dict(zip(names, zip(*(row for _, row in batch), strict=False), strict=False))
        yield Rows([f"{name}!{number}" for number, _ in batch], columns, part=name)


def _example() -> bytes:
    """A workbook by hand, in the smaller of the two formats: making one with a library would load it at every start."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [
        f"<table:table-row>{cell.format(one)}{cell.format(two)}</table:table-row>"
        for one, two in (("title", "text"), ("Room", "Two rooms to let"))
    ]
    spaces = " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="Ads">{"".join(rows)}</table:table>'
    content = f"<office:document-content {spaces}>{body}</office:spreadsheet></office:body></office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
    manifest = f'<m:manifest xmlns:m="{_OASIS}:manifest:1.0">{entry}</m:manifest>'
    return _archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _archive(members: dict[str, str]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return sink.getvalue()


SOURCE = Source(
    name="xlsx",
    version=1,
    sniff=sniff,
    read=read,
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    examples=(
        ("ads.ods", _example(), ["Two rooms to let"]),
        ("letters.zip", _archive({"letter.txt": "Dear all"}), None),
    ),
)

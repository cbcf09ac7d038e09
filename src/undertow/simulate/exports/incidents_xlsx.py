"""Reports that another organisation recorded, in a workbook."""

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from undertow.simulate.delimited import moment
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed

if TYPE_CHECKING:
    from openpyxl import Workbook

HEADER = ("case number", "date reported", "title", "text", "place")
SHEET = "reports"
_MADE = datetime(2026, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")  # openpyxl writes the time of day there, whatever it is told


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One workbook of one sheet; row 1 is its header."""
    from openpyxl import Workbook

    name = f"{start}.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append(HEADER)
    for number, draft in enumerate(drafts, 1):
        get = draft.fields.get
        sheet.append(
            (f"R{number}", moment(draft.at, "%Y-%m-%d"), get("title", ""), get("text", ""), get("place_text", ""))
        )
    _save(book, folder / name)
    return ((draft, name, f"{SHEET}!{number}") for number, draft in enumerate(drafts, 2))


def _save(book: "Workbook", path: Path) -> None:
    """Saves without the time of day, so that the same world has the same bytes."""
    book.properties.created = _MADE
    held = BytesIO()
    book.save(held)
    with ZipFile(held) as made, ZipFile(path, "w", ZIP_DEFLATED) as kept:
        for member in made.namelist():
            content = _MODIFIED.sub(rb"\g<1>" + _MADE.isoformat().encode() + b"Z", made.read(member))
            kept.writestr(ZipInfo(member), content, ZIP_DEFLATED)


EXPORT = Export(name="incidents_xlsx", write=export)

"""Tables whose first row may be a header: tells whether it is, and gives every column a name of its own."""

import re
from collections.abc import Sequence

from undertow.collect import headers

_LONGEST = 60  # characters of a header; a longer cell is data
_WORD = re.compile(r"[^\W\d_][\w\s()/.#%°'’:-]*$")
_DATA = re.compile(r"[-+]?[\d.,:/\s-]+$|https?://|\S+@\S+\.\w+$", re.IGNORECASE)


def is_header(records: Sequence[Sequence[str]]) -> bool:
    """Whether the first record names the columns: known headers, or words where the records below hold data."""
    if not records or not any(records[0]):
        return False
    first = [cell.strip() for cell in records[0]]
    filled = [cell for cell in first if cell]
    if any(len(cell) > _LONGEST or "\n" in cell or _DATA.match(cell) for cell in filled):
        return False
    if any(map(headers.is_known, filled)):
        return True
    below = records[1:20]
    contrast = any(_DATA.match(cell) for row in below for cell in row if cell)
    words = len(set(filled)) == len(first) and all(map(_WORD.match, filled))
    return words and bool(below) and (contrast or len(first) > 1)


def named(header: Sequence[str]) -> list[str]:
    """Column names, none empty and none twice: a second `text` is `text (2)`, a nameless third is `column 3`."""
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(header, 1):
        base = cell.strip() or f"column {number}"
        name, again = base, 2
        while name in taken:
            name, again = f"{base} ({again})", again + 1
        taken.add(name)
        names.append(name)
    return names

"""Tables that people open in a spreadsheet: no cell of them runs as a formula, and every value can be had back.

A cell that begins with one of `= + - @`, a tab or a line's end, their full-width forms included, gets an apostrophe
before it (OWASP, CSV Injection), also where quotes, blanks or letters without a shape stand before the sign. So does
what follows a semicolon, a tab or a line's end inside a text, because a spreadsheet of another country cuts cells
there. A text that begins so with an apostrophe of its own gets one more: taking one away gives back each value exactly.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

_FORMULA = "=+\\-@＝＋－＠﹢﹣﹦﹫−⁺₊⁼₌"  # with forms that compatibility folding makes the same
_BEFORE = "\\s\"'`´‘’“”«»\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x1f"
_CUT = ";\t\r\n\x0b\x0c\x85\u2028\u2029"
_ENDS = _CUT.removeprefix(";")
_RUNS = re.compile(f"(?:^|(?<=[{_CUT}]))(?='|(?:(?![{_CUT}])[{_BEFORE}])*[{_FORMULA}{_ENDS}])")
_MARKED = re.compile(f"(?:^|(?<=[{_CUT}]))'")


def guarded(value: object) -> object:
    """A text as a cell that no spreadsheet runs; what is no text (a number, a truth, nothing) as it is."""
    return _RUNS.sub("'", value) if isinstance(value, str) else value


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return _MARKED.sub("", cell)


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV with a header, every text in quotes and guarded; a list in a cell has blanks between."""
    held = io.StringIO()
    writer = csv.writer(held, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow([guarded(name) for name in columns])
    writer.writerows([guarded(_plain(row.get(name))) for name in columns] for row in rows)
    return held.getvalue()


def _plain(value: object) -> object:
    """Numbers stay numbers; all else becomes text, which is then guarded."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return " ".join(str(one) for one in value)
    return value if isinstance(value, int | float) else str(value)

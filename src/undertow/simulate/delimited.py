"""Delimited files, as several programs write them."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from time import gmtime, strftime


def write(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, sign: str = ",", encoding: str = "utf-8"
) -> None:
    """One file, lines ended as on Windows."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=sign)
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))  # at once: some encoders are slow row by row


def moment(at: float, layout: str) -> str:
    """A time in a layout of `strftime`, in UTC."""
    return strftime(layout, gmtime(int(at)))

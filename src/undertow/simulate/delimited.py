"""Delimited files, as several programs write them."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import gmtime, strftime


def write(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, sign: str = ",", encoding: str = "utf-8"
) -> None:
    """One file, lines ended as on Windows."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=sign)
        writer.writerow(header)
        writer.writerows(rows)


def moment(at: float, layout: str) -> str:
    """A time in a layout of `strftime`, in UTC."""
    return strftime(layout, gmtime(int(at)))

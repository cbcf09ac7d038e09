"""How the command line prints: data on stdout, words on stderr; a table for people, JSON where `--json` asks for it."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson

from undertow.events import Emit


def words(text: str) -> None:
    """Prints a sentence for the person, on stderr."""
    print(text, file=sys.stderr, flush=True)


def line(text: str = "", *, now: bool = False) -> None:
    """Prints a line of data, on stdout; control characters in it cannot reach the terminal. `now`: at once."""
    print(_harmless(text), flush=now)


def as_json(value: object) -> None:
    """Prints one JSON document: sorted keys, times in UTC."""
    option = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z | orjson.OPT_SERIALIZE_DATACLASS
    print(orjson.dumps(value, default=_plain, option=option).decode())


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, wide: str = "") -> None:
    """Prints rows as a table; the column `wide` takes the room that is left, and wraps."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        number = bool(rows) and all(isinstance(row.get(column), int) for row in rows)
        drawn.add_column(
            column.replace("_", " "),
            justify="right" if number else "left",
            overflow="fold",
            ratio=1 if column == wide else None,
        )
    for row in rows:
        drawn.add_row(*(Text(_harmless(cell(row.get(column)))) for column in columns))
    console.print(drawn)


def cell(value: object) -> str:
    """A value as it stands in a table: times without fractions, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


@contextmanager
def progress() -> Iterator[Emit]:
    """Shows the events of a run on stderr."""
    from undertow.progress import shown

    with shown(sys.stderr) as emit:
        yield emit


def _harmless(text: str) -> str:
    """Escape sequences in evidence must not steer the reader's terminal."""
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no JSON form")

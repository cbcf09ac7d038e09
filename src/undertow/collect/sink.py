"""Gathers rows and hands them to the engine in pieces that fit in memory."""

from dataclasses import dataclass, field

import pyarrow as pa

from undertow.engine.base import Engine

_ROWS = 100_000
_BYTES = 64 << 20
_PARTS = 256  # small tables after which they become one: a table of one row takes some kilobytes


@dataclass(slots=True)
class _Held:
    """Rows of one table that wait."""

    parts: list[pa.Table] = field(default_factory=list)
    rows: int = 0
    size: int = 0

    def add(self, rows: pa.Table) -> None:
        self.parts.append(rows)
        self.rows += rows.num_rows
        self.size += rows.nbytes
        if len(self.parts) >= _PARTS:
            self.parts = [self.together()]

    def together(self) -> pa.Table:
        return pa.concat_tables(self.parts).combine_chunks()


@dataclass(slots=True)
class Sink:
    """Rows for several tables at once; `close` hands over what is left."""

    engine: Engine
    _held: dict[str, _Held] = field(default_factory=dict)

    def add(self, table: str, rows: pa.Table) -> None:
        """Takes rows of one table; hands them on when enough have come together."""
        held = self._held.setdefault(table, _Held())
        held.add(rows)
        if held.rows >= _ROWS or held.size >= _BYTES:
            self._hand_over(table)

    def close(self) -> None:
        """Hands over what is left, table by table."""
        for table in sorted(self._held):
            self._hand_over(table)

    def _hand_over(self, table: str) -> None:
        held = self._held.pop(table)
        self.engine.write(table, held.together())

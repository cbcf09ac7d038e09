"""Gathers rows and hands them to the engine in pieces that fit in memory."""

from dataclasses import dataclass, field

import pyarrow as pa

from undertow.engine.base import Engine

_ROWS = 100_000
_BYTES = 64 << 20


@dataclass(slots=True)
class Sink:
    """Rows for several tables at once; `close` hands over what is left."""

    engine: Engine
    _held: dict[str, list[pa.Table]] = field(default_factory=dict)

    def add(self, table: str, rows: pa.Table) -> None:
        """Takes rows of one table; hands them on when enough have come together."""
        held = self._held.setdefault(table, [])
        held.append(rows)
        if sum(part.num_rows for part in held) >= _ROWS or sum(part.nbytes for part in held) >= _BYTES:
            self._hand_over(table)

    def close(self) -> None:
        """Hands over what is left, table by table."""
        for table in sorted(self._held):
            self._hand_over(table)

    def _hand_over(self, table: str) -> None:
        held = self._held.pop(table, [])
        if held:
            self.engine.write(table, pa.concat_tables(held))

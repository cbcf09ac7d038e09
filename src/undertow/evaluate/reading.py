"""Reads the current tables of a workspace in pieces and by column, so that what is measured need not fit in memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from undertow import tables

PIECE = 1 << 20  # rows


@dataclass(frozen=True, slots=True)
class Tables:
    """The current tables; `files(table)` lists the Parquet files of one, `undertow.runs.Catalogue.files` say."""

    files: Callable[[str], Sequence[Path]]

    def has(self, table: str) -> bool:
        """Whether a run has written the table, be it without rows."""
        return bool(self.files(table))

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns that the table has on the disk, which may be more than declared, or fewer."""
        files = self.files(table)
        return tuple(pq.read_schema(files[0]).names) if files else ()

    def pieces(self, table: str, columns: Sequence[str]) -> Iterator[pa.Table]:
        """The rows in pieces of at most `PIECE`, with these columns."""
        for path in self.files(table):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(PIECE, columns=list(columns)):
                    yield pa.Table.from_batches([batch]).select(list(columns))

    def whole(self, table: str, columns: Sequence[str]) -> pa.Table:
        """All rows, with these columns; for tables that are small."""
        parts = list(self.pieces(table, columns))
        return pa.concat_tables(parts) if parts else tables.empty(table).select(list(columns))


def bundles(parts: Iterable[pa.Table], rows: int = 4 * PIECE) -> Iterator[pa.Table]:
    """Parts joined until they are worth a look-up among all records."""
    held: list[pa.Table] = []
    for part in parts:
        held.append(part)
        if sum(one.num_rows for one in held) >= rows:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def numbered(pieces: Iterable[pa.ChunkedArray]) -> tuple[NDArray[np.int32], pa.Array]:
    """Texts as numbers, and the texts that they stand for in order of first appearance; no text is -1."""
    parts = [chunk for piece in pieces for chunk in piece.dictionary_encode().chunks]
    if not parts:
        return np.zeros(0, np.int32), pa.array([], pa.string())
    whole = pa.chunked_array(parts).unify_dictionaries()
    codes = [chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in whole.chunks]
    return np.concatenate(codes).astype(np.int32), whole.chunk(0).dictionary


def coded(pieces: Iterable[pa.ChunkedArray]) -> tuple[NDArray[np.int32], list[str]]:
    """As `numbered`, where an empty text is -1 too and the names are a list."""
    codes, held = numbered(pieces)
    names = held.to_pylist()
    if "" not in names:
        return codes, names
    empty = names.index("")
    moved = np.where(codes == empty, -1, codes - (codes > empty))
    return moved.astype(np.int32), [name for name in names if name]

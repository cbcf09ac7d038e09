"""Parquet: one record a row, row group after row group."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from undertow.collect.batches import ROWS, flat
from undertow.collect.contract import Item, Opened, Reject, Rows, Source
from undertow.collect.opening import seekable

_MAGIC = b"PAR1"


def sniff(opened: Opened) -> float:
    """Sure by its first four bytes."""
    return 1.0 if opened.head.startswith(_MAGIC) else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """Rows in batches; the position is the row, counted from 1."""
    number = 0
    with seekable(opened) as stream:
        size = stream.seek(0, 2)
        try:
            file = pq.ParquetFile(stream)
            cells = file.metadata.num_rows * file.metadata.num_columns
            if cells > max(opened.limits.grace_bytes, size * opened.limits.ratio):
                yield Reject("", "refused: it unpacks to too much for its size")
                return
            for batch in file.iter_batches(ROWS):
                positions = [str(number + row) for row in range(1, batch.num_rows + 1)]
                yield Rows(positions, _columns(batch))
                number += batch.num_rows
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            yield Reject(f"after {number}", "the Parquet file is damaged", str(error).split("\n", 1)[0][:200])


def _columns(batch: pa.RecordBatch) -> dict[str, list[object]]:
    """Columns as Python values; structures are columns of their own, as in JSON."""
    if not any(pa.types.is_struct(field.type) for field in batch.schema):
        return {name: batch.column(place).to_pylist() for place, name in enumerate(batch.schema.names)}
    rows = [flat(row) for row in batch.to_pylist()]
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def _example() -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": ["Room to let", "Cook wanted"]}), sink)
    return bytes(sink.getvalue())


SOURCE = Source(
    name="parquet",
    version=1,
    sniff=sniff,
    read=read,
    media_type="application/vnd.apache.parquet",
    examples=(
        ("posts.parquet", _example(), ["Room to let", "Cook wanted"]),
        ("letter.txt", b"Dear all, the room is free.", None),
    ),
)

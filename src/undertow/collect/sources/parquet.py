"""Parquet: one record a row, row group after row group."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from undertow.collect.contract import Item, Opened, Reject, Rows, Source

_MAGIC = b"PAR1"
_ROWS = 20_000


def sniff(opened: Opened) -> float:
    """Sure by its first four bytes."""
    return 1.0 if opened.head.startswith(_MAGIC) else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """Rows in batches; the position is the row, counted from 1."""
    number = 0
    with opened.open() as stream:
        try:
            file = pq.ParquetFile(stream if stream.seekable() else pa.BufferReader(stream.read()))
            for batch in file.iter_batches(_ROWS):
                columns = {
                    name: column.to_pylist() for name, column in zip(batch.schema.names, batch.columns, strict=True)
                }
                yield Rows([str(number + row) for row in range(1, batch.num_rows + 1)], columns)
                number += batch.num_rows
        except (pa.ArrowInvalid, OSError) as error:
            yield Reject(f"after {number}", f"the Parquet file is damaged: {str(error).splitlines()[0]}")


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

"""Batches of Parquet files, the same on every engine: which rows a function sees together, and the file they make."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from undertow import tables
from undertow.engine.base import BatchFunction, Dataset

BATCH_ROWS = 20_000
SMALL = 20_000  # rows below which starting a process costs more than it saves
ROW_GROUP = 100_000


@dataclass(frozen=True, slots=True)
class Job:
    """Batches of one row group, by the rows they start at: the group is read once for all of them."""

    path: Path
    group: int
    group_rows: int
    starts: Sequence[int]
    columns: Sequence[str] | None

    @property
    def rows(self) -> int:
        """How many rows the batches hold."""
        return sum(min(BATCH_ROWS, self.group_rows - start) for start in self.starts)


def jobs_of(path: Path, most: int, columns: Sequence[str] | None) -> Iterator[Job]:
    """The batches of one file, in order, as jobs of at most `most` batches each."""
    metadata = pq.read_metadata(path)
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        starts = range(0, rows, BATCH_ROWS)
        for first in range(0, len(starts), most):
            yield Job(path, group, rows, starts[first : first + most], columns)


def map_some(function: BatchFunction, job: Job, targets: Sequence[Path], schema: pa.Schema) -> int:
    """Runs `function` over the batches of a job, each into its own file; gives how many rows it has read.

    A file appears whole: where two tries of one job meet, as on a cluster that lost sight of a worker, either's stays.
    """
    with pq.ParquetFile(job.path) as file:
        held = file.read_row_group(job.group, columns=job.columns)
    done = 0
    for start, target in zip(job.starts, targets, strict=True):
        rows = held.slice(start, BATCH_ROWS)
        beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        write_parquet(function(rows).select(schema.names).cast(schema), beside)
        beside.replace(target)
        done += rows.num_rows
    return done


def write_parquet(rows: pa.Table, path: Path) -> None:
    """Writes rows in the one Parquet dialect of the house: zstd, no metadata, 100,000 rows a group."""
    pq.write_table(rows.replace_schema_metadata(None), path, compression="zstd", row_group_size=ROW_GROUP)


def count_rows(files: Sequence[Path]) -> int:
    """How many rows some Parquet files hold, from their footers."""
    return sum(pq.read_metadata(path).num_rows for path in files)


def here(function: BatchFunction, rows: pa.Table) -> pa.Table:
    """What a batch function gives, in this process."""
    return function(rows)


def nothing(_table: str) -> Sequence[Path]:
    """No files of any table."""
    return ()


def held(table: str, files: Sequence[Path]) -> Dataset:
    """The rows of a table that some files hold."""
    return Dataset(tables.TABLES[table].schema, tuple(files), count_rows(files), ordered=True)


def fetched(data: Dataset, columns: Sequence[str] | None) -> pa.Table:
    """The rows of a dataset, in the order of its files."""
    names = list(columns) if columns is not None else data.schema.names
    schema = pa.schema([data.schema.field(name) for name in names])
    parts = [pq.read_table(path, columns=names, schema=data.schema, partitioning=None) for path in data.files]
    return pa.concat_tables(parts).select(names) if parts else schema.empty_table()


def put(sources: Sequence[Path], parts: Iterator[Path], schema: pa.Schema) -> list[Path]:
    """Makes the files of an ordered step a table's, in their order; small neighbours become one.

    Many small collections would else leave as many files, and every later query opens each of them.
    """
    return [_joined(some, next(parts), schema) for some in _neighbours(sources)]


def _neighbours(sources: Sequence[Path]) -> list[list[Path]]:
    """The files, those beside each other together while they hold no more than a row group."""
    made: list[list[Path]] = []
    held = ROW_GROUP
    for path in sources:
        rows = pq.read_metadata(path).num_rows
        if held + rows > ROW_GROUP or not made:
            made.append([])
            held = 0
        made[-1].append(path)
        held += rows
    return made


def _joined(sources: Sequence[Path], path: Path, schema: pa.Schema) -> Path:
    if len(sources) == 1:
        return _place(sources[0], path, schema)
    rows = [pq.read_table(source, partitioning=None).select(schema.names).cast(schema) for source in sources]
    write_parquet(pa.concat_tables(rows), path)
    return path


def _place(source: Path, path: Path, schema: pa.Schema) -> Path:
    """Makes a step's file a table's: moved where it has the table's columns, else written anew with them."""
    if pq.read_schema(source).equals(schema):
        source.replace(path)
    else:
        write_parquet(pq.read_table(source, partitioning=None).select(schema.names).cast(schema), path)
    return path

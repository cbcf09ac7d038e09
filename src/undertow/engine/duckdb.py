"""The engine for one machine: DuckDB in memory over Parquet files, and worker processes for Python functions."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from undertow import tables
from undertow.engine import portable
from undertow.engine.base import BatchFunction, Dataset
from undertow.engine.batches import (
    BATCH_ROWS,
    ROW_GROUP,
    SMALL,
    count_rows,
    fetched,
    held,
    here,
    jobs_of,
    map_some,
    nothing,
    put,
    write_parquet,
)
from undertow.engine.memo import Memo, recall
from undertow.engine.workers import obey
from undertow.errors import OutsideError, UndertowError
from undertow.events import Emit, Event, silent

_JOBS = 4  # parts of the work for each core: fewer leave one idle at the end, more read a row group more than once


@dataclass(slots=True)
class DuckEngine:
    """Reads the current tables from `current`, writes this run's tables below `target` and its steps below `scratch`.

    `current(table)` lists Parquet files; `target(table)` names the new folder of a table. `threads` counts cores,
    `memory` is a DuckDB size such as "4GB"; `memo` keeps results of batches between runs; `earlier(table)` lists what
    `before` reads; `share` maps what is too little for processes. A context manager: leaving it ends the database.
    """

    current: Callable[[str], Sequence[Path]]
    target: Callable[[str], Path]
    scratch: Path
    threads: int = 0
    memory: str = ""
    emit: Emit = silent
    memo: Memo | None = None
    earlier: Callable[[str], Sequence[Path]] = nothing
    share: Callable[[BatchFunction, pa.Table], pa.Table] = here
    written: dict[str, Dataset] = field(default_factory=dict)
    _steps: Iterator[int] = field(default_factory=count)
    _database: duckdb.DuckDBPyConnection | None = None
    _lock: Lock = field(default_factory=Lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the database."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def over(self, current: Callable[[str], Sequence[Path]], scratch: Path) -> None:
        """From now on reads other tables, and writes tables and steps below another folder."""
        self.current, self.target, self.scratch, self.written = current, lambda table: scratch / table, scratch, {}

    def read(self, table: str) -> Dataset:
        """See `Engine.read`."""
        if table in self.written:
            return self.written[table]
        return held(table, self.current(table))

    def before(self, table: str) -> Dataset:
        """See `Engine.before`."""
        return held(table, self.earlier(table))

    def query(self, sql: str, **inputs: Dataset) -> Dataset:
        """See `Engine.query`."""
        text = portable.translate(sql, "duckdb")
        target = self._step()
        with self._connect() as connection:
            for name in portable.names(sql):
                _view(connection, name, inputs.get(name) or self.read(name))
            _run(
                connection,
                f"COPY ({text}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})",
            )
        return Dataset(pq.read_schema(target).remove_metadata(), (target,), count_rows((target,)), ordered=False)

    def map_batches(
        self,
        function: BatchFunction,
        source: Dataset,
        schema: pa.Schema,
        *,
        stage: str = "",
        columns: Sequence[str] | None = None,
        memo: str | None = None,
    ) -> Dataset:
        """See `Engine.map_batches`; each batch has its file, whatever the cores: equal runs give equal files."""
        most = ROW_GROUP if source.rows <= SMALL else source.rows // (_JOBS * self.cores())
        jobs = [job for path in source.files for job in jobs_of(path, max(1, most // BATCH_ROWS), columns)]
        work = [(job, [self._step() for _ in job.starts]) for job in jobs]
        steps = [step for _, targets in work for step in targets]
        recalled = recall(self.memo, stage, memo, work)
        left = sum(job.rows for job, _ in recalled.left)
        done = source.rows - left
        self.emit(Event(stage, "", done, source.rows))
        in_process = left <= SMALL or self.cores() == 1
        function = partial(self.share, function) if in_process else function
        tasks = [partial(map_some, function, job, targets, schema) for job, targets in recalled.left]
        results = (task() for task in tasks) if in_process else self._in_processes(tasks)
        for rows, (_, targets) in zip(results, recalled.left, strict=True):
            recalled.remember(targets)
            done += rows
            self.emit(Event(stage, "", done, source.rows))
        if done != source.rows:
            raise UndertowError(f"{stage}: {done} rows were mapped of {source.rows}")
        return Dataset(schema, tuple(steps), count_rows(steps), ordered=source.ordered)

    def write(self, table: str, rows: Dataset | pa.Table) -> None:
        """See `Engine.write`."""
        wanted = tables.TABLES[table]
        before = self.written.get(table, Dataset(wanted.schema, (), 0, ordered=True))
        parts = self._parts(table, len(before.files))
        if isinstance(rows, pa.Table):
            files = [next(parts)]
            write_parquet(rows.select(wanted.schema.names).cast(wanted.schema), files[0])
        elif rows.ordered:
            files = put(rows.files, parts, wanted.schema)
        else:
            files = [next(parts)]
            self._sort(rows, wanted, files[0])
        self.written[table] = Dataset(
            wanted.schema, (*before.files, *files), before.rows + count_rows(files), ordered=True
        )

    def fetch(self, data: Dataset, columns: Sequence[str] | None = None) -> pa.Table:
        """See `Engine.fetch`."""
        return fetched(data, columns)

    def _parts(self, table: str, first: int) -> Iterator[Path]:
        folder = self.target(table)
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / f"part-{number:05}.parquet" for number in count(first))

    def _sort(self, rows: Dataset, wanted: tables.Table, path: Path) -> None:
        columns = ", ".join(f'"{name}"' for name in wanted.schema.names)
        order = ", ".join(
            f'"{name}"' for name in [*wanted.key, *(n for n in wanted.schema.names if n not in wanted.key)]
        )
        with self._connect() as connection:
            _view(connection, "rows", rows)
            reader = connection.sql(f"SELECT {columns} FROM rows ORDER BY {order}").to_arrow_reader(ROW_GROUP)
            with pq.ParquetWriter(path, wanted.schema, compression="zstd") as writer:
                for batch in reader:
                    writer.write_table(pa.Table.from_batches([batch]).cast(wanted.schema))

    def _in_processes(self, tasks: Sequence[Callable[[], int]]) -> Iterator[int]:
        spawn = multiprocessing.get_context("spawn")  # a forked copy of DuckDB's threads would hang
        pool = ProcessPoolExecutor(self.cores(), mp_context=spawn, initializer=obey)
        futures: list[Future[int]] = [pool.submit(task) for task in tasks]
        try:
            for future in futures:
                yield future.result()
        except BrokenProcessPool as error:
            raise OutsideError(
                "a worker process was ended from outside",
                hint="most often memory ran out: lower engine.threads in workspace.toml",
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)  # idle workers would hold hundreds of megabytes each until the run ends

    def cores(self) -> int:
        """How many cores it uses."""
        return self.threads or len(
            os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
        )

    def _step(self) -> Path:
        with self._lock:
            self.scratch.mkdir(parents=True, exist_ok=True)
            return self.scratch / f"step-{next(self._steps):06}.parquet"

    def _connect(self) -> duckdb.DuckDBPyConnection:
        """A connection to this engine's one database: to begin a database takes thirty times as long."""
        with self._lock:
            if self._database is None:
                self._database = self._begun()
            connection = self._database.cursor()
        connection.execute("SET TimeZone = 'UTC'")
        return connection

    def _begun(self) -> duckdb.DuckDBPyConnection:
        options: dict[str, str | bool | int | float | list[str]] = {
            "threads": self.cores(),
            "preserve_insertion_order": False,
        }
        options["temp_directory"] = str(self.scratch)
        options["autoinstall_known_extensions"] = False  # nothing is ever fetched
        if self.memory:
            options["memory_limit"] = self.memory
        return duckdb.connect(":memory:", config=options)


def _view(connection: duckdb.DuckDBPyConnection, name: str, data: Dataset) -> None:
    if data.files:
        files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in data.files)
        connection.execute(
            f'CREATE TEMP VIEW "{name}" AS SELECT * FROM read_parquet([{files}], hive_partitioning = false)'
        )
    else:
        connection.register(name, data.schema.empty_table())


def _run(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    try:
        connection.execute(sql)
    except duckdb.OutOfMemoryException as error:
        hint = "raise engine.memory in workspace.toml, or close other programs"
        raise OutsideError(f"DuckDB ran out of memory: {error}", hint=hint) from error
    except duckdb.IOException as error:
        raise OutsideError(
            f"DuckDB could not read or write: {error}", hint="check the disk's space and rights"
        ) from error

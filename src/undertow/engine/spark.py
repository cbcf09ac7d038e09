"""The engine for many machines: Apache Spark over the same Parquet files, the same SQL and the same Python functions.

SQL runs as Spark's own. Python functions run in Spark's tasks, which open the batches themselves: a batch then holds
the same rows as on one machine and its result has its place, whichever machine made it and however often it was tried.
Every machine of the cluster has to see the workspace under the same path.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyarrow as pa
import pyarrow.parquet as pq

from undertow import tables
from undertow.engine import portable, session
from undertow.engine.base import BatchFunction, Dataset
from undertow.engine.batches import (
    BATCH_ROWS,
    SMALL,
    count_rows,
    fetched,
    held,
    jobs_of,
    map_some,
    nothing,
    put,
    write_parquet,
)
from undertow.engine.memo import Memo, Work, recall
from undertow.errors import OutsideError, UndertowError
from undertow.events import Emit, Event, silent

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LOCAL = session.LOCAL
_JOBS = 4  # parts of a Python function's work for each core
_PARTS = ((1_000_000, 2_000), (32_000_000, 20_000))
"""Bytes of compressed input for each part of a shuffle, up to how many parts; Spark joins the small ones."""
_ROW_GROUP_BYTES = 32_000_000  # a function's task reads a whole row group: Spark's own 128 MB would be four times that
_TYPES = {
    pa.string(): "string",
    pa.binary(): "binary",
    pa.bool_(): "boolean",
    pa.int16(): "smallint",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.date32(): "date",
    pa.timestamp("us", tz="UTC"): "timestamp",
}


@dataclass(slots=True)
class SparkEngine:
    """Reads the current tables from `current`, writes this run's tables below `target` and its steps below `scratch`.

    `master` is Spark's word for a cluster: spark://host:7077, yarn, k8s://..., or local[*], which is this machine.
    `conf` holds Spark's own settings, over the engine's. A context manager: leaving it ends the session it began.
    """

    current: Callable[[str], Sequence[Path]]
    target: Callable[[str], Path]
    scratch: Path
    master: str = LOCAL
    memory: str = ""
    conf: Mapping[str, str] = field(default_factory=dict)
    emit: Emit = silent
    memo: Memo | None = None
    earlier: Callable[[str], Sequence[Path]] = nothing
    written: dict[str, Dataset] = field(default_factory=dict)
    _steps: Iterator[int] = field(default_factory=count)
    _session: session.Session | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the session, where this engine began it."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def volumes(self) -> dict[str, int]:
        """Megabytes shuffled and spilled so far; says them too."""
        found = session.volumes(self._spark())
        self.emit(Event("spark", "shuffled and spilled", facts=dict(found)))
        return found

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
        text = portable.translate(sql, "spark")
        given = {name: inputs.get(name) or self.read(name) for name in sorted(portable.names(sql))}
        with session.translated_errors():
            for name, data in given.items():
                self._frame(data).createOrReplaceTempView(name)
            self._size([path for data in given.values() for path in data.files])
            files = self._written(self._spark().sql(text))
        return Dataset(pq.read_schema(files[0]).remove_metadata(), files, count_rows(files), ordered=False)

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
        """See `Engine.map_batches`; each batch has its file, the same as on one machine."""
        most = source.rows
        if source.rows > SMALL:
            most //= _JOBS * self._spark().sparkContext.defaultParallelism
        jobs = [job for path in source.files for job in jobs_of(path, max(1, most // BATCH_ROWS), columns)]
        work = [(job, [self._step() for _ in job.starts]) for job in jobs]
        recalled = recall(self.memo, stage, memo, work)
        left = sum(job.rows for job, _ in recalled.left)
        each = partial(_map_job, function, recalled.left, schema)
        numbers = range(len(recalled.left))
        done = source.rows - left

        def tell(finished: int) -> None:
            self.emit(Event(stage, "", source.rows - left + left * finished // len(numbers), source.rows))

        done += sum(map(each, numbers)) if left <= SMALL else self._on_cluster(each, len(numbers), tell)
        self.emit(Event(stage, "", done, source.rows))
        if done != source.rows:
            raise UndertowError(f"{stage}: {done} rows were mapped of {source.rows}")
        steps = _seen([step for _, targets in work for step in targets])
        recalled.remember([target for _, targets in recalled.left for target in targets])
        return Dataset(schema, steps, count_rows(steps), ordered=source.ordered)

    def write(self, table: str, rows: Dataset | pa.Table) -> None:
        """See `Engine.write`."""
        wanted = tables.TABLES[table]
        before = self.written.get(table, Dataset(wanted.schema, (), 0, ordered=True))
        folder = self.target(table)
        folder.mkdir(parents=True, exist_ok=True)
        parts = (folder / f"part-{number:05}.parquet" for number in count(len(before.files)))
        if isinstance(rows, pa.Table):
            files = [next(parts)]
            write_parquet(rows.select(wanted.schema.names).cast(wanted.schema), files[0])
        else:
            sources = rows.files if rows.ordered else self._sorted(rows, wanted)
            files = put(sources, parts, wanted.schema)
        rows_now = before.rows + count_rows(files)
        self.written[table] = Dataset(wanted.schema, (*before.files, *files), rows_now, ordered=True)

    def fetch(self, data: Dataset, columns: Sequence[str] | None = None) -> pa.Table:
        """See `Engine.fetch`."""
        return fetched(data, columns)

    def _spark(self) -> "SparkSession":
        if self._session is None:
            self._session = session.begin(self.master, self.memory, self.conf)
        return self._session.spark

    def _frame(self, data: Dataset) -> "DataFrame":
        types = {f"`{column.name}`": _type(column.type) for column in data.schema}
        if not data.files:
            return (
                self._spark().range(0).selectExpr(*(f"CAST(NULL AS {kind}) AS {name}" for name, kind in types.items()))
            )
        schema = ", ".join(f"{name} {kind}" for name, kind in types.items())
        reader = self._spark().read.schema(schema).option("__globPaths__", "false")  # [ in a path is no pattern
        return reader.parquet(*map(_address, data.files))

    def _size(self, files: Sequence[Path]) -> None:
        """As many parts of a shuffle as the data needs: one for a small job, thousands for a large one."""
        size = sum(path.stat().st_size for path in files)
        parts = max(min(-(-size // each), most) for each, most in _PARTS)
        self._spark().conf.set("spark.sql.shuffle.partitions", max(parts, 1))

    def _written(self, frame: "DataFrame") -> tuple[Path, ...]:
        folder = self._step().with_suffix("")
        writer = frame.write.option("parquet.block.size", _ROW_GROUP_BYTES)
        writer.parquet(_address(folder), compression="zstd")
        files = sorted(folder.glob("part-*.parquet"))
        if not files:
            raise OutsideError(f"Spark wrote nothing in {folder}", hint=session.SAME_PATH)
        return tuple(files)

    def _sorted(self, rows: Dataset, wanted: tables.Table) -> Sequence[Path]:
        names = [*wanted.key, *(name for name in wanted.schema.names if name not in wanted.key)]
        with session.translated_errors():
            self._size(rows.files)
            columns = [f"CAST(`{one.name}` AS {_type(one.type)}) AS `{one.name}`" for one in wanted.schema]
            frame = self._frame(rows).selectExpr(*columns)
            files = self._written(frame.orderBy(*(frame[name].asc_nulls_last() for name in names)))
        return [path for path in files if pq.read_metadata(path).num_rows] or files[:1]

    def _on_cluster(self, work: Callable[[int], int], jobs: int, tell: Callable[[int], None]) -> int:
        with session.translated_errors():
            frame = self._spark().range(0, jobs, 1, jobs).mapInArrow(partial(_work, work), "done bigint, error binary")
            results = session.collected(frame, tell)
        for _, error in results:
            if error is not None:
                raise session.unpacked(bytes(error))
        return sum(done for done, _ in results)

    def _step(self) -> Path:
        self.scratch.mkdir(parents=True, exist_ok=True)
        return self.scratch / f"step-{next(self._steps):06}.parquet"


def _address(path: Path) -> str:
    return f"file://{path.absolute()}"  # Hadoop takes it as it is written: escapes would be part of the name


def _type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision}, {kind.scale})"
    if pa.types.is_fixed_size_binary(kind):
        return "binary"
    if kind not in _TYPES:
        raise UndertowError(f"Spark has no type like {kind}", hint="use a type of undertow.tables")
    return _TYPES[kind]


def _map_job(function: BatchFunction, work: Sequence[Work], schema: pa.Schema, number: int) -> int:
    job, targets = work[number]
    return map_some(function, job, targets, schema)


def _work(work: Callable[[int], int], batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Does the jobs whose numbers come in; an error of ours comes out whole, any other is Spark's to tell."""
    for batch in batches:
        for number in batch.column(0).to_pylist():
            done, error = 0, None
            try:
                done = work(number)
            except UndertowError as raised:
                error = session.packed(raised)
            yield pa.RecordBatch.from_arrays([pa.array([done]), pa.array([error], pa.binary())], ["done", "error"])


def _seen(steps: Sequence[Path]) -> tuple[Path, ...]:
    """The files that workers made, once this machine sees them."""
    missing = [path for path in steps if not path.exists()]
    if missing:
        raise OutsideError(f"{missing[0]} was written by a worker and is not here", hint=session.SAME_PATH)
    return tuple(steps)

"""The five verbs that a stage may ask of an engine: read, query, map_batches, write, fetch.

A stage is handed an engine and never imports one. The answer is the same on every engine, to the row: SQL is what
`undertow.engine.portable` allows, anything clever is a function over Arrow batches.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

BatchFunction = Callable[[pa.Table], pa.Table]
"""Turns some rows into rows. It is pure and looks at one row at a time: a split batch gives what the whole gives. It
travels to other processes, so it is a function of a module, or `functools.partial` of one."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows that an engine has made and written down: each step is materialised.

    `ordered`: the order of rows is given by the data; `write` sorts what is not, so that equal runs give equal bytes.
    """

    schema: pa.Schema
    files: tuple[Path, ...]
    rows: int
    ordered: bool


class Engine(Protocol):
    """What a stage needs to know of DuckDB or Spark."""

    def read(self, table: str) -> Dataset:
        """The current rows of a table: what this run has written of it, else what earlier runs have; maybe none."""

    def before(self, table: str) -> Dataset:
        """The rows of a table as the run before made them; none where that was other code, or had other settings.

        What they say of a group of records that never change still stands where the group is the same. To be asked for
        before this run writes the table.
        """

    def query(self, sql: str, **inputs: Dataset) -> Dataset:
        """Runs portable SQL over `inputs`; any other name in it is a table of `undertow.tables`, read as by `read`."""

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
        """Runs `function` over every batch of `source`, in other processes where that pays; results keep its order.

        `columns` are those that `function` reads, where not all: the others are not loaded. `memo` is given where
        `source` is a table as read: it names what is made, and says what that depends on besides the rows and the code.
        What an earlier run made of the same rows is then used again.
        """

    def write(self, table: str, rows: Dataset | pa.Table) -> None:
        """Adds `rows` to this run's part of `table`, whose schema they must fit; others see them after the run.

        A stage may call it many times for one table, with as many rows as fit in memory; the order of calls is kept.
        """

    def fetch(self, data: Dataset, columns: Sequence[str] | None = None) -> pa.Table:
        """Brings rows into memory, with all columns or with some."""

"""The shared body of the same-answer tests: every stage on both engines over one workspace, every table row by row."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from undertow import tables
from undertow.workspace import STAGES, Done, Workspace

MADE = tuple(name for name, table in tables.TABLES.items() if table.stage in STAGES)


@dataclass(frozen=True, slots=True)
class Both:
    """One workspace after a run on each engine."""

    duckdb: Workspace
    spark: Workspace
    done: tuple[Done, Done]


def run_both(collected: Workspace, folder: Path) -> Both:
    """Runs all stages over copies of a workspace in which files were collected, once on each engine."""
    copies = []
    for name in ("duckdb", "spark"):
        shutil.copytree(collected.root, folder / name)
        copies.append(Workspace.open(folder / name))
    return Both(copies[0], copies[1], (copies[0].run(), copies[1].run(engine="spark")))


def difference(one: pa.Table, other: pa.Table) -> str:
    """The first row in which two tables differ, or how their lengths or columns do; empty where they are the same."""
    if one.schema != other.schema:
        return f"columns: {one.schema} and {other.schema}"
    rows = zip(one.to_pylist(), other.to_pylist(), strict=False)
    first = next((f"row {n}: {a} and {b}" for n, (a, b) in enumerate(rows) if a != b), "")
    return first or ("" if len(one) == len(other) else f"{len(one)} rows and {len(other)}")

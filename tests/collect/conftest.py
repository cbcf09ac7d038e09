"""A small world to collect in: a folder for files, and a call that collects them and gives what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from undertow import testing
from undertow.collect.options import Options
from undertow.collect.run import collect
from undertow.collect.summary import Summary

OPTIONS = Options(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Collected:
    """The summary of one run, and its tables as lists of rows."""

    summary: Summary
    tables: dict[str, list[dict[str, Any]]]

    def __getattr__(self, table: str) -> list[dict[str, Any]]:
        return self.tables[table]

    @property
    def notes(self) -> list[str]:
        return [note for report in self.summary.files for note in report.notes]

    @property
    def reasons(self) -> list[str]:
        return [row["reason"] for row in self.tables["rejects"]]


Collect = Callable[..., Collected]
_TABLES = ("originals", "posts", "accounts", "payments", "bookings", "pictures", "incidents", "rejects")


def collected(folder: Path, *paths: Path, **options: Any) -> Collected:
    """Collects into a fresh engine below `folder`."""
    engine = testing.engine(folder / f"engine{sum(1 for _ in folder.glob('engine*'))}")
    summary = collect(paths, store=folder / "originals", engine=engine, options=replace(OPTIONS, **options))
    return Collected(summary, {name: engine.fetch(engine.read(name)).to_pylist() for name in _TABLES})


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """An empty folder for files to collect."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


@pytest.fixture
def collecting(tmp_path: Path) -> Collect:
    """`collecting(path, ..., **options)` collects into a fresh engine."""
    world = tmp_path / "world"
    world.mkdir()
    return lambda *paths, **options: collected(world, *paths, **options)


@pytest.fixture
def read(files: Path, collecting: Collect) -> Callable[..., Collected]:
    """`read(name, bytes, **options)` collects one file."""

    def one(name: str, data: bytes, **options: Any) -> Collected:
        (files / name).write_bytes(data)
        return collecting(files / name, **options)

    return one

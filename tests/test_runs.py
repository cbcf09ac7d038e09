"""Runs are atomic: what is current is whole, and what did not end leaves nothing."""

from pathlib import Path

import pytest

from undertow import tables, testing
from undertow.engine.duckdb import DuckEngine
from undertow.errors import OutsideError, UserError
from undertow.runs import POINTER, Catalogue, Run, running


def write(run: Run, *ids: str, table: str = "posts") -> None:
    key = tables.TABLES[table].key[0]
    with DuckEngine(run.catalogue.files, run.target, run.scratch, threads=1) as engine:
        engine.write(table, testing.table(table, [{key: one} for one in ids]))


def ids(root: Path, table: str = "posts") -> list[str]:
    with DuckEngine(Catalogue(root).files, lambda name: root / name, root / "scratch", threads=1) as engine:
        return list(engine.fetch(engine.read(table)).column(0).to_pylist())


def test_what_was_collected_stays_when_more_is_collected(tmp_path: Path) -> None:
    for one in ("a", "b"):
        with running(tmp_path, "collect") as run:
            write(run, one)
    assert ids(tmp_path) == ["a", "b"]


def test_a_machine_table_is_replaced_by_the_next_run(tmp_path: Path) -> None:
    for one in ("n1", "n2"):
        with running(tmp_path, "run") as run:
            write(run, one, table="networks")
    assert ids(tmp_path, "networks") == ["n2"]


def test_a_run_that_fails_changes_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    with running(tmp_path, "collect") as run:
        write(run, "a")
    with pytest.raises(ZeroDivisionError), running(tmp_path, "collect") as run:
        write(run, "b")
        raise ZeroDivisionError
    assert ids(tmp_path) == ["a"]
    assert len(list((tmp_path / "tables" / "posts").iterdir())) == 1


def test_what_a_killed_run_left_is_gone_after_the_next(tmp_path: Path) -> None:
    with running(tmp_path, "collect") as run:
        write(run, "a")
    left = tmp_path / "tables" / "posts" / "20260101T000000Z-killed"
    left.mkdir()
    (left / "part-00000.parquet").write_bytes(b"half")
    with running(tmp_path, "collect") as run:
        write(run, "b")
    assert not left.exists()
    assert ids(tmp_path) == ["a", "b"]


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with running(tmp_path, "run"), pytest.raises(UserError, match="another run"), running(tmp_path, "run"):
        pass


def test_leads_of_earlier_runs_stay_on_the_disk(tmp_path: Path) -> None:
    for one in ("l1", "l2", "l3"):
        with running(tmp_path, "run") as run:
            write(run, one, table="leads")
    assert len(Catalogue(tmp_path).history("leads")) == 3


def test_a_broken_pointer_is_said_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / POINTER).write_text("{")
    with pytest.raises(OutsideError) as caught:
        Catalogue(tmp_path).pointers()
    assert "backup" in caught.value.hint


def test_what_is_collected_during_a_run_is_for_the_next_run(tmp_path: Path) -> None:
    with running(tmp_path, "collect") as first:
        write(first, "a")
    with running(tmp_path, "run") as run:
        write(run, "n1", table="networks")
        with running(tmp_path, "collect") as second:
            write(second, "b")
        assert run.catalogue.files("posts") == Catalogue(tmp_path).files_of("posts", first.id)
    assert ids(tmp_path) == ["a", "b"]
    assert ids(tmp_path, "networks") == ["n1"]


def test_a_collection_that_fails_during_a_run_takes_nothing_of_it_away(tmp_path: Path) -> None:
    with running(tmp_path, "run") as run:
        write(run, "n1", table="networks")
        with pytest.raises(ZeroDivisionError), running(tmp_path, "collect"):
            raise ZeroDivisionError
    assert ids(tmp_path, "networks") == ["n1"]

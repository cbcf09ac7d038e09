"""What an earlier run made of the same rows is used again, and nothing else is."""

from math import inf
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from undertow import testing
from undertow.engine import memo
from undertow.engine.batches import BATCH_ROWS
from undertow.engine.duckdb import DuckEngine
from undertow.engine.memo import Memo

SAID = pa.schema([("text", pa.string())])
CALLS: list[int] = []


def shout(rows: pa.Table) -> pa.Table:
    CALLS.append(rows.num_rows)
    return pa.table({"text": pc.utf8_upper(rows["text"])}, SAID)


def fail(rows: pa.Table) -> pa.Table:
    if len(CALLS) == 1:
        raise KeyboardInterrupt
    return shout(rows)


@pytest.fixture(autouse=True)
def no_calls() -> None:
    CALLS.clear()


def engine(folder: Path, *sizes: int) -> DuckEngine:
    """An engine over one file of posts for each size, with a memo in `folder`; a new one at every call."""
    made = testing.engine(folder / "run")
    made.memo = Memo(folder / "memo")
    for number, size in enumerate(sizes):
        made.write(
            "posts", testing.table("posts", [{"post_id": f"p{number} {n}", "text": "room"} for n in range(size)])
        )
    return made


def said(made: DuckEngine, function: object = shout, key: str | None = "shout") -> pa.Table:
    mapped = made.map_batches(function, made.read("posts"), SAID, stage="extract", memo=key)  # type: ignore[arg-type]
    return made.fetch(mapped)


def test_the_same_rows_are_mapped_once(tmp_path: Path) -> None:
    first, second = said(engine(tmp_path, 3)), said(engine(tmp_path, 3))
    assert CALLS == [3]
    assert first.equals(second)


def test_new_files_alone_are_mapped_and_stand_in_their_place(tmp_path: Path) -> None:
    said(engine(tmp_path, 3))
    assert said(engine(tmp_path, 3, 2))["text"].to_pylist() == ["ROOM"] * 5
    assert CALLS == [3, 2]


def test_without_a_key_nothing_is_kept(tmp_path: Path) -> None:
    for _ in range(2):
        said(engine(tmp_path, 3), key=None)
    assert CALLS == [3, 3]


def test_another_key_is_another_result(tmp_path: Path) -> None:
    for key in ("one country", "another"):
        said(engine(tmp_path, 3), key=key)
    assert CALLS == [3, 3]


def test_other_code_is_another_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(engine(tmp_path, 3))
    monkeypatch.setattr(memo, "code", lambda: "another version")
    said(engine(tmp_path, 3))
    assert CALLS == [3, 3]


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        said(engine(tmp_path, 3, 2), fail)
    said(engine(tmp_path, 3, 2))
    assert CALLS == [3, 2]


def test_what_a_run_no_longer_used_is_swept_for_the_stages_that_ran(tmp_path: Path) -> None:
    said(engine(tmp_path, 3))
    later = engine(tmp_path, 3)
    assert later.memo is not None
    later.memo.sweep(["link"], inf)
    assert len(list((tmp_path / "memo").rglob("*.parquet"))) == 1
    later.memo.sweep(["extract"], inf)
    assert not list((tmp_path / "memo").rglob("*.parquet"))


def test_writing_a_table_leaves_what_is_kept(tmp_path: Path) -> None:
    made = engine(tmp_path, 3)
    blank = made.map_batches(_blank, made.read("posts"), made.read("posts").schema, stage="extract", memo="blank")
    made.write("posts", blank)
    again = engine(tmp_path, 3)
    again.map_batches(_blank, again.read("posts"), again.read("posts").schema, stage="extract", memo="blank")
    assert CALLS == [3]


def test_where_names_cannot_be_shared_a_copy_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    said(engine(tmp_path, 3))
    monkeypatch.setattr("os.link", refuse)
    assert said(engine(tmp_path, 3, 2))["text"].to_pylist() == ["ROOM"] * 5
    assert said(engine(tmp_path, 3, 2))["text"].to_pylist() == ["ROOM"] * 5
    assert CALLS == [3, 2]


def test_batches_of_one_file_are_known_one_by_one(tmp_path: Path) -> None:
    made = engine(tmp_path, BATCH_ROWS + 1)
    source = made.read("posts")
    said(made)
    (tmp_path / "memo" / "extract").iterdir().__next__().unlink()
    CALLS.clear()
    made.fetch(made.map_batches(shout, source, SAID, stage="extract", memo="shout"))
    assert CALLS in ([1], [BATCH_ROWS])


def _blank(rows: pa.Table) -> pa.Table:
    CALLS.append(rows.num_rows)
    return rows

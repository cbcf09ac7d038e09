"""The five verbs on one machine."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from undertow import testing
from undertow.engine.batches import BATCH_ROWS, SMALL
from undertow.errors import UndertowError

SHOUTED = pa.schema([("record_id", pa.string()), ("text", pa.string())])


def shout(rows: pa.Table) -> pa.Table:
    return pa.table({"record_id": rows["post_id"], "text": pc.utf8_upper(rows["text"])}, SHOUTED)


def posts(count: int) -> list[dict[str, str]]:
    return [{"post_id": f"p{number:06}", "text": f"room {number}"} for number in range(count)]


def test_reading_a_table_that_nobody_wrote_gives_no_rows(tmp_path: Path) -> None:
    with testing.engine(tmp_path) as engine:
        assert engine.fetch(engine.read("posts")).num_rows == 0


def test_a_query_reads_the_tables_it_names(tmp_path: Path) -> None:
    with testing.engine(tmp_path, {"posts": posts(3)}) as engine:
        found = engine.fetch(engine.query("SELECT count(*) AS n FROM posts"))
    assert found.to_pylist() == [{"n": 3}]


def test_a_query_reads_the_rows_it_is_handed(tmp_path: Path) -> None:
    with testing.engine(tmp_path, {"posts": posts(5)}) as engine:
        few = engine.query("SELECT post_id FROM posts WHERE post_id < 'p000002'")
        assert engine.fetch(engine.query("SELECT count(*) AS n FROM few", few=few)).to_pylist() == [{"n": 2}]


def test_many_processes_give_what_one_gives_in_the_same_order(tmp_path: Path) -> None:
    rows = posts(2 * BATCH_ROWS + 7)
    with testing.engine(tmp_path / "one", {"posts": rows}) as engine:
        one = engine.fetch(engine.map_batches(shout, engine.read("posts"), SHOUTED))
    with testing.engine(tmp_path / "two", {"posts": rows}, threads=2) as engine:
        two = engine.fetch(engine.map_batches(shout, engine.read("posts"), SHOUTED))
    assert one.equals(two)


def seen(rows: pa.Table) -> pa.Table:
    return pa.table({"record_id": rows["post_id"], "text": [" ".join(rows.schema.names)] * len(rows)}, SHOUTED)


def test_a_function_sees_the_columns_that_it_asked_for(tmp_path: Path) -> None:
    with testing.engine(tmp_path, {"posts": posts(1)}) as engine:
        rows = engine.fetch(engine.map_batches(seen, engine.read("posts"), SHOUTED, columns=["post_id", "text"]))
    assert rows["text"].to_pylist() == ["post_id text"]


def test_every_batch_has_its_file_whatever_the_cores(tmp_path: Path) -> None:
    rows = posts(2 * BATCH_ROWS + 7)
    for threads in (1, 2):
        with testing.engine(tmp_path / str(threads), {"posts": rows}, threads=threads) as engine:
            made = engine.map_batches(shout, engine.read("posts"), SHOUTED)
        assert [path.name for path in made.files] == [
            "step-000000.parquet",
            "step-000001.parquet",
            "step-000002.parquet",
        ]


def test_equal_runs_write_equal_bytes(tmp_path: Path) -> None:
    tie = "post_id AS record_id, 'phone' AS via_kind, text AS via, 1 AS weight, 1 AS records, false AS capped"
    for folder in ("one", "two"):
        with testing.engine(tmp_path / folder, {"posts": posts(5000)}, threads=2) as engine:
            engine.write("ties", engine.query(f"SELECT {tie} FROM posts"))
    one, two = (tmp_path / folder / "tables" / "ties" / "part-00000.parquet" for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_writing_twice_adds_and_keeps_the_order_of_calls(tmp_path: Path) -> None:
    with testing.engine(tmp_path, {"posts": posts(2)}) as engine:
        engine.write("posts", testing.table("posts", [{"post_id": "a"}]))
        assert engine.fetch(engine.read("posts"))["post_id"].to_pylist() == ["p000000", "p000001", "a"]


def test_rows_that_do_not_fit_the_table_are_refused(tmp_path: Path) -> None:
    with testing.engine(tmp_path) as engine, pytest.raises((KeyError, pa.ArrowInvalid)):
        engine.write("posts", pa.table({"post_id": ["a"]}))


def fail(rows: pa.Table) -> pa.Table:
    raise UndertowError(f"{rows.num_rows} rows are too many")


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_in_a_function_reaches_the_caller_whole(tmp_path: Path, threads: int) -> None:
    engine = testing.engine(tmp_path, {"posts": posts(SMALL + 1)}, threads=threads)
    with engine, pytest.raises(UndertowError, match="too many"):
        engine.map_batches(fail, engine.read("posts"), SHOUTED)

"""The five verbs on Spark: the same rows, in the same order, as on one machine."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from undertow import tables, testing
from undertow.engine import session
from undertow.engine.base import Engine
from undertow.engine.batches import BATCH_ROWS, SMALL
from undertow.engine.spark import SparkEngine
from undertow.errors import PluginError, UndertowError
from undertow.match.signatures import SCHEMA, signatures

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.xdist_group("spark")]

Make = Callable[..., SparkEngine]
TIES = "SELECT post_id AS record_id, 'phone' AS via_kind, text AS via, 1 AS weight, 2 AS records, false AS capped"


@pytest.fixture
def spark_engine(spark: Any, tmp_path: Path) -> Iterator[SparkEngine]:
    with testing.spark_engine(tmp_path / "spark") as made:
        yield made


def posts(count: int) -> list[dict[str, str]]:
    return [{"post_id": f"p{number:06}", "text": f"room {number % 997} to let"} for number in range(count)]


def both(tmp_path: Path, there: Engine, given: dict[str, pa.Table]) -> list[Engine]:
    engines: list[Engine] = [testing.engine(tmp_path / "duckdb"), there]
    for engine in engines:
        for name, rows in given.items():
            engine.write(name, rows)
    return engines


def test_reading_a_table_that_nobody_wrote_gives_no_rows(spark_engine: SparkEngine) -> None:
    none = spark_engine.query("SELECT post_id, posted_at FROM posts")
    assert spark_engine.fetch(none).equals(tables.empty("posts").select(["post_id", "posted_at"]))


def test_rows_are_sorted_where_nothing_orders_them(tmp_path: Path, spark_engine: SparkEngine) -> None:
    here, there = both(tmp_path, spark_engine, {"posts": testing.table("posts", posts(5_000)[::-1])})
    for engine in (here, there):
        engine.write("ties", engine.query(f"{TIES} FROM posts"))
    assert there.fetch(there.read("ties")).equals(here.fetch(here.read("ties")))


def test_into_how_many_parts_the_work_is_cut_changes_no_row(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for parts in (1, 7):
        monkeypatch.setattr("undertow.engine.spark._PARTS", ((1, parts),))
        with testing.spark_engine(tmp_path / str(parts), {"posts": posts(5_000)}) as engine:
            counted = engine.query("SELECT text AS via, count(*) AS n FROM posts GROUP BY text")
            engine.write(
                "ties", engine.query(f"{TIES} FROM posts JOIN counted ON counted.via = posts.text", counted=counted)
            )
            made.append(engine.fetch(engine.read("ties")))
    assert made[0].num_rows == 5_000
    assert made[0].equals(made[1])


@pytest.mark.parametrize("count", [3, 2 * BATCH_ROWS + 7])
def test_a_function_gives_the_same_rows_in_the_same_order(
    tmp_path: Path, spark_engine: SparkEngine, count: int
) -> None:
    made = []
    for engine in both(tmp_path, spark_engine, {"posts": testing.table("posts", posts(count))}):
        columns = ["post_id", "text"]
        made.append(engine.fetch(engine.map_batches(signatures, engine.read("posts"), SCHEMA, columns=columns)))
    assert made[0].num_rows == count
    assert made[0].equals(made[1])


def test_a_function_over_a_query_keeps_the_querys_rows_in_place(spark_engine: SparkEngine) -> None:
    spark_engine.write("posts", testing.table("posts", posts(SMALL + 5)))
    found = spark_engine.query("SELECT post_id, text FROM posts WHERE post_id <> 'p000003'")
    made = spark_engine.fetch(spark_engine.map_batches(signatures, found, SCHEMA))
    assert made["post_id"].equals(spark_engine.fetch(found)["post_id"])


def test_a_long_job_says_how_far_it_is(spark: Any) -> None:
    def slowly(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            time.sleep(1.5)
            yield batch

    told: list[int] = []
    assert len(session.collected(spark.range(0, 6, 1, 6).mapInArrow(slowly, "id bigint"), told.append)) == 6
    assert told == sorted(told)
    assert set(told) & {1, 2, 3, 4, 5}


def test_every_type_of_a_column_comes_back_as_it_was(tmp_path: Path, spark_engine: SparkEngine) -> None:
    from datetime import UTC, datetime
    from decimal import Decimal

    row = {
        "payment_id": "m1",
        "paid_at": datetime(2026, 3, 1, 23, 59, 59, 999_999, UTC),
        "amount": Decimal("0.00000001"),
    }
    wide = {"payment_id": "m2", "amount": Decimal("123456789012345678901234567890.12345678"), "text": "\x1f 'a' \\ №"}
    given = {"payments": testing.table("payments", [row, wide])}
    for engine in both(tmp_path, spark_engine, given):
        engine.write("payments", engine.query("SELECT * FROM payments"))
        first, second = (engine.fetch(engine.read("payments")).slice(at, 2) for at in (0, 2))
        assert first.equals(second)


def test_a_folder_with_signs_of_a_pattern_in_its_name_is_read(spark: Any, tmp_path: Path) -> None:
    with testing.spark_engine(tmp_path / "case [1] {a}*") as engine:
        engine.write("posts", testing.table("posts", posts(2)))
        assert engine.fetch(engine.query("SELECT count(*) AS n FROM posts")).to_pylist() == [{"n": 2}]


def test_an_error_in_a_function_reaches_the_caller_whole(spark_engine: SparkEngine) -> None:
    def refuse(rows: pa.Table) -> pa.Table:
        raise PluginError(f"{rows.num_rows} rows are too many", hint="fewer")

    spark_engine.write("posts", testing.table("posts", posts(SMALL + 1)))
    with pytest.raises(PluginError, match="too many") as caught:
        spark_engine.map_batches(refuse, spark_engine.read("posts"), SCHEMA)
    assert caught.value.hint == "fewer"


def test_sql_that_spark_refuses_is_an_error_of_ours(spark_engine: SparkEngine) -> None:
    with pytest.raises(UndertowError, match="no_such_column"):
        spark_engine.query("SELECT no_such_column FROM posts")

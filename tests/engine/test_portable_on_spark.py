"""The seam to Spark is honest: every entry of the portable list gives the same rows on both engines."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from undertow.engine import portable

ROWS: dict[str, list[Any]] = {
    "n": [3, 1, None, 2, -7],
    "s": ["b", " Ană ", "b", None, "кот"],
    "d": [datetime(2026, 3, day, 23, 30, tzinfo=UTC) for day in (1, 2, 3, 4, 5)],
    "e": [datetime(2026, 4, day, 0, 15, tzinfo=UTC) for day in (1, 9, 3, 4, 5)],
}
TABLE = pa.table(
    {
        "n": pa.array(ROWS["n"], pa.int64()),
        "s": pa.array(ROWS["s"], pa.string()),
        "d": pa.array(ROWS["d"], pa.timestamp("us", "UTC")),
        "e": pa.array(ROWS["e"], pa.timestamp("us", "UTC")),
    }
)

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.xdist_group("spark")]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if shutil.which("java") is None:
        pytest.skip("no Java runtime: `make tools` says what to install")
    from pyspark.sql import SparkSession

    home = tmp_path_factory.mktemp("spark")
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(home))
        .getOrCreate()
    )
    session.createDataFrame(TABLE).createOrReplaceTempView("t")
    yield session
    session.stop()


def _sorted(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


@pytest.mark.parametrize("sql", portable.FUNCTIONS.values(), ids=portable.FUNCTIONS.keys())
def test_an_entry_of_the_list_gives_the_same_on_both_engines(spark: Any, sql: str) -> None:
    connection = duckdb.connect(config={"autoinstall_known_extensions": False})
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("t", TABLE)
    here = connection.sql(portable.translate(sql, "duckdb")).fetchall()
    there = [tuple(row) for row in spark.sql(portable.translate(sql, "spark")).collect()]
    assert _sorted(here) == _sorted(there)

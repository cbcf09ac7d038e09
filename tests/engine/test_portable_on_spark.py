"""The seam to Spark is honest: every entry of the portable list gives the same rows on both engines."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
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
def there(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("rows") / "t.parquet"
    pq.write_table(TABLE, path)
    spark.read.parquet(str(path)).createOrReplaceTempView("t")
    return spark


def _sorted(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


@pytest.mark.parametrize("sql", portable.FUNCTIONS.values(), ids=portable.FUNCTIONS.keys())
def test_an_entry_of_the_list_gives_the_same_on_both_engines(there: Any, sql: str) -> None:
    assert _sorted(_on_spark(there, sql)) == _sorted(_on_duckdb(sql))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT n // 2 AS a, (n - 3) // -2 AS b, n % 3 AS c, n % -3 AS d, -n AS e FROM t",
        "SELECT s LIKE '%b' AS a, s LIKE '_b' AS b, s LIKE 'b\\' AS c, s NOT LIKE '% %' AS d FROM t",
        "SELECT n, s FROM t WHERE s IN (SELECT s FROM t WHERE n > 2) UNION ALL SELECT n, s FROM t WHERE n IS NULL",
        "SELECT n, s FROM t AS o WHERE NOT EXISTS (SELECT 1 FROM t AS i WHERE i.n = o.n + 1)",
        "SELECT 'it''s \\ \"here\"' || s AS v FROM t",
        "SELECT s, n FROM t ORDER BY s, n DESC LIMIT 3",
        "SELECT cast(d AS date) AS day, cast(n AS varchar) || '' AS v, n BETWEEN -7 AND 1 AS w FROM t",
        "SELECT count(DISTINCT s) AS a, count(*) FILTER (WHERE n > 1) AS b, cast(min(d) AS date) AS c FROM t",
    ],
)
def test_a_shape_of_query_gives_the_same_on_both_engines(there: Any, sql: str) -> None:
    assert _sorted(_on_spark(there, sql)) == _sorted(_on_duckdb(sql))


def test_counts_are_of_one_type_on_both_engines(there: Any) -> None:
    sql = "SELECT length(s) AS a, row_number() OVER (ORDER BY n) AS b, extract(hour FROM d) AS c, count(*) AS k FROM t"
    sql += " GROUP BY s, n, d"
    assert {kind for _, kind in there.sql(portable.translate(sql, "spark")).dtypes} == {"bigint"}


@pytest.mark.parametrize("function", ["lower", "trim", "length"])
def test_every_letter_of_unicode_is_read_alike(there: Any, tmp_path: Path, function: str) -> None:
    letters = [chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000]
    words = ["ΟΔΟΣ", "ΟΔΟΣ Α", "ΣΑΣ.", "İSTANBUL", " \u3000x\u00a0", "\t x"]
    connection = duckdb.connect(config={"autoinstall_known_extensions": False})
    connection.register("all_letters", pa.table({"s": letters + words}))
    pq.write_table(
        connection.sql(f"SELECT s, {function}(s) AS v FROM all_letters").to_arrow_table(), tmp_path / "v.parquet"
    )
    there.read.parquet(str(tmp_path / "v.parquet")).createOrReplaceTempView("letters")
    different = portable.translate(f"SELECT s FROM letters WHERE {function}(s) <> v", "spark")
    assert [row.s for row in there.sql(different).collect()] == []


def _on_duckdb(sql: str) -> list[tuple[Any, ...]]:
    connection = duckdb.connect(config={"autoinstall_known_extensions": False})
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("t", TABLE)
    return connection.sql(portable.translate(sql, "duckdb")).fetchall()


def _on_spark(there: Any, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in there.sql(portable.translate(sql, "spark")).collect()]

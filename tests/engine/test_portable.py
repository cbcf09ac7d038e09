"""SQL that means the same everywhere: what is on the list runs, what is not is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow import testing
from undertow.engine import portable

REFUSED = {
    "an engine's own hash": "SELECT hash(n) AS v FROM t",
    "regexp_replace": "SELECT regexp_replace(s, 'a', 'b') AS v FROM t",
    "an ordered list": "SELECT list(n ORDER BY n) AS v FROM t",
    "approximate counts": "SELECT approx_count_distinct(n) AS v FROM t",
    "any of several": "SELECT any_value(n) AS v FROM t",
    "concat, which skips nulls on one engine only": "SELECT concat(s, 'x') AS v FROM t",
    "float division": "SELECT n / 2 AS v FROM t",
    "averages": "SELECT avg(n) AS v FROM t",
    "days between times": "SELECT date_diff('day', d, e) AS v FROM t",
    "the clock": "SELECT now() AS v",
    "chance": "SELECT random() AS v",
    "a limit without an order": "SELECT n FROM t LIMIT 3",
    "a file": "SELECT * FROM read_csv('x.csv')",
    "a statement that changes": "DROP TABLE t",
    "two statements": "SELECT 1; SELECT 2",
    "half a statement": "SELECT FROM WHERE",
}


@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_on_the_list_is_refused(sql: str) -> None:
    with pytest.raises(portable.NotPortable):
        portable.parse(sql)


@pytest.mark.parametrize("sql", portable.FUNCTIONS.values(), ids=portable.FUNCTIONS.keys())
def test_every_entry_of_the_list_is_let_through_in_both_dialects(sql: str) -> None:
    assert portable.translate(sql, "duckdb")
    assert portable.translate(sql, "spark")


def test_the_tables_a_query_reads_are_named_without_those_it_defines() -> None:
    sql = (
        "WITH few AS (SELECT post_id FROM posts) SELECT f.post_id FROM few f JOIN mentions m ON m.record_id = f.post_id"
    )
    assert portable.names(sql) == {"posts", "mentions"}


@given(st.text(max_size=60))
def test_no_text_is_run_unread(sql: str) -> None:
    try:
        portable.parse(sql)
    except portable.NotPortable:
        return
    assert (
        sql.strip(" ;(").lower().startswith(("select", "with", "from", "--", "/*", "values")) or "select" in sql.lower()
    )


def test_a_query_that_is_not_portable_never_reaches_the_engine(tmp_path: Path) -> None:
    with testing.engine(tmp_path) as engine, pytest.raises(portable.NotPortable):
        engine.query("SELECT hash(post_id) AS v FROM posts")

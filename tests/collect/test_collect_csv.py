"""Delimited text: any cell comes back, odd rows are kept or said, one bad line costs that line."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.collect.conftest import Collected

from undertow import Workspace
from undertow.collect.contract import Opened, Reject, Rows
from undertow.collect.limits import DEFAULT
from undertow.collect.sources.csv import SOURCE

Read = Callable[..., Collected]

CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=30)


def written(rows: list[list[str]], sign: str = ",", end: str = "\r\n") -> bytes:
    sink = io.StringIO(newline="")
    if end == "\r\n":
        csv.writer(sink, delimiter=sign, lineterminator=end).writerows(rows)
    else:  # the writer forgets to quote a lone \r
        csv.writer(sink, delimiter=sign, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return sink.getvalue().encode()


def cells(
    data: bytes, name: str = "x.csv", limit: int = DEFAULT.line_characters
) -> tuple[list[list[str]], list[Reject]]:
    limits = replace(DEFAULT, line_characters=limit)
    items = list(SOURCE.read(Opened(name, data[: 1 << 16], lambda: io.BytesIO(data), limits=limits)))
    rows = [list(row) for item in items if isinstance(item, Rows) for row in zip(*item.columns.values(), strict=True)]
    return rows, [item for item in items if isinstance(item, Reject)]


@given(
    st.lists(st.tuples(CELL, CELL, CELL), max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_cell_comes_back(rows: list[tuple[str, str, str]], sign: str, end: str) -> None:
    given_rows = [list(row) for row in rows]
    assert cells(written([["title", "text", "author"], *given_rows], sign, end)) == (given_rows, [])


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=8), st.integers(1, 3))
def test_the_slow_way_gives_what_the_fast_way_gives(rows: list[tuple[str, str, str]], limit: int) -> None:
    data = written([["title", "text", "author"], *map(list, rows)])
    assert cells(data, limit=1000 * limit) == cells(data)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_and_said(read: Read, sign: str) -> None:
    found = read("ads.csv", written([["title", "text"], ["Room", "Two rooms, to let"]], sign))
    assert [(post["title"], post["text"]) for post in found.posts] == [("Room", "Two rooms, to let")]
    assert (f"cells are set apart by {sign!r}" in found.notes) == (sign != ",")


def test_the_line_that_names_the_delimiter_is_no_row(read: Read) -> None:
    found = read("ads.csv", b"sep=;\r\ntitle;text\r\nRoom;To let\r\n")
    assert [post["text"] for post in found.posts] == ["To let"]


def test_positions_count_rows_without_the_header(read: Read) -> None:
    found = read("ads.csv", b'text\n"one\nmore"\n\ntwo\n')
    assert [(post["position"], post["text"]) for post in found.posts] == [("1", "one\nmore"), ("2", "two")]


def test_a_short_row_is_kept_and_said(read: Read) -> None:
    found = read("ads.csv", b"title,text,author\nRoom,To let,Ana\nWork,Cook\n")
    assert [post["text"] for post in found.posts] == ["To let", "Cook"]
    assert "1 rows have fewer cells than the header, the first is row 2" in found.notes


def test_a_long_row_keeps_what_it_has_too_much(read: Read) -> None:
    found = read("ads.csv", b"title,text\nRoom,To let,cheap,now\n")
    assert json.loads(found.posts[0]["extra"]) == {"(more)": ["cheap", "now"]}
    assert "1 rows have more cells than the header, the first is row 1" in found.notes


def test_empty_cells_beyond_the_header_are_nothing(read: Read) -> None:
    found = read("ads.csv", b"title,text\nRoom,To let,,\n")
    assert found.posts[0]["extra"] == ""
    assert found.notes == []


def test_a_row_that_is_no_row_is_rejected_with_its_position(read: Read) -> None:
    found = read("ads.csv", b"title,text,author\nRoom,To let,Ana\ngarbage\nWork,Cook,Ben\n")
    assert [post["position"] for post in found.posts] == ["1", "3"]
    assert [(row["position"], row["excerpt"]) for row in found.rejects] == [("2", "garbage")]


def test_a_quote_that_never_closes_costs_its_line_only() -> None:
    rows, rejects = cells(b'title,text\na,one\nb,"two\nc,three\nd,four\n')
    assert rows == [["a", "one"], ["c", "three"], ["d", "four"]]
    assert [(reject.position, reject.excerpt) for reject in rejects] == [("line 3", 'b,"two\n')]


def test_a_quote_that_never_closes_far_from_the_end_costs_its_line_only() -> None:
    data = b'title,text\nb,"two\n' + b"c,three\n" * 3000
    rows, rejects = cells(data, limit=10_000)
    assert len(rows) == 3000
    assert [reject.position for reject in rejects] == ["line 2"]


def test_a_last_row_of_many_lines_is_no_open_quote() -> None:
    assert cells(b'title,text\na,"one\n"') == ([["a", "one\n"]], [])


def test_an_endless_line_costs_itself_only() -> None:
    rows, rejects = cells(b"title,text\na," + b"x" * 5000 + b"\nb,two\n", limit=1000)
    assert rows == [["b", "two"]]
    assert [reject.position for reject in rejects] == ["line 2"]


def test_ten_thousand_columns_are_one_record_each_row(read: Read) -> None:
    wide = [[f"column {number}" for number in range(10_000)], *([str(row)] * 10_000 for row in range(30))]
    found = read("wide.csv", written(wide))
    assert len(found.posts) == 30
    assert len(json.loads(found.posts[0]["extra"])) >= 9_999


def test_two_columns_of_one_name_are_both_kept(read: Read) -> None:
    found = read("ads.csv", b"text,note,note\nTo let,a,b\n")
    assert json.loads(found.posts[0]["extra"]) == {"note": "a", "note (2)": "b"}


def test_a_file_without_a_header_loses_no_row(read: Read) -> None:
    found = read(
        "ads.csv", b"1,2024-01-05,A room to let in the old town\n2,2024-01-06,Cook wanted for a small kitchen\n"
    )
    assert [post["text"] for post in found.posts] == [
        "A room to let in the old town",
        "Cook wanted for a small kitchen",
    ]
    assert "the first row is no header: columns are numbered" in found.notes


def test_a_header_without_rows_holds_no_record(read: Read) -> None:
    assert read("ads.csv", b"title,text\n").reasons == ["no record in it"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_said(tmp_path: Path, data: bytes) -> None:
    rows, rejects = cells(b"title,text\n" + data, limit=50)
    assert all(len(row) >= 2 for row in rows)
    assert all(reject.reason for reject in rejects)


def test_reading_leaves_the_limit_of_other_readers_alone(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    (tmp_path / "posts.csv").write_text("title,text\nRoom,Two rooms to let\n", "utf-8")
    Workspace.start(tmp_path / "case").collect([tmp_path / "posts.csv"])
    assert csv.field_size_limit() == before

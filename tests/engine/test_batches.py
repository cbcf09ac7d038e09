"""The files of a table: small ones beside each other are one, so that many small collections cost no later query."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from undertow import tables, testing
from undertow.engine.duckdb import DuckEngine


def written(folder: Path, *sizes: int) -> DuckEngine:
    """An engine that made `mentions` of one file of posts for each size."""
    made = testing.engine(folder)
    for number, size in enumerate(sizes):
        made.write("posts", testing.table("posts", [{"post_id": f"p{number} {n}"} for n in range(size)]))
    made.write("mentions", made.map_batches(_named, made.read("posts"), tables.TABLES["mentions"].schema))
    return made


def _named(rows: pa.Table) -> pa.Table:
    return testing.table("mentions", [{"record_id": post} for post in rows["post_id"].to_pylist()])


def test_small_files_beside_each_other_become_one_in_their_order(tmp_path: Path) -> None:
    made = written(tmp_path, 3, 2, 4)
    held = made.read("mentions")
    assert len(held.files) == 1
    assert made.fetch(held)["record_id"].to_pylist() == made.fetch(made.read("posts"))["post_id"].to_pylist()


@pytest.mark.parametrize(("most", "sizes"), [(4, [3, 2, 4]), (5, [5, 4]), (6, [5, 4])])
def test_no_file_grows_above_a_row_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, sizes: list[int]
) -> None:
    monkeypatch.setattr("undertow.engine.batches.ROW_GROUP", most)
    files = written(tmp_path, 3, 2, 4).read("mentions").files
    assert [pq.read_metadata(path).num_rows for path in files] == sizes

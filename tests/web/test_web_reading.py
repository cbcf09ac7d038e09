"""Pages read by id, and see another run as soon as it is current."""

from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from undertow import Workspace, testing
from undertow.runs import running
from undertow.web.reading import LATE, Reader


def put(place: Workspace, *ids: str) -> None:
    rows = [{"lead_id": one, "network_id": f"n{one}", "score": 1} for one in ids]
    with running(place.root, "run") as run:
        run.target("leads").mkdir(parents=True)
        pq.write_table(testing.table("leads", rows), run.target("leads") / "part-00000.parquet")


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return Workspace.start(tmp_path / "case")


def test_a_table_that_no_run_made_is_empty(place: Workspace) -> None:
    reader = Reader(place.catalogue)
    assert reader.whole("leads").num_rows == 0
    assert reader.part("posts", "post_id", ["p1"]).num_rows == 0
    assert reader.holding("anything", 10) == []


def test_rows_are_read_by_id(place: Workspace) -> None:
    put(place, "l1", "l2", "l3")
    assert Reader(place.catalogue).part("leads", "lead_id", ["l3", "l1", "none"])["lead_id"].to_pylist() == ["l1", "l3"]


def test_what_is_kept_is_made_once_for_one_run(place: Workspace) -> None:
    put(place, "l1")
    reader, made = Reader(place.catalogue), []
    for _ in range(3):
        reader.kept("thing", lambda: made.append(1))
    assert made == [1]


def test_another_run_is_seen_at_once(place: Workspace) -> None:
    put(place, "l1")
    reader = Reader(place.catalogue)
    before = reader.run
    assert reader.whole("leads").num_rows == 1
    put(place, "l1", "l2")
    assert reader.whole("leads").num_rows == 2
    assert reader.run != before


def test_a_large_table_is_not_read_as_a_whole(place: Workspace) -> None:
    with pytest.raises(ValueError, match="not read as a whole"):
        Reader(place.catalogue).whole("posts")


def test_what_was_asked_for_lately_is_made_once_and_the_rest_forgotten(place: Workspace) -> None:
    put(place, "l1")
    reader = Reader(place.catalogue)
    made: list[str] = []
    others = [str(number) for number in range(LATE)]
    for name in ("a", "a", *others, others[-1], "a"):
        reader.lately(name, partial(made.append, name))
    assert made == ["a", *others, "a"]


def test_only_the_columns_that_were_asked_for_are_read(place: Workspace) -> None:
    put(place, "l1", "l2")
    reader = Reader(place.catalogue)
    assert reader.part("leads", "lead_id", ["l2"], ["network_id"]).to_pylist() == [{"network_id": "nl2"}]
    assert reader.part("leads", "lead_id", [], ["network_id"]).column_names == ["network_id"]

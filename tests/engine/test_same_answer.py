"""A stage gives the same rows in the same order on both engines."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.engine.same import MADE, Both, difference, run_both

from undertow import listing
from undertow.review import pairs
from undertow.simulate import Options, simulate
from undertow.workspace import Workspace

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.xdist_group("spark")]

EMPTY_HERE = {"rejects", "lineage"}  # nothing breaks in the made-up world, and no run came before


@pytest.fixture(scope="module")
def both(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("same")
    simulate(folder / "world", Options(posts=1_000, seed=5, family="harbour", careful=None, pictures=10))
    collected = Workspace.start(folder / "collected", country="PH")
    collected.collect([folder / "world" / "files"])
    _put_on_a_list(collected, folder / "known.txt")
    _say(collected)
    return run_both(collected, folder)


def _put_on_a_list(place: Workspace, path: Path) -> None:
    path.write_text(place.table("pictures")["sha256"][0].as_py() + "\n", "ascii")
    listing.add(place, "known", [path], listing.Said("made up", algorithm="sha256"))
    listing.measure(place, "known")
    listing.enable(place, "known", because="measured")


def _say(place: Workspace) -> None:
    """What one account wrote is not the same, and the first and the last post are."""
    posts = place.table("posts").to_pylist()
    by_account: dict[str, list[str]] = {}
    for post in posts:
        by_account.setdefault(post["account"], []).append(post["post_id"])
    one, *others = max((by_account[account] for account in sorted(by_account) if account), key=len)
    pairs.judge(place.decisions, pairs.NOT_SAME, [one], others, because="two people")
    first, *_, last = sorted(post["post_id"] for post in posts)
    pairs.judge(place.decisions, pairs.SAME, [first], [last], because="one person")


@pytest.mark.parametrize("table", MADE)
def test_a_stage_writes_the_same_table_on_both_engines(both: Both, table: str) -> None:
    assert difference(both.duckdb.table(table), both.spark.table(table)) == ""


@pytest.mark.parametrize("table", sorted(set(MADE) - EMPTY_HERE))
def test_a_comparison_is_not_of_nothing(both: Both, table: str) -> None:
    assert both.spark.table(table).num_rows > 0


def test_a_second_run_on_the_other_engine_keeps_the_ids_of_networks(both: Both) -> None:
    before = both.spark.table("networks")
    both.spark.run(("link",))
    assert both.spark.table("networks").equals(before)


def test_a_run_says_its_engine_and_what_it_shuffled_and_spilled(both: Both) -> None:
    said = [
        json.loads((place.root / "runs" / f"{done.run}.json").read_text("utf-8"))
        for place, done in zip((both.duckdb, both.spark), both.done, strict=True)
    ]
    assert [one["engine"] for one in said] == ["duckdb", "spark"]
    assert set(said[1]["spark"]) == {"shuffled_mb", "spilled_mb"}


def test_a_difference_is_seen() -> None:
    one = pa.table({"a": [1, 2, 3]})
    assert difference(one, pa.table({"a": [1, 3, 2]})).startswith("row 1")
    assert difference(one, one.slice(0, 2)) == "3 rows and 2"
    assert difference(one, one.rename_columns(["b"])).startswith("columns")

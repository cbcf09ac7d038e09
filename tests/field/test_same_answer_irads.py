"""Real ads give the same tables on both engines: the first 5,000, for time's sake (all of them do)."""

import csv
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from tests.engine.same import MADE, Both, difference, run_both

from undertow.workspace import Workspace

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.xdist_group("spark")]


@pytest.fixture(scope="module")
def both(spark: Any, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("irads")
    collected = Workspace.start(folder / "collected", country="US")
    ads = (shared / "posts" / "irads" / "irads_ads.csv").read_text("utf-8").splitlines(keepends=True)
    with (folder / "ads.csv").open("w", encoding="utf-8", newline="") as few:
        csv.writer(few).writerows(islice(csv.reader(ads), 5_001))
    collected.collect([folder / "ads.csv"])
    return run_both(collected, folder)


@pytest.mark.parametrize("table", MADE)
def test_real_ads_give_the_same_table_on_both_engines(both: Both, table: str) -> None:
    assert difference(both.duckdb.table(table), both.spark.table(table)) == ""


def test_real_ads_give_mentions_templates_and_networks(both: Both) -> None:
    assert all(both.spark.table(name).num_rows > 100 for name in ("mentions", "templates", "networks"))

"""Real ads give the same tables on both engines."""

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
    collected.collect([shared / "posts" / "irads" / "irads_ads.csv"])
    return run_both(collected, folder)


@pytest.mark.parametrize("table", MADE)
def test_real_ads_give_the_same_table_on_both_engines(both: Both, table: str) -> None:
    assert difference(both.duckdb.table(table), both.spark.table(table)) == ""


def test_real_ads_give_mentions_templates_and_networks(both: Both) -> None:
    assert all(both.spark.table(name).num_rows > 100 for name in ("mentions", "templates", "networks"))

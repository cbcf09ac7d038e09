"""The table of pictures that are the same is the same on Spark."""

from pathlib import Path
from typing import Any

import pytest
from tests.match.test_match_pictures import MIRRORED, OTHER, A, record

from undertow import testing
from undertow.match import pictures

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.xdist_group("spark")]


def test_spark_finds_the_same_pictures(spark: Any, tmp_path: Path) -> None:
    given = {"pictures": [record("i1", A), record("i2", A), record("i3", MIRRORED), record("i4", OTHER)]}
    found = []
    for make, name in ((testing.engine, "here"), (testing.spark_engine, "spark")):
        with make(tmp_path / name, given) as engine:
            pictures.run(engine)
            found.append(engine.fetch(engine.read("picture_matches")))
    assert found[0].num_rows == 3
    assert found[0].equals(found[1])

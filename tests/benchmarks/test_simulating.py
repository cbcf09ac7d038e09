"""The benchmark of made-up worlds measures the world and its baseline on the same posts."""

from pathlib import Path

from benchmarks import simulating
from undertow.simulate import Options, simulate


def test_the_baseline_writes_every_post_of_the_world(tmp_path: Path) -> None:
    simulate(tmp_path / "world", Options(200, 3, pictures=0))
    rows = simulating._rows(tmp_path / "world" / "files", tmp_path / "workspace")
    assert len(rows) == 200
    simulating.written(rows, tmp_path / "posts.csv")
    assert (tmp_path / "posts.csv").stat().st_size > 200 * 40


def test_a_row_says_what_a_family_costs_beside_the_baseline() -> None:
    row = simulating._measured("delta", 300)
    assert row.startswith("| delta |")
    assert float(row.split("|")[6]) >= 1

"""A small held-out world stays above the floors of `benchmarks/floors.toml`."""

import tomllib
from pathlib import Path

import pytest

from undertow.evaluate.contract import Evaluation
from undertow.simulate import Options, simulate
from undertow.workspace import Workspace

FLOORS = tomllib.loads((Path(__file__).parents[2] / "benchmarks" / "floors.toml").read_text("utf-8"))["small"]


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    folder = tmp_path_factory.mktemp("floors")
    simulate(folder / "world", Options(FLOORS["posts"], FLOORS["seed"], FLOORS["family"], pictures=0))
    workspace = Workspace.start(folder / "workspace")
    workspace.collect([folder / "world" / "files"])
    workspace.run()
    return workspace.evaluate(folder / "world" / "truth")


@pytest.mark.slow
@pytest.mark.xdist_group("floors")
@pytest.mark.parametrize("floor", FLOORS["floor"], ids=lambda one: f"{one['figure']} {one.get('group', '')}".strip())
def test_no_figure_of_the_small_world_is_below_its_floor(evaluation: Evaluation, floor: dict[str, object]) -> None:
    value = evaluation.value(str(floor["figure"]), str(floor.get("group", "")))
    assert float(str(floor.get("least", value))) <= value <= float(str(floor.get("most", value)))


def test_every_floor_is_one_that_can_fail() -> None:
    assert all(("least" in floor) != ("most" in floor) for floor in FLOORS["floor"])

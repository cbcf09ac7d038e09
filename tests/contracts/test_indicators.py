"""What every indicator must keep: it is true in its own small world, and silent in its innocent sibling and in none."""

from pathlib import Path

import pytest

from undertow import plugins, testing
from undertow.assess import evidence, views, weights
from undertow.assess.contract import CLASSES, DIMENSIONS, Indicator, World
from undertow.assess.run import FOLDER
from undertow.engine import portable

INDICATORS = plugins.load(FOLDER, Indicator)
each = pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS.keys())


def ask(folder: Path, indicator: Indicator, world: World) -> list[tuple[str, str, str]]:
    with testing.engine(folder, world) as engine:
        rows = engine.fetch(evidence.ask(engine, indicator, views.build(engine)))
    return sorted({(row["subject_id"], row["record_id"], row["why"]) for row in rows.to_pylist()})


@each
def test_it_is_true_in_its_own_world(indicator: Indicator, tmp_path: Path) -> None:
    assert ask(tmp_path, indicator, indicator.given) == sorted(indicator.expect) != []


@each
def test_it_is_silent_in_the_harmless_sibling_of_its_world(indicator: Indicator, tmp_path: Path) -> None:
    assert indicator.given_harmless
    assert ask(tmp_path, indicator, indicator.given_harmless) == []


@each
def test_it_is_silent_where_there_is_nothing(indicator: Indicator, tmp_path: Path) -> None:
    assert ask(tmp_path, indicator, {}) == []


@each
def test_its_sql_means_the_same_on_every_engine(indicator: Indicator) -> None:
    assert portable.translate(indicator.sql, "duckdb")
    assert portable.translate(indicator.sql, "spark")


@each
def test_it_says_what_it_is_on_whose_word_and_why_it_may_mean_nothing(indicator: Indicator) -> None:
    assert min(len(text) for text in (indicator.says, indicator.source, indicator.harmless, indicator.family)) > 2
    assert indicator.version >= 1


@each
def test_it_speaks_to_act_means_or_purpose_only_where_it_speaks_for_organised_risk(indicator: Indicator) -> None:
    assert indicator.speaks_to <= set(DIMENSIONS)
    assert indicator.speaks_for in CLASSES
    assert bool(indicator.speaks_to) == (indicator.speaks_for == "organised_risk")


def test_every_indicator_has_a_weight_and_every_weight_an_indicator() -> None:
    assert sorted(weights.load().points) == sorted(INDICATORS)


def test_every_family_has_a_cap_and_every_cap_a_family() -> None:
    assert sorted(weights.load().caps) == sorted({indicator.family for indicator in INDICATORS.values()})

"""What every kind of alert must keep: it is true in its own small world, and silent where nothing changed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from undertow import plugins, testing
from undertow.engine import portable
from undertow.watch.contract import Kind, World
from undertow.watch.run import FOLDER, Moment, Row, ask, before, views_over

KINDS = plugins.load(FOLDER, Kind)
each = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
MOMENT = Moment("r", datetime(2026, 1, 1, tzinfo=UTC), set(), "low")


def asked(folder: Path, kind: Kind, world_before: World, world: World) -> list[Row]:
    with testing.engine(folder / "before", world_before) as earlier, testing.engine(folder / "after", world) as engine:
        return ask(engine, kind, views_over(engine, before(earlier)), MOMENT)


@each
def test_it_is_true_in_its_own_world(kind: Kind, tmp_path: Path) -> None:
    rows = asked(tmp_path, kind, kind.given_before, kind.given)
    assert [(row["subject"], row["why"]) for row in rows] == sorted(kind.expect) != []


@each
def test_it_is_silent_where_nothing_changed(kind: Kind, tmp_path: Path) -> None:
    assert asked(tmp_path, kind, kind.given, kind.given) == []


@each
def test_its_sql_means_the_same_on_every_engine(kind: Kind) -> None:
    sql = kind.sql.replace(":lowest_band", "'low'")
    assert portable.translate(sql, "duckdb")
    assert portable.translate(sql, "spark")


@each
def test_it_says_what_it_is(kind: Kind) -> None:
    assert len(kind.says) > 20
    assert kind.version >= 1

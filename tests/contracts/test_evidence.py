"""What every kind of evidence must keep: it gives what it says in its own world, and nothing where nothing is."""

from pathlib import Path

import pytest

from undertow import testing
from undertow.engine import portable
from undertow.link import ties, words
from undertow.link.contract import Evidence

each = pytest.mark.parametrize("evidence", ties.kinds().values(), ids=ties.kinds().keys())


def held(folder: Path, evidence: Evidence, given: dict[str, list[dict[str, object]]]) -> list[tuple[str, str, str]]:
    with testing.engine(folder, given) as engine:
        rows = engine.fetch(ties.held(engine, {evidence.name: evidence})).to_pylist()
    return sorted({(row["record_id"], row["via_kind"], row["via"]) for row in rows})


@each
def test_it_gives_what_it_expects_of_its_own_world(evidence: Evidence, tmp_path: Path) -> None:
    expected = [(record, evidence.name, via) for record, via in sorted(evidence.expect)]
    assert held(tmp_path, evidence, evidence.given) == expected != []


@each
def test_its_world_holds_something_that_ties_nothing(evidence: Evidence) -> None:
    rows = sum(len(rows) for rows in evidence.given.values())
    assert rows > len({record for record, _ in evidence.expect})


@each
def test_it_gives_nothing_where_there_is_nothing(evidence: Evidence, tmp_path: Path) -> None:
    assert held(tmp_path, evidence, {}) == []


@each
def test_its_sql_means_the_same_on_every_engine(evidence: Evidence) -> None:
    assert portable.translate(evidence.sql, "duckdb")
    assert portable.translate(evidence.sql, "spark")


@each
def test_it_can_be_said_in_a_sentence(evidence: Evidence) -> None:
    assert evidence.thing.count("{via}") == 1
    assert words.does(evidence.name, "VALUE").count("VALUE") == 1
    assert "{" not in words.does(evidence.name, "VALUE") + evidence.says
    assert evidence.version >= 1

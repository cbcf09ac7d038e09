"""Components by SQL are those found in memory, whatever the graph."""

import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undertow import testing
from undertow.engine.base import Engine
from undertow.engine.contraction import joined

NAMES = ["a", "A", "b", "é", "z", "zz", "№", "𝔞", "k1", "k10", "k2", ""]
Edges = list[tuple[str, str]]

edges = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=14)


def found(engine: Engine, held: Edges, fits: int) -> dict[str, str]:
    given = [{"record_id": a, "via_kind": str(n), "via": b} for n, (a, b) in enumerate(held)]
    engine.write("ties", testing.table("ties", given))
    made = engine.fetch(joined(engine, engine.query("SELECT record_id AS a, via AS b FROM ties"), fits=fits))
    assert made.num_rows == len(set(made["node"].to_pylist()))
    return dict(zip(made["node"].to_pylist(), made["component"].to_pylist(), strict=True))


def alone(held: Edges, fits: int) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder, testing.engine(Path(folder)) as engine:
        return found(engine, held, fits)


@settings(max_examples=15)
@given(edges)
def test_sql_gives_the_components_that_memory_gives(held: Edges) -> None:
    assert alone(held, fits=0) == alone(held, fits=1_000)


def test_a_component_is_named_by_its_smallest_node_and_one_alone_by_itself() -> None:
    held = [("k2", "b"), ("b", "z"), ("a", "a"), ("é", "zz")]
    assert alone(held, fits=0) == {"k2": "b", "b": "b", "z": "b", "a": "a", "é": "zz", "zz": "zz"}


def test_a_long_chain_in_any_order_is_one_component() -> None:
    numbers = [n * 7 % 61 for n in range(61)]
    held = [(f"k{a:02}", f"k{b:02}") for a, b in pairwise(numbers)]
    assert set(alone(held, fits=0).values()) == {"k00"}


def test_no_edges_have_no_components() -> None:
    assert alone([], fits=0) == alone([], fits=10) == {}


@pytest.mark.spark
@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_components_are_the_same_on_spark(spark: Any, tmp_path: Path) -> None:
    held = [("№", "é"), ("é", "𝔞"), ("𝔞", "k2"), ("k1", "k2"), ("z", "z")]
    with testing.spark_engine(tmp_path) as engine:
        assert found(engine, held, fits=0) == alone(held, fits=1_000)

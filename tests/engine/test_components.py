"""Connected components against a search that anyone can check by reading."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.engine.components import components

NODES = 12
edges = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=20)


def reached(node: int, held: list[tuple[int, int]]) -> set[int]:
    """Every node that a walk from `node` comes to."""
    seen: set[int] = set()
    ahead = [node]
    while ahead:
        here = ahead.pop()
        if here not in seen:
            seen.add(here)
            ahead += [b for a, b in held if a == here] + [a for a, b in held if b == here]
    return seen


def found(held: list[tuple[int, int]]) -> list[int]:
    return [int(label) for label in components(NODES, [a for a, _ in held], [b for _, b in held])]


@given(edges)
def test_a_component_is_named_by_the_smallest_node_that_a_walk_reaches(held: list[tuple[int, int]]) -> None:
    assert found(held) == [min(reached(node, held)) for node in range(NODES)]


@given(edges, st.randoms(use_true_random=False))
def test_neither_order_nor_direction_of_edges_matters(held: list[tuple[int, int]], random: object) -> None:
    turned = [(b, a) for a, b in held]
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert found(turned) == found(held)


def test_no_nodes_have_no_components() -> None:
    assert components(0, [], []).size == 0


def test_a_long_chain_given_from_its_end_is_one_component() -> None:
    last = 100_000
    chain = np.arange(last, 0, -1)
    assert not components(last + 1, chain, chain - 1).any()


def test_an_edge_to_a_node_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="outside 0 to 2"):
        components(3, [0], [3])


def test_ends_of_unequal_number_are_refused() -> None:
    with pytest.raises(ValueError, match="1 left ends"):
        components(3, [0], [1, 2])

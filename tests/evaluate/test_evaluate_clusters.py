"""Two groupings compared: by hand, and against counting every pair and every thing."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.evaluate import chance, clusters

groupings = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)


def scores(true: list[int], found: list[int], *names: str) -> list[float]:
    rows = clusters.compare(np.array(true, np.int64), np.array(found, np.int64))
    made = clusters.scores(rows.sum(axis=0))
    return [float(getattr(made, name)) for name in names]


def test_the_same_grouping_under_other_numbers_is_perfect() -> None:
    made = scores([0, 0, 1, 1, 2], [7, 7, 3, 3, 0], "precision", "recall", "f1", "rand", "bcubed_f1")
    assert made == [1, 1, 1, 1, 1]


def test_everything_merged_has_full_recall_and_the_precision_of_chance() -> None:
    made = scores([0, 0, 1, 1], [0, 0, 0, 0], "precision", "recall", "bcubed_precision", "bcubed_recall", "rand")
    assert made == pytest.approx([2 / 6, 1, 0.5, 1, 0])


def test_everything_apart_has_no_pair_and_full_bcubed_precision() -> None:
    made = scores([0, 0, 1, 1], [0, 1, 2, 3], "precision", "recall", "f1", "bcubed_precision", "bcubed_recall")
    assert made == pytest.approx([np.nan, 0, 0, 1, 0.5], nan_ok=True)


def test_one_thing_in_the_wrong_group_by_hand() -> None:
    # true {a b c} {d e}, found {a b} {c d e}: of 4 true and 4 found pairs 2 are the same
    groups = [0, 0, 0, 1, 1], [0, 0, 1, 1, 1]
    assert scores(*groups, "precision", "recall", "f1") == [0.5, 0.5, 0.5]
    assert scores(*groups, "bcubed_precision") == pytest.approx([(1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5])
    assert scores(*groups, "bcubed_recall") == pytest.approx([(2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5])
    assert scores(*groups, "rand") == pytest.approx([(2 - 1.6) / (4 - 1.6)])


@given(groupings)
def test_pairs_are_those_of_counting_every_pair(things: list[tuple[int, int]]) -> None:
    made = clusters.compare(*np.array(things, np.int64).T).sum(axis=0)
    pairs = list(combinations(things, 2))
    together = sum(a[0] == b[0] and a[1] == b[1] for a, b in pairs)
    same: Callable[[int], int] = lambda side: sum(a[side] == b[side] for a, b in pairs)  # noqa: E731
    assert made[1:4].tolist() == [2 * together, 2 * same(0), 2 * same(1)]


@given(groupings)
def test_bcubed_is_that_of_looking_at_every_thing(things: list[tuple[int, int]]) -> None:
    made = clusters.compare(*np.array(things, np.int64).T)
    for row, (true, found) in zip(made, things, strict=True):
        both = sum(other == (true, found) for other in things)
        assert row[4] == pytest.approx(both / sum(other[1] == found for other in things))
        assert row[5] == pytest.approx(both / sum(other[0] == true for other in things))


@given(groupings, st.randoms())
def test_the_order_of_things_does_not_matter(things: list[tuple[int, int]], random: object) -> None:
    mixed = sorted(things, key=lambda _: random.random())  # type: ignore[attr-defined]
    sums = [clusters.compare(*np.array(held, np.int64).T).sum(axis=0) for held in (things, mixed)]
    assert sums[0] == pytest.approx(sums[1])


def test_an_interval_holds_the_mean_of_its_units_and_is_the_same_again() -> None:
    units = np.column_stack([np.arange(100) % 2, np.ones(100)]).astype(np.float64)
    low, high = chance.bootstrap(units, lambda sums: (sums[:, 0] / sums[:, 1])[:, None])[0]
    assert low is not None
    assert high is not None
    assert 0.35 < low < 0.5 < high < 0.65
    assert (low, high) == chance.bootstrap(units, lambda sums: (sums[:, 0] / sums[:, 1])[:, None])[0]


def test_very_many_units_are_resampled_in_sets_that_lose_nothing() -> None:
    rows = np.ones((60_000, 1))
    made = chance.per_unit(np.arange(60_000), rows)
    assert len(made) == chance.BLOCKS
    assert made.sum() == 60_000


def test_sets_of_units_keep_the_width_of_the_interval() -> None:
    hit = np.random.default_rng(1).random(60_000) < 0.1
    rows = np.column_stack([hit, np.ones(len(hit))]).astype(np.float64)
    whole, sets = (
        np.subtract(*chance.bootstrap(units, lambda sums: (sums[:, 0] / sums[:, 1])[:, None])[0])  # type: ignore[arg-type]
        for units in (rows, chance.per_unit(np.arange(60_000), rows))
    )
    assert sets == pytest.approx(whole, rel=0.2)


@pytest.mark.parametrize(("hits", "of"), [(0, 10), (10, 10), (3, 10)])
def test_wilson_holds_the_share_and_has_width_at_the_ends(hits: int, of: int) -> None:
    low, high = chance.wilson(hits, of)
    assert low is not None
    assert high is not None
    assert 0 <= low <= hits / of <= high <= 1
    assert high - low > 0.2


def test_wilson_of_one_in_ten_is_the_published_interval() -> None:
    # Newcombe 1998, table I: 15 of 148 gives 0.0624 to 0.1605
    assert [round(end or 0, 4) for end in chance.wilson(15, 148)] == [0.0624, 0.1605]

"""Made-up ads of a known truth: how many pairs of one template are found, and how few others."""

from dataclasses import replace
from functools import cache

import pytest
from benchmarks.templates_world import World, ads, pairwise

from undertow.match import group_texts

REACHED = {0.0: 0.99, 0.01: 0.99, 0.03: 0.95, 0.06: 0.85}
VARIANTS = {
    "seed 1": World(5000, seed=1),
    "seed 2": World(5000, seed=2),
    "few words": World(5000, seed=3, words=2000),
    "many words": World(5000, seed=4, words=20_000),
    "no typos": World(5000, seed=5, typos=False),
    "small templates": World(5000, seed=6, largest=4),
    "many siblings": World(5000, seed=7, siblings=0.2),
    "few fillings": World(5000, seed=9, fillings=3),
    "many short lines": World(5000, seed=8, short=0.4),
}


@cache
def measured(name: str, noise: float) -> tuple[float, float]:
    texts, truth = ads(replace(VARIANTS[name], noise=noise))
    return pairwise(group_texts(texts), truth)


@pytest.mark.parametrize("noise", REACHED)
def test_templates_are_found_through_noise(noise: float) -> None:
    recalls = [measured(name, noise)[1] for name in VARIANTS]
    assert sum(recalls) / len(recalls) >= REACHED[noise]


@pytest.mark.parametrize("noise", REACHED)
@pytest.mark.parametrize("name", VARIANTS)
def test_ads_of_two_templates_are_kept_apart(name: str, noise: float) -> None:
    assert measured(name, noise)[0] >= 0.99


@pytest.mark.parametrize("noise", REACHED)
@pytest.mark.parametrize("rows", [2, 7, 60, 1000])
def test_templates_are_found_among_few_texts(rows: int, noise: float) -> None:
    texts, truth = ads(World(rows, noise, seed=3))
    precision, recall = pairwise(group_texts(texts), truth)
    assert precision >= 0.99
    assert recall >= REACHED[noise]


def test_no_texts_have_no_groups() -> None:
    assert group_texts([]) == []


def test_one_text_is_alone() -> None:
    assert group_texts(["a quiet room by the river"]) == [0]


def test_a_chain_of_small_steps_does_not_hold_two_different_texts_together() -> None:
    words = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(80)]
    drifting = [" ".join(words[begin : begin + 40]) for begin in range(0, 41, 4)]
    numbers = group_texts(drifting)
    assert numbers[0] != numbers[-1]
    assert len(set(numbers)) <= 4

"""The groups are given by the texts: not by their order, nor by how they were cut into batches."""

import random

import pyarrow as pa
from benchmarks.templates_world import World, ads
from hypothesis import given, settings
from hypothesis import strategies as st

from undertow.match import group_texts
from undertow.match.signatures import SCHEMA, signatures

WORDS = ["garden", "house", "room", "paint", "quiet", "river", "park", "call", "07700", "900123", "today", "日", "本"]
line = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
texts = st.lists(st.one_of(line, st.text(max_size=20), st.sampled_from(["", "<REDACTED>", "n/a"])), max_size=30)


def parts(labels: list[int], places: list[int]) -> set[frozenset[int]]:
    """The groups as sets of places."""
    held: dict[int, set[int]] = {}
    for label, place in zip(labels, places, strict=True):
        held.setdefault(label, set()).add(place)
    return {frozenset(group) for group in held.values()}


def same_in_any_order(given_texts: list[str], seed: int) -> bool:
    places = list(range(len(given_texts)))
    straight = parts(group_texts(given_texts), places)
    random.Random(seed).shuffle(places)
    return parts(group_texts([given_texts[place] for place in places]), places) == straight


@settings(max_examples=80, deadline=None)
@given(texts, st.integers(0, 99))
def test_the_order_of_texts_does_not_matter(held: list[str], seed: int) -> None:
    assert same_in_any_order(held, seed)


def test_the_order_does_not_matter_among_noisy_ads_with_siblings() -> None:
    held, _ = ads(World(3000, noise=0.06, siblings=0.5, stock=0.5, longest=25))
    assert same_in_any_order(held, 1)
    assert same_in_any_order(held, 2)


@settings(max_examples=80, deadline=None)
@given(texts)
def test_a_number_is_the_place_of_the_first_text_of_its_group(held: list[str]) -> None:
    numbers = group_texts(held)
    assert all(number <= place and numbers[number] == number for place, number in enumerate(numbers))


@settings(max_examples=80, deadline=None)
@given(texts)
def test_equal_texts_that_say_something_are_together(held: list[str]) -> None:
    numbers = group_texts([*held, "a quiet room by the river"] * 2)
    assert numbers[len(held)] == numbers[-1]


@settings(max_examples=80, deadline=None)
@given(texts, st.integers(0, 30))
def test_a_split_batch_gives_what_the_whole_gives(held: list[str], at: int) -> None:
    column = pa.array(held, pa.string())
    batch = pa.table({"post_id": pa.array([f"p{n}" for n in range(len(held))], pa.string()), "text": column})
    split = pa.concat_tables([signatures(batch.slice(0, at)), signatures(batch.slice(at))])
    assert split.combine_chunks().equals(signatures(batch).combine_chunks())
    assert split.schema == SCHEMA

"""Alignments against a table that anyone can check by reading, and the JSON that is written without a library."""

import itertools
import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from undertow.match.alignment import common, space
from undertow.match.templates import LONGEST, Aligned, _matches, slots_of

words = st.lists(st.integers(0, 5), max_size=90)
SPACE = space(128)
TRACE = np.zeros((2 * LONGEST + 1, 4 * LONGEST + 3), np.int16)


def longest(one: list[int], other: list[int]) -> int:
    """Length of the longest common subsequence, by the textbook's table."""
    row = [0] * (len(other) + 1)
    for left in one:
        before, row = row, [0]
        for at, right in enumerate(other):
            row.append(before[at] + 1 if left == right else max(before[at + 1], row[at]))
    return row[-1]


def keys(held: list[int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.array(held, np.uint32)


def partners(one: list[int], other: list[int]) -> list[tuple[int, int]]:
    into = np.zeros(max(1, len(one)), np.int64)
    _matches(keys(one), keys(other), TRACE, into)
    return [(at, int(partner)) for at, partner in enumerate(into[: len(one)]) if partner >= 0]


@given(words, words)
def test_the_common_part_is_as_long_as_the_table_says(one: list[int], other: list[int]) -> None:
    assert common(keys(one), keys(other), SPACE) == longest(one, other)


@given(words, words)
def test_an_alignment_pairs_as_many_words_as_the_table_says(one: list[int], other: list[int]) -> None:
    assert len(partners(one, other)) == longest(one, other)


@given(words, words)
def test_an_alignment_pairs_equal_words_in_order(one: list[int], other: list[int]) -> None:
    paired = partners(one, other)
    assert all(one[here] == other[there] for here, there in paired)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(paired))


def test_two_long_texts_without_a_common_word_are_aligned() -> None:
    assert partners([1] * LONGEST, [2] * LONGEST) == []


@given(st.lists(st.tuples(st.integers(0, 4), *[st.integers(0, 2**31)] * 3), max_size=12))
def test_slots_are_written_as_json_reads_them(rows: list[tuple[int, int, int, int]]) -> None:
    none = np.zeros(0, np.int64)
    slots = np.array(rows, np.int64).reshape(len(rows), 4)
    written = slots_of(Aligned(none, none, slots, none, none, none), 5).to_pylist()
    wanted = [[list(row[1:]) for row in rows if row[0] == text] for text in range(5)]
    assert [json.loads(text) for text in written] == wanted

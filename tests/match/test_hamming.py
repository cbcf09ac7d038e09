"""The index finds what looking at every hash finds: no more, and no less."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undertow.errors import OutsideError, UserError
from undertow.match import HammingIndex
from undertow.match import hamming as module

HASH = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"


def plainly(held: np.ndarray, asked: np.ndarray, distance: int) -> set[tuple[int, int, int]]:
    bits = np.unpackbits(held[None] ^ asked[:, None], axis=2).sum(axis=2, dtype=np.int64)
    return {(q, r, int(bits[q, r])) for q, r in zip(*np.nonzero(bits <= distance), strict=True)}


def crowd(seed: int, centres: int, around: int) -> np.ndarray:
    """Hashes in heaps: near ones at every distance, and copies."""
    chance = np.random.default_rng(seed)
    middle = chance.integers(0, 256, (centres, 32), np.uint8)
    made = [middle]
    for _ in range(around):
        most = chance.integers(0, 60, (centres, 1))
        turned = chance.random((centres, 256)).argsort(axis=1) < most
        made.append(middle ^ np.packbits(turned, axis=1))
    return np.concatenate(made)


def found(index: HammingIndex, asked: np.ndarray, distance: int) -> list[tuple[int, int, int]]:
    return [(q, int(name), bits) for q, row in enumerate(index.search_many(asked, distance)) for name, bits in row]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0, 2, 14, 15, 30, 31, 47, 90, 256]), st.sampled_from([1, 7, 400]))
def test_it_finds_what_looking_at_each_finds(seed: int, distance: int, centres: int) -> None:
    held = crowd(seed, centres, 3)
    asked = held[: min(30, len(held))]
    index = HammingIndex()
    index.add(held, range(len(held)))
    rows = found(index, asked, distance)
    assert set(rows) == plainly(held, asked, distance)
    assert len(rows) == len(set(rows))


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0, 15, 16, 30, 31, 40]))
def test_its_tables_find_what_looking_at_each_finds(seed: int, distance: int) -> None:
    held = crowd(seed, 3000, 5)  # more than are looked at one by one
    asked = held[::600]
    index = HammingIndex()
    index.add(held, range(len(held)))
    assert index._parts and not index._tail
    rows = found(index, asked, distance)
    assert set(rows) == plainly(held, asked, distance)
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("pieces", [12, 13, 16])
@pytest.mark.parametrize("distance", [30, 31])
def test_every_number_of_pieces_finds_all(pieces: int, distance: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_pieces", lambda rows: pieces)
    monkeypatch.setattr(module, "_WORTH", 0)
    held = crowd(pieces, 3000, 5)
    index = HammingIndex()
    index.add(held, range(len(held)))
    assert set(found(index, held[::300], distance)) == plainly(held, held[::300], distance)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(0, 6000), min_size=1, max_size=12))
def test_adding_in_pieces_is_adding_at_once(sizes: list[int]) -> None:
    held = crowd(7, 6000, 2)[: sum(sizes)]
    index, begin = HammingIndex(), 0
    for size in sizes:
        part = held[begin : begin + size]
        index.add(part, range(begin, begin + len(part)))
        begin += len(part)
    once = HammingIndex()
    once.add(held, range(len(held)))
    assert len(index) == len(held)
    assert found(index, held[:20], 30) == found(once, held[:20], 30)


@pytest.mark.parametrize("copies", [1, 2, 3, 4, 8, 16, 64, 257, 20_000])
def test_one_hash_and_many_copies_of_one_come_back_from_the_disk(copies: int, tmp_path: Path) -> None:
    index = HammingIndex()
    index.add([HASH] * copies, [f"p{n}" for n in range(copies)])
    index.save(tmp_path / "index")
    again = HammingIndex.load(tmp_path / "index")
    assert again.search(HASH) == [(f"p{n}", 0) for n in range(copies)]


def test_what_was_loaded_can_grow_and_be_saved_over_itself(tmp_path: Path) -> None:
    held = crowd(3, 4000, 3)
    index = HammingIndex()
    index.add(held[:10_000], range(10_000))
    index.save(tmp_path / "index")
    again = HammingIndex.load(tmp_path / "index")
    again.add(held[10_000:], range(10_000, len(held)))
    again.save(tmp_path / "index")
    assert set(found(HammingIndex.load(tmp_path / "index"), held[:9], 30)) == plainly(held, held[:9], 30)


def test_the_opposite_of_a_hash_is_256_bits_away_and_no_match() -> None:
    opposite = f"{int(HASH, 16) ^ ((1 << 256) - 1):064x}"
    index = HammingIndex()
    index.add([opposite], ["opposite"])
    assert index.search(HASH) == []
    assert index.search(HASH, 256) == [("opposite", 256)]


def test_the_nearest_comes_first() -> None:
    near = f"{int(HASH, 16) ^ 0b11:064x}"
    index = HammingIndex()
    index.add([near, HASH], ["near", "same"])
    assert index.search(HASH) == [("same", 0), ("near", 2)]


def test_an_empty_index_finds_nothing_and_comes_back(tmp_path: Path) -> None:
    HammingIndex().save(tmp_path / "index")
    assert HammingIndex.load(tmp_path / "index").search(HASH) == []


@pytest.mark.parametrize("wrong", ["", "f8f8", HASH + "00", "z" * 64])
def test_what_is_no_hash_is_refused(wrong: str) -> None:
    with pytest.raises(UserError):
        HammingIndex().add([wrong], ["p1"])


def test_a_hash_without_an_id_is_refused() -> None:
    with pytest.raises(UserError):
        HammingIndex().add([HASH], [])


def test_half_an_index_is_not_read(tmp_path: Path) -> None:
    index = HammingIndex()
    index.add([HASH, HASH], ["p1", "p2"])
    index.save(tmp_path / "index")
    np.save(tmp_path / "index" / "tail.npy", np.zeros((1, 4), np.uint64))
    with pytest.raises(OutsideError):
        HammingIndex.load(tmp_path / "index")

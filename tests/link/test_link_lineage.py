"""Networks keep their ids as they grow, merge and split, and say what became of them."""

from pathlib import Path

import pyarrow as pa
from tests.link.worlds import Post, link, parts, world

A, B = "+12025550123", "+12025550145"


def pair(letter: str, phone: str, count: int = 2) -> list[Post]:
    return [Post(f"{letter}{n}", phone) for n in range(count)]


def after(folder: Path, before: dict[str, pa.Table], posts: list[Post]) -> dict[str, pa.Table]:
    return link(folder, world(posts) | {"network_members": before["network_members"].to_pylist()})


def ids(tables: dict[str, pa.Table]) -> dict[str, str]:
    return {row["record_id"]: row["network_id"] for row in tables["network_members"].to_pylist()}


def events(tables: dict[str, pa.Table]) -> set[tuple[str, str, str, int]]:
    return {tuple(row.values()) for row in tables["lineage"].to_pylist()}


def test_a_first_run_has_no_lineage(tmp_path: Path) -> None:
    assert events(link(tmp_path, world(pair("p", A)))) == set()


def test_the_same_data_again_keep_every_id_and_nothing_happened(tmp_path: Path) -> None:
    posts = pair("p", A) + pair("q", B)
    first = link(tmp_path / "1", world(posts))
    second = after(tmp_path / "2", first, posts)
    assert ids(second) == ids(first)
    assert events(second) == set()


def test_a_network_that_grows_keeps_its_id_even_under_a_smaller_record(tmp_path: Path) -> None:
    first = link(tmp_path / "1", world(pair("p", A)))
    second = after(tmp_path / "2", first, [Post("a0", A), *pair("p", A)])
    old = ids(first)["p0"]
    assert set(ids(second).values()) == {old}
    assert events(second) == {(old, old, "grew", 2)}


def test_networks_that_merge_go_on_under_the_id_of_the_largest(tmp_path: Path) -> None:
    first = link(tmp_path / "1", world(pair("p", A) + pair("q", B, 3)))
    both = Post("z", many=(("phone", A), ("phone", B)))
    second = after(tmp_path / "2", first, [*pair("p", A), *pair("q", B, 3), both])
    small, large = ids(first)["p0"], ids(first)["q0"]
    assert set(ids(second).values()) == {large}
    assert events(second) == {(large, small, "merged", 2), (large, large, "merged", 3)}


def test_a_network_that_splits_leaves_its_id_to_the_largest_part(tmp_path: Path) -> None:
    joint = Post("q0", many=(("phone", A), ("phone", B)))
    first = link(tmp_path / "1", world([*pair("p", A), joint, Post("q1", B), Post("q2", B)]))
    second = after(tmp_path / "2", first, pair("p", A) + pair("q", B, 3))
    old, now = ids(first)["p0"], ids(second)
    assert now["q0"] == old != now["p0"]
    assert events(second) == {(old, old, "split", 3), (now["p0"], old, "split", 2)}


def test_two_networks_never_bear_one_id(tmp_path: Path) -> None:
    joint = Post("q0", many=(("phone", A), ("phone", B)))
    first = link(tmp_path / "1", world([*pair("p", A), joint, Post("q1", B), Post("q2", B)]))
    second = after(tmp_path / "2", first, pair("p", A) + pair("q", B, 3))
    assert len(second["networks"]) == len(set(second["networks"]["network_id"].to_pylist())) == 2


def test_a_network_that_fell_apart_has_ended(tmp_path: Path) -> None:
    first = link(tmp_path / "1", world(pair("p", A)))
    second = after(tmp_path / "2", first, [Post("p0", A), Post("p1", B)])
    assert parts(second) == []
    assert events(second) == {("", ids(first)["p0"], "ended", 0)}


def test_a_network_that_lost_a_record_shrank(tmp_path: Path) -> None:
    first = link(tmp_path / "1", world(pair("p", A, 3)))
    second = after(tmp_path / "2", first, pair("p", A))
    old = ids(first)["p0"]
    assert events(second) == {(old, old, "shrank", 2)}

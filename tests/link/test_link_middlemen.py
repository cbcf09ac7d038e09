"""Who serves several groups: ranked by the voices that they reach, and found across networks."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.worlds import Post, World, link, parts, world

DRIVER, BARE, FLAT = "+12025550101", "2025550101", "+12025550102"


def ring(name: str, middle: str) -> list[Post]:
    """Two accounts and two contacts of one group, one post of which also gives the middleman's number."""
    phone, mail = f"+4420794600{ord(name[0])}", f"{name}@mail.example"
    first = Post(f"{name}1", phone, f"{name}-a", many=(("email", mail),))
    return [first, Post(f"{name}2", phone, f"{name}-b", many=(("email", mail), ("phone", middle)))]


def alone(name: str, middle: str) -> list[Post]:
    """One person of one account and one phone, who gives the middleman's number in one of many posts."""
    phone = f"+4420794601{ord(name[0])}"
    posts = [Post(f"{name}{n}", phone, name) for n in range(5)]
    return [*posts, Post(f"{name}9", phone, name, many=(("phone", middle),))]


def made(posts: list[Post]) -> World:
    """The world of these posts, where a number without its country is as unsure as its finder says."""
    given_ = world(posts)
    for mention in given_["mentions"]:
        mention["confidence"] = 0.3 if mention["value"] == BARE else 1.0
    return given_


def named(folder: Path, posts: list[Post], kind: str = "phone") -> list[dict[str, Any]]:
    rows = link(folder, made(posts))["brokers"].to_pylist()
    return sorted((row for row in rows if row["node_kind"] == kind), key=lambda row: -row["reach"])


def test_who_serves_two_organised_groups_stands_before_who_serves_single_persons(tmp_path: Path) -> None:
    posts = [*ring("k", DRIVER), *ring("m", DRIVER), *alone("p", FLAT), *alone("q", FLAT)]
    first, second = named(tmp_path, posts)[:2]
    assert (first["node"], first["reach"], second["node"], second["reach"]) == (DRIVER, 4, FLAT, 1)
    assert first["score"] < second["score"]


def across() -> list[Post]:
    """Three networks: one gives the number whole, the others as it is written at home."""
    return [*ring("k", DRIVER), *ring("m", BARE), *ring("q", BARE)]


def test_a_number_without_its_country_joins_no_networks(tmp_path: Path) -> None:
    assert parts(link(tmp_path, made(across()))) == [["k1", "k2"], ["m1", "m2"], ["q1", "q2"]]


def test_who_serves_three_networks_stands_under_each(tmp_path: Path) -> None:
    rows = named(tmp_path, across())
    assert [(row["node"], row["parts"], row["score"], row["reach"]) for row in rows] == [(DRIVER, 3, 12, 4)] * 3
    assert len({row["network_id"] for row in rows}) == 3


def test_a_middleman_across_networks_is_explained_by_how_many_there_are(tmp_path: Path) -> None:
    said = f"Of 3 networks: without the phone {DRIVER}, 3 parts would not meet; records in the two largest: 2 and 2."
    assert {row["apart"] for row in named(tmp_path, across())} == {said}


def test_a_number_that_fits_two_countries_tells_no_middleman(tmp_path: Path) -> None:
    posts = [*across(), Post("z1", "+442025550101"), Post("z2", "+442025550101")]
    assert named(tmp_path, posts) == []


@settings(max_examples=8, deadline=None)
@given(st.permutations([*across(), *alone("z", FLAT), *alone("y", FLAT)]))
def test_the_order_of_posts_changes_no_middleman(posts: list[Post]) -> None:
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        usual = link(Path(first), made([*across(), *alone("z", FLAT), *alone("y", FLAT)]))["brokers"]
        assert link(Path(second), made(posts))["brokers"].equals(usual)

"""A contact on a few records of several networks is a middleman's: it is shown, and makes none of them one."""

from pathlib import Path

import pyarrow as pa
import pytest
from tests.link.worlds import Post, link, parts, world

DESK = "+12025550199"


def ring(name: str, at: int, *, desk: int = 1) -> list[Post]:
    """A network of three accounts with two numbers, each account having used both; `desk` posts give the desk's."""
    numbers = f"+12025550{at}0", f"+12025550{at}1"
    posts = [Post(f"{name}{who}{turn}", numbers[turn % 2], f"{name}{who}") for who in range(3) for turn in range(4)]
    return posts + [Post(f"{name}x{n}", DESK, f"{name}{n % 3}") for n in range(desk)]


def networks(posts: list[Post], folder: Path) -> tuple[list[int], dict[str, pa.Table]]:
    tables = link(folder, world(posts))
    return [len(part) for part in parts(tables)], tables


def test_three_networks_that_give_one_number_now_and_then_stay_three(tmp_path: Path) -> None:
    made, tables = networks([*ring("a", 11), *ring("b", 12), *ring("c", 13)], tmp_path)
    assert made == [13, 13, 13]
    (said,) = tables["hubs"].to_pylist()
    assert said["why"].startswith(f"Between: the phone {DESK} is on few records of 3 networks")
    assert {row["network_id"] for row in tables["brokers"].to_pylist() if row["node"] == DESK} == set(
        tables["networks"]["network_id"].to_pylist()
    )


def test_two_sides_may_be_one_operator_before_and_after(tmp_path: Path) -> None:
    assert networks([*ring("a", 11), *ring("b", 12)], tmp_path)[0] == [26]


@pytest.mark.parametrize("desk", [6, 12])
def test_a_number_on_much_of_what_it_ties_is_the_operators(desk: int, tmp_path: Path) -> None:
    posts = [*ring("a", 11, desk=desk), *ring("b", 12, desk=desk), *ring("c", 13, desk=desk)]
    assert networks(posts, tmp_path)[0] == [3 * (12 + desk)]


def test_people_who_advertise_alone_are_no_networks_and_are_judged_otherwise(tmp_path: Path) -> None:
    alone = [Post(f"{name}{n}", f"+1202555015{at}", name) for at, name in enumerate("abc") for n in range(5)]
    calls = [Post(f"{name}x", DESK, name) for name in "abc"]
    assert networks([*alone, *calls], tmp_path)[0] == [18]

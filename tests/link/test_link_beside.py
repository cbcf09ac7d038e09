"""A number that people give beside their own is what they share, and makes none of them one."""

from pathlib import Path

import pyarrow as pa
from tests.link.worlds import Post, link, parts, world

DRIVER = "+12025550100"


def friends(count: int, *, beside: bool = True) -> list[Post]:
    """Each has a number and an account of her own; one ad of three names the driver, beside her number or not."""
    made = []
    for n in range(count):
        own = f"+120255501{n + 10}"
        shared = Post(f"p{n}c", own if beside else None, f"user{n}", many=(("phone", DRIVER),))
        made += [Post(f"p{n}a", own, f"user{n}"), Post(f"p{n}b", own, f"user{n}"), shared]
    return made


def networks(posts: list[Post], folder: Path) -> tuple[list[list[str]], dict[str, pa.Table]]:
    tables = link(folder, world(posts))
    return parts(tables), tables


def test_friends_who_name_one_driver_beside_their_own_numbers_are_not_one(tmp_path: Path) -> None:
    made, _ = networks(friends(4), tmp_path)
    assert made == [[f"p{n}a", f"p{n}b", f"p{n}c"] for n in range(4)]


def test_two_friends_are_not_one_either(tmp_path: Path) -> None:
    made, _ = networks(friends(2), tmp_path)
    assert [len(part) for part in made] == [3, 3]


def test_accounts_that_give_one_number_instead_of_their_own_are_one(tmp_path: Path) -> None:
    made, _ = networks(friends(4, beside=False), tmp_path)
    assert [len(part) for part in made] == [12]


def test_a_number_beside_the_one_that_followed_it_still_joins_them(tmp_path: Path) -> None:
    before, after = "+12025550120", "+12025550121"
    old = [Post(f"p{n}", before, "ana") for n in range(4)]
    new = [Post(f"q{n}", after, "bea") for n in range(3)]
    both = Post("r", after, "bea", many=(("phone", before),))
    made, _ = networks([*old, *new, both], tmp_path)
    assert [len(part) for part in made] == [8]


def test_numbers_that_stand_side_by_side_on_many_accounts_of_one_operator_still_join_them(tmp_path: Path) -> None:
    first, second = "+12025550120", "+12025550121"
    posts = [Post(f"p{n}{turn}", first, f"user{n}", many=(("phone", second),)) for n in range(5) for turn in "ab"] + [
        Post(f"q{n}", None, f"user{n}") for n in range(5)
    ]
    made, _ = networks(posts, tmp_path)
    assert [len(part) for part in made] == [15]


def test_what_friends_share_is_listed_with_a_sentence_and_stands_between_them(tmp_path: Path) -> None:
    _, tables = networks(friends(4), tmp_path)
    assert {row["via"]: row["why"] for row in tables["hubs"].to_pylist()} == {
        DRIVER: f"Shared: the phone {DRIVER} is given beside another contact by 4 parts that share nothing else; "
        "it is shown as what they share, and joins none of them."
    }
    named = [row for row in tables["brokers"].to_pylist() if row["node"] == DRIVER]
    assert len({row["network_id"] for row in named}) == 4
    assert all(row["apart"].startswith("Of 4 networks: ") for row in named)

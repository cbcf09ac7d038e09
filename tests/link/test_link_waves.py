"""A text alone joins the posts of one wave: a long silence parts what may be two people's."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.link.worlds import Parts, Post, link, parts, world


def waves(folder: Path, days: list[int | None], phone: str | None = None) -> Parts:
    posts = [Post(f"p{at}", template="t1", day=day, phone=phone) for at, day in enumerate(days)]
    return parts(link(folder, world(posts)))


def test_a_season_of_silence_parts_a_text(tmp_path: Path) -> None:
    assert waves(tmp_path, [0, 1, 2, 100, 101, 102]) == [["p0", "p1", "p2"], ["p3", "p4", "p5"]]


def test_two_weeks_of_silence_do_not_part_who_posts_every_other_day(tmp_path: Path) -> None:
    assert waves(tmp_path, [0, 2, 4, 17, 19]) == [["p0", "p1", "p2", "p3", "p4"]]


def test_who_seldom_posts_may_be_silent_for_long(tmp_path: Path) -> None:
    assert waves(tmp_path, [0, 20, 40, 130, 150]) == [["p0", "p1", "p2", "p3", "p4"]]


def test_posts_without_a_time_are_of_the_first_wave(tmp_path: Path) -> None:
    assert waves(tmp_path, [None, 0, 1, 2, 100, None, 101]) == [["p0", "p1", "p2", "p3", "p5"], ["p4", "p6"]]


def test_without_times_a_text_joins_as_ever(tmp_path: Path) -> None:
    assert waves(tmp_path, [None, None, None]) == [["p0", "p1", "p2"]]


def test_a_post_alone_in_its_wave_is_in_no_network(tmp_path: Path) -> None:
    assert waves(tmp_path, [0, 1, 2, 100]) == [["p0", "p1", "p2"]]


def test_a_contact_joins_over_any_silence(tmp_path: Path) -> None:
    assert waves(tmp_path, [0, 1, 2, 300], phone="+12025550123") == [["p0", "p1", "p2", "p3"]]


@settings(max_examples=25, deadline=None)
@given(days=some.lists(some.integers(0, 400), min_size=2, max_size=12), order=some.randoms())
def test_the_order_of_posts_plays_no_part(
    tmp_path_factory: pytest.TempPathFactory, days: list[int], order: object
) -> None:
    posts = [Post(f"p{at:02}", template="t1", day=day) for at, day in enumerate(days)]
    one = parts(link(tmp_path_factory.mktemp("one"), world(posts)))
    order.shuffle(posts)  # type: ignore[attr-defined]
    assert parts(link(tmp_path_factory.mktemp("other"), world(posts))) == one

"""Short texts that differ in one place: from three different fillings on, the place is a slot."""

import numpy as np
import pytest

from undertow.match import group_texts
from undertow.match.frames import framed
from undertow.match.rules import Frame

TOWNS = ["Leeds", "Adelaide", "Miami", "Glasgow"]
NAMES = ["Irma", "Tessa", "Wanda", "Olga", "Bruna", "Celia", "Hester", "Junia", "Petra", "Zelda"]


def met(town: str) -> str:
    return f"Hi, we met in {town}, remember?"


def test_three_towns_in_one_line_are_a_slot() -> None:
    assert set(group_texts([met(town) for town in TOWNS[:3]])) == {0}


def test_two_towns_are_not_yet_a_slot() -> None:
    assert group_texts([met(town) for town in TOWNS[:2]]) == [0, 1]


def test_a_slot_may_hold_several_words() -> None:
    shops = ["Thornivor & Co", "Rowannor Services", "Brampenn House", "Dell Agency of Leeds"]
    assert len(set(group_texts([f"Summer sale at {shop}! Pay on delivery, free returns" for shop in shops]))) == 1


def test_what_has_no_words_before_its_slot_is_no_frame() -> None:
    heads = ["Wilhelmina", "Bartholomew", "Quintessa", "Fitzgerald", "Thunderbolt", "Gwendolyn", "Persephone"]
    heads += ["Hummingbird", "Dimitry", "Oksana", "Zbigniew", "Lvov", "Humphrey", "Biscayne", "Kowalczyk", "Mapuche"]
    assert set(group_texts([f"{head} tells your luck for coins" for head in heads])) == {0}
    assert len(set(group_texts([f"{head} tells your luck for coins" for head in heads[:4]]))) == 4


@pytest.mark.parametrize("slip", ["folowers", "followesr", "follloewrs"])
def test_a_slip_of_the_finger_makes_no_other_text(slip: str) -> None:
    assert group_texts(["Only $90!!! 10k followers for $90", f"Only $90!!! 10k {slip} for $90"]) == [0, 0]


@pytest.mark.parametrize(
    "dates",
    [["12 de junio", "6 de octubre"], ["3 March", "17 December"], ["June 4th", "July 21st"], ["5 мая", "9 июня"]],
)
def test_a_date_is_one_slot_whatever_its_month(dates: list[str]) -> None:
    assert group_texts([f"Only until {date}! Shirts, all sizes" for date in dates]) == [0, 0]


def test_a_text_goes_to_one_frame_only_so_that_frames_do_not_run_together() -> None:
    """Word 3 varies in the first four, word 4 in the last four; the text that they share goes to one of them."""
    rows = [[1, 2, n, 4, 5, 6] for n in (30, 31, 32, 33)] + [[1, 2, 30, n, 5, 6] for n in (40, 41, 42)]
    words = np.array([16 + word for row in rows for word in row], np.uint32)
    labels = framed(words, np.arange(0, words.size + 1, 6), Frame(16, 5, 0.65, 3, 3, 5, 3, 3))
    assert labels.tolist() in ([0, 0, 0, 0, 4, 4, 4], [0, 1, 1, 1, 0, 0, 0])

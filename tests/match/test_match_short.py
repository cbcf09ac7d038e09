"""Short lines: few words are too little to go by, so nearly every letter must agree."""

import pytest

from undertow.match import group_texts

ALIKE = [
    ("Open today!", "OPEN TODAY"),
    ("Fresh bread daily", "Fresh bread dally"),
    ("We clean carpets and curtains", "We clean carpets and  curtain"),
    ("Join us", "Joih us!"),
    ("Black Fist self-defense class", "B|ack Fist self defense class"),
    ("😀😀", "😀😀"),
    ("Sleep drops, guaranteed, see @crew.lucky123", "Sleep drops, guaranteed, see crew.lucky123"),
    ("Vape, new stock, see lucky_crew", "Vape, new stock, see t.me/other_crew"),
    ("Two old chairs for A$ 60 each", "Two old chairs for US$40 each"),
    ("Two old chairs for 60 aussie dollars", "Two old chairs for AU$100"),
    ("Два старых стула за 60 фунтов", "Два старых стула за 2 тыс. руб."),
]
APART = [
    ("Open today", "Open tomorrow"),
    ("Call 07700 900123", "Call 07700 900456"),
    ("P 500", "P 700"),
    ("Good morning all", "Good evening all"),
    ("New chair for sale", "New table for sale"),
    ("本日営業", "本日休業"),
    ("Invalid user ana from 192.0.2.1", "Accepted user ana from 192.0.2.1"),
]


@pytest.mark.parametrize("pair", ALIKE)
def test_short_lines_that_differ_by_a_slip_are_one_template(pair: tuple[str, str]) -> None:
    assert group_texts(list(pair)) == [0, 0]


@pytest.mark.parametrize("pair", APART)
def test_short_lines_that_say_something_else_are_not(pair: tuple[str, str]) -> None:
    assert group_texts(list(pair)) == [0, 1]


def test_a_short_line_inside_a_long_text_is_not_its_template() -> None:
    line = "call any evening"
    assert group_texts([line, f"Tables and chairs repaired by a careful carpenter near the station, {line}"]) == [0, 1]


def test_lines_of_common_words_do_not_run_together() -> None:
    words = ("call", "visit", "ask", "book", "order", "pay")
    lines = [f"{a} {b} {c} today" for a in words for b in words for c in words if len({a, b, c}) == 3]
    assert len(set(group_texts(lines))) > 0.9 * len(lines)

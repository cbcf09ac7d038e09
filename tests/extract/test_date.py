from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.extract.contract import Text
from undertow.extract.finders.date import FINDER


def found(text: str, country: str | None = None) -> list[str]:
    return [hit.value for hit in FINDER.find(Text(text, text, country=country))]


NAMED = [
    "5 June 2026",
    "June 5, 2026",
    "the 5th of June 2026",
    "Jun 5 2026",
    "5 de junio de 2026",
    "5 iunie 2026",
    "5 июня 2026 года",
    "Hunyo 5, 2026",
    "ika-5 ng Hunyo 2026",
    "5 juin 2026",
    "5. Juni 2026",
    "2026-06-05",
    "2026/6/5",
]
NONE = [
    "may 5 na tao dito",
    "May 5 slots pa",
    "2 mai multe, 3 mai bune",
    "marcha 5, marches 12 times",
    "sa 5, sa 12",
    "open 24/7",
    "1/2 price, 3/4 full",
    "version 1.2.3, v1.2.2020",
    "192.168.10.12",
    "call 020 7946 0018 or 202-555-0143",
    "$5 June special",
    "31/02/2026, 2026-13-01, 0/0/2026",
    "P12.50.20",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_date_is_read_in_many_languages(text: str) -> None:
    assert found(text) == ["2026-06-05"]


@pytest.mark.parametrize("text", NONE)
def test_other_numbers_are_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["June 5-7, 2026", "5 to 7 June 2026", "del 5 al 7 de junio de 2026"])
def test_a_range_gives_both_days(text: str) -> None:
    hits = list(FINDER.find(Text(text, text)))
    assert [(hit.value, hit.detail) for hit in hits] == [("2026-06-05", "from"), ("2026-06-07", "to")]


def test_a_range_over_two_months_gives_both_days() -> None:
    assert found("from Jan 28-Mar 15") == ["--01-28", "--03-15"]


def test_dates_side_by_side_do_not_run_together() -> None:
    assert found("January 2015 and 3 March 2016") == ["2015-01", "2016-03-03"]


def test_a_missing_year_and_a_missing_day_are_shown_as_missing() -> None:
    assert found("June 5 and marzo 2026") == ["--06-05", "2026-03"]


def test_the_country_decides_between_day_and_month() -> None:
    assert (found("05/06/2026", "GB"), found("05/06/2026", "US")) == (["2026-06-05"], ["2026-05-06"])


def test_an_undecided_order_is_unsure_and_tells_the_other_reading() -> None:
    (hit,) = FINDER.find(Text("05/06/2026", "05/06/2026"))
    assert (hit.value, hit.detail, hit.confidence) == ("2026-06-05", "or 2026-05-06", 0.5)


def test_only_one_possible_order_is_sure() -> None:
    (hit,) = FINDER.find(Text("12/25/2026", "12/25/2026"))
    assert (hit.value, hit.detail, hit.confidence) == ("2026-12-25", "", 0.95)


def test_two_numbers_are_a_date_behind_a_word_that_says_so() -> None:
    assert found("valid til 12/22") == ["--12-22"]
    assert found("score 12/22") == []


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_an_iso_date_is_read_back(day: date) -> None:
    assert found(f"on {day.isoformat()}.") == [day.isoformat()]


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d %b %Y"]))
def test_a_written_date_is_read_back(day: date, form: str) -> None:
    assert found(day.strftime(form)) == [day.isoformat()]


@pytest.mark.parametrize("piece", ["1/", "5 june ", "june ", "1.1.", "5-", "2026-", "may 5 to "])
def test_a_very_long_odd_text_ends(piece: str) -> None:
    assert len(found((piece * 100_000)[:100_000])) <= 100_000

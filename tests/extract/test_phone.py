"""Telephone numbers: the cases that are hard to see. Recall and precision stand in test_phone_measured.py."""

import random
import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from undertow.extract import numbering
from undertow.extract.contract import Mention, Text
from undertow.extract.finders.phone import FINDER
from undertow.extract.text import clean


def phones(text: str, country: str | None = None) -> list[Mention]:
    plain, spots = clean(text)
    return list(FINDER.find(Text(text, plain, spots, country)))


def values(text: str, country: str | None = None) -> list[str]:
    return [one.value for one in phones(text, country) if one.confidence >= 0.5]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("(202) 555-0143 / 202.555.0188", "US", ["+12025550143", "+12025550188"]),
        ("07700 900123, 07700 900124 and 020-7946-0018", "GB", ["+447700900123", "+447700900124", "+442079460018"]),
        ("+44 (0)20 7946 0018", None, ["+442079460018"]),
        ("0044 20 7946 0018", None, ["+442079460018"]),
        ("plus four four seven seven double zero nine double zero one two three", None, ["+447700900123"]),
        ("202 555 0143 x 12", "US", ["+12025550143"]),
        ("tel2025550143now", "US", ["+12025550143"]),
        ("2 0 2 5 5 5 o 1 4 3", "US", ["+12025550143"]),
        ("call 2o2-555-oI43", "US", ["+12025550143"]),
        ("two oh two, five five five, zero one for three", "US", ["+12025550143"]),
        ("zеro seven seven zero zero nine zero zero one two three", "GB", ["+447700900123"]),
        ("078 twenty one twenty three, 07700 nine hundred 123", "GB", ["+447700900123"]),
        ("восемь девятьсот двенадцать триста сорок пять 67 89", "RU", ["+79123456789"]),
        ("sais uno dos tres cuatro cinco seis siete ocho", "ES", ["+34612345678"]),
        ("call 447700900123", None, ["+447700900123"]),
    ],
)
def test_a_number_is_read_through_its_disguise(text: str, country: str | None, expected: list[str]) -> None:
    assert values(text, country) == expected


@pytest.mark.parametrize(
    "text",
    [
        "call me for the job, 2 to 4 people, 100 for one",
        "is the driver here? i 5 1",
        "14/02/2026 - 16/02/2026, 2026-02-14 10:30",
        "card 4111 1111 1111 1111",
        "$2025550143 and 2025550143 USD",
        "192.168.10.123",
        "someone phoned everyone at ninety",
        "12345, 2 for 1, 14/02/2026, 1,200",
    ],
)
def test_other_digits_are_no_numbers(text: str) -> None:
    assert values(text, "US") == []


def test_the_number_of_an_order_is_kept_and_not_believed() -> None:
    assert [(one.value, one.confidence) for one in phones("order no 2025550143", "US")] == [("+12025550143", 0.3)]


def test_digits_after_a_cue_are_kept_where_no_country_is_known() -> None:
    assert [(one.value, one.confidence) for one in phones("text 555 01 43 88")] == [("555014388", 0.3)]


def test_digits_without_a_cue_are_left_where_no_country_is_known() -> None:
    assert phones("model 555 01 43 88") == []


def test_a_possible_number_of_another_country_is_kept_and_not_believed() -> None:
    assert [(one.value, one.confidence) for one in phones("+33 3 34 23 12")] == [("+333342312", 0.4)]


def test_the_north_american_shape_needs_no_country() -> None:
    assert [(one.value, one.confidence) for one in phones("(202) 555-0143")] == [("+12025550143", 0.5)]


@pytest.mark.parametrize(
    ("text", "obscured"),
    [
        ("call 202-555-0143", ""),
        ("call ٢٠٢٥٥٥٠١٤٣", ""),
        ("call 202*555*0143", " obscured=1"),
        ("call two zero two 555 0143", " obscured=1"),
        ("call 2️⃣0️⃣2️⃣ 555 0143", " obscured=1"),
        ("call 2o2 555 ol43", " obscured=1"),
        ("call 2 0 2 5 5 5 0 1 4 3", " obscured=1"),
        ("call two zero two * 555 * ol43", " obscured=3"),
    ],
)
def test_the_degree_of_disguise_counts_its_ways(text: str, obscured: str) -> None:
    assert [one.detail for one in phones(text, "US")] == ["US" + obscured]


def test_the_span_holds_the_plus_and_the_bracket() -> None:
    text = "x +1 (202) 555-0143 y (202) 555-0188"
    assert [text[one.start : one.end] for one in phones(text, "US")] == ["+1 (202) 555-0143", "(202) 555-0188"]


@given(st.integers(0, 99), st.sampled_from(["-", " ", ".", "*", " - ", "~", "💋", "\u200b"]))
def test_any_separator_gives_the_same_number(line: int, mark: str) -> None:
    digits = f"202{mark}555{mark}01{line:02}"
    assert values(f"call {digits} now", "US") == [f"+120255501{line:02}"]


def _valid(number: numbering.Number | None) -> numbering.Number | None:
    return number if number and number.valid else None


def test_the_short_way_to_a_verdict_says_what_the_library_says() -> None:
    rng = random.Random(3)
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE, PhoneNumberType.VOIP)
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        for number in filter(None, (phonenumbers.example_number_for_type(country, kind) for kind in kinds)):
            digits = re.sub(r"\D", "", phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))
            changed = digits[:-2] + str(rng.randrange(10)) + digits[-1]
            for text in (digits, changed, digits[:-1], digits[1:], f"{number.country_code}{number.national_number}"):
                assert _valid(numbering.national(text, country)) == _valid(numbering._read(text, country))
                assert numbering.international(text) == numbering._read("+" + text, None)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.extract.contract import Text
from undertow.extract.finders.age import FINDER


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.value, hit.detail) for hit in FINDER.find(Text(text, text))]


STATED = [
    "I am 23 years old",
    "Ana, 23 yo",
    "23y/o",
    "Age: 23",
    "aged 23",
    "a 23-year-old cook",
    "I'm 23 and like music",
    "23F here",
    "Tengo 23 años",
    "edad 23",
    "23 añitos",
    "am 23 de ani",
    "23 ani, din Cluj",
    "vârsta 23",
    "23 taong gulang",
    "23 anyos na ako",
    "мне 23 года",
    "возраст: 23",
    "Анна, 23 года",
    "j'ai 23 ans",
]
NONE = [
    "18+ only",
    "20 years of experience",
    "over 30 years in business",
    "for 15 years we have cleaned",
    "20 años de experiencia",
    "hace 20 años",
    "20 de ani de experiență",
    "acum 20 de ani",
    "20 лет опыта",
    "35 лет на рынке",
    "через 10 лет",
    "I am 10 minutes away",
    "I am 20 km from you",
    "open 24 hours",
    "10 am to 11 am",
    "5'11 and 60 kg",
    "$23, €45, 50% off",
    "call 020 7946 0018",
    "room 23 at number 45",
    "version 2.23",
    "on 23/11",
]


@pytest.mark.parametrize("text", STATED)
def test_a_stated_age_is_found(text: str) -> None:
    assert found(text) == [("23", "")]


@pytest.mark.parametrize("text", NONE)
def test_other_numbers_are_no_age(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["18 to 25 years old", "ages 18-25", "девушки 18-25 лет", "de 18 a 25 años", "intre 18 si 25 de ani"]
)
def test_a_range_gives_both_ends(text: str) -> None:
    assert found(text) == [("18", "from"), ("25", "to")]


@pytest.mark.parametrize(
    "text", ["must be 18 years old and above", "от 18 лет", "mayor de 18 años", "at least 18 years old", "de la 18 ani"]
)
def test_how_old_one_must_be_is_a_limit(text: str) -> None:
    assert found(text) == [("18", "limit")]


def test_a_unit_and_a_word_in_front_are_surer_than_either() -> None:
    sure = {text: next(iter(FINDER.find(Text(text, text)))).confidence for text in ("мне 22 года", "22 года", "мне 22")}
    assert sure["мне 22 года"] > sure["22 года"] > sure["мне 22"]


@given(st.integers(10, 99), st.sampled_from(["{} years old", "age {}", "tengo {} años", "мне {} лет", "{} yo"]))
def test_every_age_from_10_to_99_is_read(age: int, form: str) -> None:
    assert [value for value, _ in found(form.format(age))] == [str(age)]


@given(st.integers(0, 9) | st.integers(100, 10_000))
def test_no_age_lies_outside_10_to_99(age: int) -> None:
    assert found(f"I am {age} years old") == []


@pytest.mark.parametrize("piece", ["2", "22 ", "22 to ", "age ", "am 2", "22 ani "])
def test_a_very_long_odd_text_ends(piece: str) -> None:
    assert len(found((piece * 100_000)[:100_000])) <= 100_000

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.extract.contract import Text
from undertow.extract.finders.age import FINDER
from undertow.extract.read import triggered


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.value, hit.detail) for hit in FINDER.find(Text(text, text))]


STATED = [
    "I am 23 years old",
    "Ana, 23 yo",
    "23y/o",
    "Age: 23",
    "aged 23",
    "Profile: 23, no filters",
    "Анкета: 23, рост 166",
    "Gina ~ 23 ~ Leeds",
    "Gina | 23 | Leeds",
    "Gina / 23 / Leeds",
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


BARE = [
    "Mature lady, 23, well educated",
    "100% real pics, 23, gorgeous",
    "A charming lady of 23, slim",
    "I'm Ana ✨ 23, curvy, polite",
    "23, petite at pasensyosa",
    "Ako ay 23, maganda",
    "23 na ako, totoong tao",
    "Mujer de 23, guapa",
    "Femeie de 23, frumoasă",
    "Взрослая, 23, простая",
    "23 л., стройная",
    "Irene, 23, is new here",
    "Maya (23) is free today",
    "Dante Parker, 23, a father of five",
]
NUMBERS = [
    "Feb. 23, she was seen",
    "until Dec. 23, 2026",
    "sizes 21, 23, 25, petite",
    "Calle María, 23, Madrid",
    "Santa Maria, 23, bonita",
    "Apollo 23 space shuttle",
    "Monday, 23. Photo of the winner",
    "April 23 will be fine",
    "a group of 23, friendly",
    "iPhone 23, new",
    "room for 23, sweet",
    "80 y el taxi",
    "AUD 23 y nada",
    "George at the Bar, 23, High Street",
]


@pytest.mark.parametrize("text", BARE)
def test_a_number_beside_words_for_somebody_is_an_age(text: str) -> None:
    assert found(text) == [("23", "")]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_beside_other_words_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("heading", ["NEW: Gloria 23 Miami", "Ana 23 real pics", "Just arrived 🥰 Kyla 23"])
def test_a_heading_says_a_name_and_an_age(heading: str) -> None:
    assert [hit.value for hit in FINDER.find(Text(heading, heading, field="title"))] == ["23"]


def test_a_name_and_a_number_within_a_sentence_are_no_age() -> None:
    assert found("Maria 23 Street Miami") == []


def test_an_age_without_a_word_for_it_is_less_sure() -> None:
    sure = {
        text: next(iter(FINDER.find(Text(text, text)))).confidence for text in ("Ana, 23 years old", "Ana, 23, new")
    }
    assert sure["Ana, 23, new"] < 0.7 < sure["Ana, 23 years old"]


@pytest.mark.parametrize("text", [*STATED, *BARE, "Ana 23 real pics", "lady of 23 slim"])
def test_the_trigger_shows_every_text_with_an_age(text: str) -> None:
    assert triggered(pa.array([text], pa.large_string()), FINDER.trigger) == [0]


@given(st.integers(10, 99), st.sampled_from(["{} years old", "age {}", "tengo {} años", "мне {} лет", "{} yo"]))
def test_every_age_from_10_to_99_is_read(age: int, form: str) -> None:
    assert [value for value, _ in found(form.format(age))] == [str(age)]


@given(st.integers(0, 9) | st.integers(100, 10_000))
def test_no_age_lies_outside_10_to_99(age: int) -> None:
    assert found(f"I am {age} years old") == []


@pytest.mark.parametrize("piece", ["2", "22 ", "22 to ", "age ", "am 2", "22 ani ", "Ana 22 ", ", 22, ", "lady of 22 "])
def test_a_very_long_odd_text_ends(piece: str) -> None:
    assert len(found((piece * 100_000)[:100_000])) <= 100_000

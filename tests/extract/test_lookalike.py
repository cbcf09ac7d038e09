"""The look-alike key touches words that mix alphabets, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.extract.lookalike import key, lowered


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ехаmple.com", "example.com"),
        ("zеro Оne twо", "zero One two"),
        ("cлово", "слово"),
        ("звони on WhatsApp", "звони on WhatsApp"),
        ("сосо ООО", "сосо ООО"),
        ("café șapte ñandú", "café șapte ñandú"),
    ],
)
def test_a_mixed_word_is_written_in_one_alphabet(text: str, folded: str) -> None:
    assert key(text) == folded


@given(st.text())
def test_the_key_is_as_long_as_the_text(text: str) -> None:
    assert len(key(text)) == len(text)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_small_letters_stand_where_the_text_has_them(text: str) -> None:
    assert len(lowered(text)) == len(text)


@given(st.text(alphabet="абвгдежзиклмнопрстуфхцчшщыэюя АБВГ 0123"))
def test_russian_stays_russian(text: str) -> None:
    assert key(text) == text

"""Cleaning keeps what matters and says where everything stood."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.extract.text import clean, span


@pytest.mark.parametrize(
    ("received", "plain"),
    [
        ("０９１７ ＡｂＣ＠ｘ．ｃｏｍ", "0917 AbC@x.com"),
        ("٠٩١٧ ๐๙ ०९", "0917 09 09"),
        ("①②③ ⑩ ❶ ⓪ ⑴ ⒈", "123 10 1 0 1 1"),
        ("² ³ ₄ ⁵", "2 3 4 5"),
        ("𝟎𝟏 𝓗𝓮𝓵𝓵𝓸 Ⓐ 🄰 🅐 🅰", "01 Hello A A A A"),
        ("5️⃣5⃣🔟", "5510"),
        ("z\u200be\u2060r\u00ado\ufeff", "zero"),
        ("1\u03362\u0336", "12"),
        ("a\u00a0b\u2009c — d‑e", "a b c - d-e"),
        ("Caf\u00e9 șapte при\u0301вет ½ №5 ª ™", "Caf\u00e9 șapte при\u0301вет ½ №5 ª ™"),
    ],
)
def test_what_is_dressed_up_is_read_plainly(received: str, plain: str) -> None:
    assert clean(received)[0] == plain


def test_plain_text_is_handed_on_as_it_is() -> None:
    text = "Call 202-555-0143\r\nnow\x00"
    assert clean(text) == (text, None)


def test_a_keycap_is_shown_whole() -> None:
    received = "x 5\ufe0f\u20e37\ufe0f\u20e3 y"
    plain, spots = clean(received)
    start, end = span(received, spots, plain.index("5"), plain.index("7") + 1)
    assert received[start:end] == "5\ufe0f\u20e37\ufe0f\u20e3"


def test_both_digits_of_a_circled_ten_stand_in_one_place() -> None:
    received = "a⑩b"
    plain, spots = clean(received)
    assert span(received, spots, plain.index("0"), plain.index("0") + 1) == (1, 2)


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        span("abc", None, 1, 1)


@given(st.text())
def test_every_character_of_the_clean_text_stands_somewhere_in_the_received_one(received: str) -> None:
    plain, spots = clean(received)
    places = list(range(len(plain))) if spots is None else list(spots)
    assert len(places) == len(plain)
    assert places == sorted(places)
    assert all(0 <= place < len(received) for place in places)


@given(st.text(alphabet=st.characters(categories=["L", "Nd", "M", "P", "Zs"])), st.data())
def test_a_span_holds_the_characters_that_were_cleaned_to_it(received: str, data: st.DataObject) -> None:
    plain, spots = clean(received)
    if plain:
        start = data.draw(st.integers(0, len(plain) - 1))
        end = data.draw(st.integers(start + 1, len(plain)))
        first, last = span(received, spots, start, end)
        assert plain[start:end] in clean(received[first:last])[0]


@given(st.text())
def test_cleaning_twice_is_cleaning_once(received: str) -> None:
    once = clean(received)[0]
    assert clean(once)[0] == once


@given(st.text(alphabet=st.characters(categories=["Nd"]), min_size=1))
def test_a_digit_of_any_script_is_its_value(received: str) -> None:
    assert clean(received)[0] == "".join(str(unicodedata.digit(char)) for char in received)

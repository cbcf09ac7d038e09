"""Bytes become text: the encoding is found, what was assumed is said, and no character goes without a trace."""

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.collect.contract import Opened
from undertow.collect.encoding import best_text, decide, head_text, text_stream

SPANISH = "Señora de mediana edad ofrece habitación céntrica, baño propio, ¡llámame mañana! " * 4
RUSSIAN = "Сдаётся комната в центре города, недорого, звоните после шести вечера, спросить Анну. " * 4
CHINESE = "出租房间，请联系房东。" * 9
GERMAN = "Möbliertes Zimmer für Pendler, schöne Küche, große Fenster, Nähe Hauptbahnhof, übermäßig günstig. " * 4


def opened(data: bytes) -> Opened:
    return Opened("a.txt", data[: 1 << 16], lambda: io.BytesIO(data))


def text(data: bytes, declared: str = "") -> str:
    thing = opened(data)
    with text_stream(thing, decide(thing, declared)) as stream:
        return stream.read()


def notes(data: bytes) -> list[str]:
    return [note.text for note in decide(opened(data)).notes()]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_utf_8_is_read_as_it_is(given_text: str) -> None:
    assert text(("a" + given_text).encode()) == "a" + given_text


def test_clean_utf_8_needs_no_note() -> None:
    assert notes(SPANISH.encode()) == []


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed_and_taken_off(codec: str) -> None:
    assert text(SPANISH.encode(codec)) == SPANISH


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_nul_bytes(codec: str) -> None:
    assert text(SPANISH.encode(codec)) == SPANISH
    assert "NUL bytes" in notes(SPANISH.encode(codec))[0]


@pytest.mark.parametrize(
    ("words", "codec"),
    [
        (SPANISH, "cp1252"),
        (GERMAN, "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (CHINESE, "gb18030"),
    ],
)
def test_other_encodings_are_found_and_said(words: str, codec: str) -> None:
    assert text(words.encode(codec)) == words
    assert notes(words.encode(codec))[0].startswith("read as ")


def test_one_accent_is_enough_for_western_text() -> None:
    assert text("Habitación".encode("cp1252")) == "Habitación"


def test_an_encoding_that_shows_late_is_found() -> None:
    late = "plain words\n" * 200_000 + SPANISH
    assert text(late.encode("cp1252")) == late


def test_a_declared_encoding_is_believed_where_it_is_not_utf_8() -> None:
    assert text("Język".encode("iso-8859-2"), "iso-8859-2") == "Język"
    assert text("Język".encode(), "iso-8859-2") == "Język"


def test_damage_is_shown_and_counted() -> None:
    damaged = SPANISH.encode()[:100] + b"\xff" + SPANISH.encode()[100:]
    assert text(damaged).count("\N{REPLACEMENT CHARACTER}") == 1
    assert any("1 places do not decode" in note for note in notes(damaged))


def test_nul_characters_are_shown_and_counted() -> None:
    assert text(b"one\0two") == "one\N{SYMBOL FOR NULL}two"
    assert notes(b"one\0two") == ["1 NUL characters are shown as \N{SYMBOL FOR NULL}"]


def test_a_cut_letter_at_the_end_is_shown() -> None:
    assert text(SPANISH.encode() + "ñ".encode()[:1]).endswith("\N{REPLACEMENT CHARACTER}")


@given(st.binary())
def test_any_bytes_become_text(data: bytes) -> None:
    assert isinstance(text(data), str)
    assert isinstance(best_text(data), str)
    assert isinstance(head_text(data), str)


def test_binary_has_no_text_to_look_at() -> None:
    assert head_text(bytes(range(256)) * 4) == ""


@given(st.text(), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_line_ends_stay_as_they_are(words: str, codec: str) -> None:
    data = codecs.encode("a\r\nb\rc\n" * 30, codec)
    assert text(data) == "a\r\nb\rc\n" * 30

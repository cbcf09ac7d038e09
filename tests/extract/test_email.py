"""E-mail addresses: the cases that are hard to see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.extract.contract import Text
from undertow.extract.finders.email import FINDER
from undertow.extract.text import clean


def emails(text: str) -> list[tuple[str, float]]:
    plain, spots = clean(text)
    return [(one.value, one.confidence) for one in FINDER.find(Text(text, plain, spots))]


@pytest.mark.parametrize(
    ("text", "value", "confidence"),
    [
        ("mail Ana.B+x@Mail.Example.CO.UK!", "ana.b+x@mail.example.co.uk", 0.98),
        ("ana@example.com.Then call", "ana@example.com", 0.98),
        ("ana (at) example (dot) com", "ana@example.com", 0.9),
        ("ana[at]example[.]com", "ana@example.com", 0.9),
        ("ana@example[.]com", "ana@example.com", 0.9),
        ("ana at example dot com", "ana@example.com", 0.9),
        ("ana at gmail.com", "ana@gmail.com", 0.8),
        ("ana @ gmail . com", "ana@gmail.com", 0.8),
        ("ana arroba example punto es", "ana@example.es", 0.9),
        ("ana собака mail точка ru", "ana@mail.ru", 0.9),
        ("ana dot b at example dot com", "ana.b@example.com", 0.9),
        ("анна@пример.рф", "анна@пример.рф", 0.98),
        ("ａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ana@example.com", 0.98),
        ("ana@gmаil.com", "ana@gmail.com", 0.98),
        ("ana@example.notanending", "ana@example.notanending", 0.5),
    ],
)
def test_an_address_is_read(text: str, value: str, confidence: float) -> None:
    assert emails(text) == [(value, confidence)]


@pytest.mark.parametrize(
    "text",
    [
        "meet me at example.com",
        "3 kg @ 5.50 each",
        "@ana hello",
        "search Lazada at deals .example .com .ph",
        "look at that dot on the wall",
        "a@b",
        "x@@y.com",
    ],
)
def test_other_text_is_no_address(text: str) -> None:
    assert emails(text) == []


@given(
    st.from_regex(r"\A[a-z][a-z0-9]{0,12}(?:[._+-][a-z0-9]{1,8}){0,2}\Z"),
    st.sampled_from(["example.com", "mail.example.org"]),
)
def test_every_usual_address_is_found_in_a_sentence(local: str, host: str) -> None:
    assert emails(f"write to {local}@{host}, please") == [(f"{local}@{host}", 0.98)]

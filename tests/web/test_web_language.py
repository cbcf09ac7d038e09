"""The workbench speaks the language of whoever reads it."""

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN

from undertow.web import tongue

SLOT = re.compile(r"\{\w*\}")
OTHERS = [code for code in tongue.languages() if code != tongue.ENGLISH]


def choose(browser: TestClient, language: str, back: str = "/cuts"):
    return browser.post("/language", data={"language": language, "back": back}, headers=ORIGIN)


def test_english_is_first_and_filipino_is_there() -> None:
    assert list(tongue.languages().items()) == [("en", "English"), ("fil", "Filipino")]


@pytest.mark.parametrize(
    ("said", "header", "language"),
    [
        ("fil", "en", "fil"),
        ("", "fil-PH,fil;q=0.9,en;q=0.8", "fil"),
        ("", "tl", "fil"),
        ("", "de, en;q=0.4, tl;q=0.7", "fil"),
        ("", "fil;q=0, en", "en"),
        ("", "en-GB,en;q=0.9,fil;q=0.8", "en"),
        ("", "de", "en"),
        ("", "", "en"),
        ("../../etc", "*;q=x,;;,fil;q=nan", "fil"),
        ("xx", "\x00" * 5000, "en"),
    ],
)
def test_a_choice_goes_before_the_browser_and_the_browser_before_english(said: str, header: str, language: str) -> None:
    assert tongue.chosen(said, header) == language


def test_a_choice_is_kept_and_leads_back_to_the_page(owner: TestClient) -> None:
    before = owner.get("/cuts")
    answer = choose(owner, "fil")
    after = owner.get("/cuts")
    assert '<html lang="en">' in before.text
    assert answer.headers["location"] == "/cuts"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert '<html lang="fil">' in after.text
    assert "Mga pinutol" in after.text


def test_a_browser_in_filipino_is_met_in_filipino_before_anybody_came_in(visitor: TestClient) -> None:
    text = visitor.get("/enter/x", headers={"accept-language": "fil"}).text
    assert "Para saan ang pag-upong ito?" in text
    assert 'name="back" value="/enter/x"' in text


def test_a_language_that_there_is_not_is_refused(owner: TestClient) -> None:
    answer = choose(owner, "xx")
    assert (answer.status_code, "set-cookie" in answer.headers) == (400, False)


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", "evil", "/ /x"]
)
def test_a_choice_leads_to_no_other_host(owner: TestClient, back: str) -> None:
    assert choose(owner, "fil", back).headers["location"] == "/"


@pytest.mark.parametrize("code", OTHERS)
def test_every_word_of_a_page_is_translated_with_the_same_places_for_facts(code: str) -> None:
    english, other = tongue._read("en"), tongue._read(code)
    names = {(shelf, name): text for shelf, held in english.items() for name, text in held.items()}
    theirs = {(shelf, name): text for shelf, held in other.items() for name, text in held.items()}
    assert sorted(theirs) == sorted(names)
    assert [at for at in names if sorted(SLOT.findall(names[at])) != sorted(SLOT.findall(theirs[at]))] == []
    assert [at for at in names if bool(names[at]) != bool(theirs[at]) and at[1] != "also"] == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_name_of_a_kind_class_or_grade_is_translated(code: str) -> None:
    from undertow.share import words

    theirs = tongue._read(f"{code}.words")
    lacks = [(shelf, name) for shelf, held in words._words().items() for name in held if not theirs[shelf].get(name)]
    assert lacks == []

"""Languages of short texts, the close ones among them."""

import pytest

from undertow.extract import find

TEXTS = {
    "Naghahanap kami ng kasambahay sa Maynila, may day off": ("tl", ""),
    "Hiring po kami, need ASAP, message nyo lang ako for details and requirements": ("tl", "taglish"),
    "Unsa ang imong ngalan ug taga asa ka gikan": ("ceb", ""),
    "Cautam ospatar pentru restaurant, program flexibil si salariu bun": ("ro", ""),
    "Căutăm ospătar pentru restaurant, program flexibil și salariu bun": ("ro", ""),
    "Требуется официант в ресторан, гибкий график": ("ru", ""),
    "Se busca camarero para restaurante, horario flexible": ("es", ""),
    "Waiter wanted for a restaurant, flexible hours": ("en", ""),
}


@pytest.mark.parametrize(("text", "told"), TEXTS.items())
def test_a_short_text_is_told(text: str, told: tuple[str, str]) -> None:
    mention = next(one for one in find(text) if one.kind == "language")
    assert (mention.value, mention.detail) == told


def test_the_span_is_the_whole_text() -> None:
    text = "Waiter wanted for a restaurant, flexible hours"
    mention = next(one for one in find(text) if one.kind == "language")
    assert (mention.start, mention.end) == (0, len(text))


def test_a_text_of_few_letters_is_left_alone() -> None:
    assert [one for one in find("ok, 5 pm") if one.kind == "language"] == []

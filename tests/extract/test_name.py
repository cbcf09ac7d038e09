import pytest

from undertow.extract.contract import Text
from undertow.extract.finders.name import FINDER
from undertow.extract.read import find as read


def found(text: str) -> list[str]:
    return [hit.value for hit in FINDER.find(Text(text, text))]


def sure(text: str) -> float:
    return next(FINDER.find(Text(text, text))).confidence


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My name is Zorelle and I am new here", "Zorelle"),
        ("MY NAME IS ANNA, CALL ME", "Anna"),
        ("hello my name is jennifer", "Jennifer"),
        ("Ms. Cruz will meet you", "Cruz"),
        ("Tawagan si Maricel, hanapin si Tess", "Maricel"),
        ("Buenas, soy Valentina", "Valentina"),
        ("întrebați de Elena", "Elena"),
        ("спросить Олега или Анна", "Анна"),
        ("xx Katie", "Katie"),
        ("Isaiah's flat", "Isaiah"),
        ("Maria Santos-Reyes, 28", "Maria Santos-Reyes"),
    ],
)
def test_a_name_is_found_as_people_write_it(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Will you come in May or June?",
        "Air France and Bank of America",
        "RAY OF HOPE, JOY FOR ALL",
        "Min spend P3,000, Loan up to P50,000",
        "write to @maria or maria@post.example",
        "my name is on the list",
        "You can ask for discount",
        "a rose in the garden",
    ],
)
def test_words_that_are_no_names_here_are_left(text: str) -> None:
    assert found(text) == []


def test_an_announced_name_is_surer_than_one_that_only_stands_there() -> None:
    assert sure("my name is Katie") > sure("Katie Brown") > sure("Katie")


def test_a_name_gives_way_to_the_place_it_is() -> None:
    kinds = {hit.kind for hit in read("now in San Jose, Philippines") if hit.kind in ("name", "place")}
    assert kinds == {"place"}


def test_a_family_name_ends_where_the_name_of_a_thing_begins() -> None:
    assert found("Katie Airlines") == ["Katie"]

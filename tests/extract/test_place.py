"""Places: candidates instead of one blind guess, and no place in an ordinary word."""

import pytest

from undertow.extract import find
from undertow.extract.contract import Text
from undertow.extract.finders.place import FINDER


def places(text: str, country: str | None = None) -> list[str]:
    return [mention.value for mention in find(text, country) if mention.kind == "place"]


PLACES = {
    "Now hiring in Davao, bring your papers": ["Davao, PH"],
    "vuelo a Madrid y luego Barcelona": ["Madrid, ES", "Barcelona, ES"],
    "de lucru la București": ["Bucharest, RO"],
    "из Москва": ["Moscow, RU"],
    "apartment in london": ["London, GB"],
    "работа в Дубае и Стамбуле": ["Dubai, AE", "Istanbul, TR"],
    "из Кишинёва в Москву, потом в Турцию": ["Chisinau, MD", "Moscow, RU", "Turkey, TR"],
    "lucru in Bucuresti": ["Bucharest, RO"],
    "From St. Louis to New York": ["St. Louis, US", "New York City, US"],
}


@pytest.mark.parametrize(("text", "expected"), PLACES.items())
def test_a_place_is_found_as_it_is_written(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Reading a nice book on the sale",
        "Best Price and More",
        "call Officer Garner",
        "MOBILE PHONES FOR SALE",
        "kaya ito para sa iyo",
        "may the march be long",
        "Этого в мире нет. Буду рад, думаю о теме, делили поровну",
    ],
)
def test_an_ordinary_word_is_no_place(text: str) -> None:
    assert places(text) == []


def test_a_country_behind_the_name_decides() -> None:
    assert places("Valencia, Spain") == ["Valencia, ES", "Spain, ES"]
    assert places("Valencia, Venezuela")[0] == "Valencia, VE"


def test_the_country_of_the_record_decides_where_the_text_does_not() -> None:
    assert places("in San Fernando", "PH") == ["San Fernando, PH"]
    assert places("in San Fernando", "TT") == ["San Fernando, TT"]


def test_other_places_of_the_name_are_kept_with_their_share() -> None:
    mention = next(one for one in find("moving to Valencia") if one.kind == "place")
    shares = [float(part.split(":")[1]) for part in mention.detail.split()]
    assert len(shares) > 1
    assert shares == sorted(shares, reverse=True)
    assert mention.confidence < 0.85


def test_a_column_for_places_is_read_as_one() -> None:
    text = Text("cebu city", "cebu city", field="place_text")
    assert [mention.value for mention in FINDER.find(text)] == ["Cebu City, PH"]


@pytest.mark.parametrize(
    "text",
    [
        "Outcall only, all over Denver. Open 9 to 5",
        "Visito Denver y luego nada",
        "RUSH Denver",
        "Sunny room in a shared flat, Denver. Bills included",
    ],
)
def test_a_sentence_that_begins_or_ends_beside_a_place_is_no_part_of_its_name(text: str) -> None:
    assert [hit.value for hit in FINDER.find(Text(text, text))] == ["Denver, US"]


@pytest.mark.parametrize(
    "text",
    [
        "Julia is here today",
        "The parcel from Adam came",
        "My friend Victor can join",
        "Mon to Sat",
        "Solo gente educada",
    ],
)
def test_people_days_and_words_are_no_places(text: str) -> None:
    assert list(FINDER.find(Text(text, text))) == []


def test_a_short_word_with_a_full_stop_belongs_to_a_name() -> None:
    assert [hit.value for hit in FINDER.find(Text("x", "moved to St. Louis. Nice"))] == ["St. Louis, US"]


def test_a_name_that_is_a_given_name_too_is_a_place_in_its_own_country() -> None:
    assert [hit.value for hit in FINDER.find(Text("x", "Gabriela, Sydney", country="AU"))] == ["Sydney, AU"]
    assert list(FINDER.find(Text("x", "Gabriela, Sydney", country="US"))) == []


def test_a_town_behind_a_hash_is_a_place() -> None:
    assert places("#Manchester #Leeds", "GB") == ["Manchester, GB", "Leeds, GB"]


@pytest.mark.parametrize("text", ["Thai massage", "sobre la mesa", "Tanong mo si Ana", "mână în mână"])
def test_a_word_that_some_town_is_called_too_is_no_place(text: str) -> None:
    assert places(text) == []

"""Cues in five languages, and what turns them round."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.extract import find, phrasebook
from undertow.extract.datafiles import FOLDER

HARD_NEGATIVES = {
    "We never ask for a placement fee.": "not:upfront_fee",
    "There is no training fee": "not:upfront_fee",
    "The registration fee is not required": "not:upfront_fee",
    "Beware of agents who ask for a processing fee.": "warning:upfront_fee",
    "Red flags. They keep your passport.": "warning:document_retention",
    "Huwag magbayad ng processing fee sa recruiter": "warning:upfront_fee",
    "Walang placement fee po": "not:upfront_fee",
    "Cuidado con quien pide pago por adelantado del trámite": "warning:upfront_fee",
    "Sin gastos de gestion": "not:upfront_fee",
    "Fără taxă de înregistrare": "not:upfront_fee",
    "Nu plătiți taxa de procesare nimănui": "warning:upfront_fee",
    "Без предоплаты": "",
    "Осторожно: просят фото паспорта": "warning:document_request",
}

SAID = {
    "The ticket will be deducted from your salary until it is paid": "debt",
    "they took my passport and we cannot leave": "document_retention",
    "do not tell your family about the trip": "secrecy",
    "Mag-tourist muna tapos papeles pagdating": "irregular_route",
    "ibabawas sa sahod ang ticket": "debt",
    "no le digas a tu madre": "secrecy",
    "el encargado guarda el pasaporte": "document_retention",
    "biletul se scade din salariu": "debt",
    "nu spune nimănui": "secrecy",
    "паспорт забрали, выходить нельзя": "restricted_movement",
    "билет вычтем из зарплаты": "debt",
    "никому не говори": "secrecy",
    "NO EXPERIENCE NEEDED!!": "no_experience",
    "don't tell anyone": "secrecy",
    "JILI GAMES 100% LEGIT, dito na ang swerte nyo, sali na": "spam_promotion",
    "Magdeposito at makakuha ng bonus sa online casino": "spam_promotion",
    "Make money while watching videos, contact the tutor to receive 138P": "investment_scam",
    "Kumita habang nanonood ng YouTube": "investment_scam",
}


def values(text: str) -> list[str]:
    return [mention.value for mention in find(text) if mention.kind == "cue"]


@pytest.mark.parametrize(("text", "cue"), SAID.items())
def test_a_phrase_is_found_in_its_language(text: str, cue: str) -> None:
    assert cue in values(text)


@pytest.mark.parametrize(("text", "cue"), HARD_NEGATIVES.items())
def test_a_denial_or_a_warning_is_not_the_thing_itself(text: str, cue: str) -> None:
    plain = cue.rpartition(":")[2]
    assert plain == "" or plain not in values(text)
    assert cue == "" or cue in values(text)


def test_a_not_in_another_clause_turns_nothing_round() -> None:
    assert "licensed_agency" in values("No placement fee, licensed agency")


def test_a_gap_does_not_reach_into_the_next_sentence() -> None:
    assert "document_retention" not in values("They hold. Your friend lost a passport")


def test_a_span_holds_the_words_found() -> None:
    text = "Patronul ține paşaportul, atât."
    mention = next(one for one in find(text) if one.kind == "cue")
    assert (mention.original, text[mention.start : mention.end]) == ("ține paşaportul",) * 2


def test_every_phrase_belongs_to_a_cue_with_a_source() -> None:
    for path in (FOLDER / "cues").glob("??.toml"):
        assert set(tomllib.loads(path.read_text("utf-8"))["phrases"]) <= set(phrasebook.cues())
    assert all(cue["source"] and cue["said"] for cue in phrasebook.cues().values())


def test_every_phrase_of_the_book_finds_itself() -> None:
    missed = []
    for path in sorted((FOLDER / "cues").glob("??.toml")):
        for cue, texts in tomllib.loads(path.read_text("utf-8"))["phrases"].items():
            for text in texts:
                said = phrasebook.scan(text.replace("~", "").replace("*", "xx"))
                missed += [] if cue in {one.cue for one in said} else [text]
    assert missed == []


def test_every_repeat_of_a_phrase_is_found() -> None:
    assert len(list(phrasebook.scan("placement fee " * 20_000))) == 20_000


@pytest.mark.parametrize(
    "text",
    [
        "no   experience - needed",
        "No experience\u00a0needed",
        "NO, wait. No experience needed",
        "✅No experience needed✅",
    ],
)
def test_spaces_and_signs_do_not_hide_a_phrase(text: str) -> None:
    assert values(text) == ["no_experience"]


@pytest.mark.parametrize("text", ["no. experience needed", "no experience\nneeded", "no 🌹 experience needed"])
def test_a_phrase_does_not_run_over_the_end_of_a_sentence(text: str) -> None:
    assert values(text) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_span_is_right_whatever_stands_around(before: str, after: str) -> None:
    text = f"{before}. Don't  tell  anyone. {after}"
    spans = [text[one.start : one.end] for one in phrasebook.scan(text) if one.cue == "secrecy"]
    assert "Don't  tell  anyone" in spans


ORDINARY = [
    "People who live in this town are honest, young and old.",
    "You cannot leave it like that, or else nothing changes.",
    "An independent review said he was threatened with a fine.",
    "He was suspended without pay for a day. Back in 2015 she won.",
    "Just 90 miles is the sea between us.",
    "Stay in the game and keep going",
    "Bago utang, magbasa muna. Mga bata, mag-aral kayo.",
    "Paano kumita? Nakikita kita araw-araw.",
    "La deuda del país crece, y nadie sería feliz. No digas que no.",
    "Datoria publică a crescut. Nu spune povești.",
    "Не говори глупости, я серьезно. Встреча от 2 до 3 часов в день.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_talk_speaks_to_nothing(text: str) -> None:
    assert values(text) == []

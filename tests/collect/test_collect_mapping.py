"""Columns become fields: by what the user says, by header in many languages, then by content."""

from collections.abc import Callable
from pathlib import Path

import pytest

from undertow.collect import headers, mapping
from undertow.collect.mapping import Wanted
from undertow.errors import UserError

Read = Callable[..., object]


def plan(columns: dict[str, list[str]], wanted: Wanted = Wanted()) -> mapping.Plan:  # noqa: B008 (frozen)
    return mapping.plan(columns, wanted)


def named(*names: str) -> dict[str, str]:
    return plan({name: [] for name in names}).fields


@pytest.mark.parametrize(
    ("text", "posted_at", "title"),
    [
        ("Text", "Posted At", "Title"),
        ("message_body", "createdAt", "HEADLINE"),
        ("Descripción", "Fecha de publicación", "Título"),
        ("descricao", "data_publicacao", "titulo"),
        ("Contenu", "Publié le", "Sujet"),
        ("Beschreibung", "Veröffentlicht am", "Überschrift"),
        ("Descrizione", "Data di pubblicazione", "Titolo"),
        ("Conținut", "Data publicării", "Titlu"),
        ("Текст объявления", "Дата публикации", "Заголовок"),
        ("Опис", "Дата публікації", "Назва"),
        ("Paglalarawan", "Petsa", "Pamagat"),
    ],
)
def test_headers_are_known_in_many_languages(text: str, posted_at: str, title: str) -> None:
    assert named(text, posted_at, title) == {"posted_at": posted_at, "title": title, "text": text}


@pytest.mark.parametrize("header", ["posted at", "Posted_At", "postedAt", " POSTED-AT ", "posted.at"])
def test_spelling_does_not_matter(header: str) -> None:
    assert headers.fold(header) == "posted at"


def test_the_more_usual_header_wins_and_the_other_column_is_kept() -> None:
    made = plan({"description": [], "text": []})
    assert made.fields == {"text": "text"}
    assert made.unmapped == ("description",)


def test_what_the_user_says_comes_first() -> None:
    made = plan({"text": [], "nota": []}, Wanted(columns={"text": "nota"}))
    assert made.fields["text"] == "nota"
    assert made.choices[0].why == "given"


@pytest.mark.parametrize(
    ("names", "table"),
    [
        (["text", "date"], "posts"),
        (["Payment date", "Amount", "Currency", "Sender", "Recipient"], "payments"),
        (["Fecha", "Importe", "Ordenante", "Beneficiario"], "payments"),
        (["Passenger", "Origin", "Destination", "Departure date"], "bookings"),
        (["Guest name", "Hotel", "Check-in", "Check-out"], "bookings"),
        (["username", "full name", "email", "phone", "registered"], "accounts"),
        (["image_url", "pdq_hash"], "pictures"),
        (["case id", "date reported", "city", "narrative"], "incidents"),
        (["id", "image", "clicks", "impressions", "text", "url", "spend_amount", "spend_currency", "created"], "posts"),
    ],
)
def test_the_headers_tell_what_the_records_are(names: list[str], table: str) -> None:
    assert plan({name: [] for name in names}).table == table


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["text"], "post"),
        (["date-received", "date-read", "sender", "category", "text"], "message"),
        (["clicks", "impressions", "text"], "ad"),
        (["title", "text", "price"], "ad"),
        (["job title", "employer", "description"], "job"),
        (["rating", "text"], "review"),
        (["tweet", "retweet count"], "social"),
    ],
)
def test_the_headers_tell_what_the_posts_are(names: list[str], kind: str) -> None:
    assert plan({name: [] for name in names}).kind == kind


def test_the_user_may_say_what_the_records_are() -> None:
    made = plan({"text": []}, Wanted("incidents"))
    assert made.table == "incidents"


def test_a_field_that_only_one_record_has_tells_the_record() -> None:
    assert plan({"a": [], "b": []}, Wanted(columns={"payer": "a", "payee": "b"})).table == "payments"


def test_columns_without_a_telling_header_are_told_by_content() -> None:
    made = plan(
        {
            "c1": ["17", "18"],
            "c2": ["2024-01-05 10:00", "2024-01-06 11:00"],
            "c3": ["https://example.org/1", "https://example.org/2"],
            "c4": ["A room to let in the old town", "Cook wanted for a small kitchen"],
        }
    )
    assert made.fields == {"url": "c3", "posted_at": "c2", "text": "c4"}
    assert {choice.why for choice in made.choices} == {
        "its values are dates",
        "its values are web addresses",
        "the longest texts stand there",
    }


def test_numbers_are_no_dates_unless_the_header_says_time() -> None:
    values = ["1544006350", "1544006964"]
    assert "posted_at" not in plan({"c1": values}).fields
    assert plan({"share_timestamp": values}).fields["posted_at"] == "share_timestamp"


def test_a_column_named_like_a_time_that_holds_none_is_something_else() -> None:
    assert "posted_at" not in plan({"data": ["a parcel", "a letter"]}).fields


def test_an_unknown_field_is_the_users_error() -> None:
    with pytest.raises(UserError, match="no field is called posted"):
        mapping.check(Wanted(columns={"posted": "fecha"}))


def test_an_unknown_record_is_the_users_error() -> None:
    with pytest.raises(UserError, match="no record is called letters"):
        mapping.check(Wanted(table="letters"))


def test_a_saved_mapping_is_read_back(tmp_path: Path) -> None:
    made = plan({"fecha rara": [], 'say "text"': []}, Wanted(columns={"posted_at": "fecha rara", "text": 'say "text"'}))
    (tmp_path / "ads.toml").write_text(mapping.dump(made), "utf-8")
    saved = mapping.load(tmp_path / "ads.toml")
    assert saved == Wanted("posts", "post", made.fields)


def test_a_mapping_may_be_json(tmp_path: Path) -> None:
    (tmp_path / "ads.json").write_text('{"columns": {"text": "nota"}}')
    assert mapping.load(tmp_path / "ads.json").columns == {"text": "nota"}


@pytest.mark.parametrize("content", ["text = nota", '[columns]\ntitel = "x"', 'colums = "x"', '{"columns": []}'])
def test_a_mapping_that_is_none_is_the_users_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / ("m.json" if content.startswith("{") else "m.toml")
    path.write_text(content)
    with pytest.raises(UserError):
        mapping.load(path)


def test_a_mapping_that_is_not_there_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        mapping.load(tmp_path / "none.toml")

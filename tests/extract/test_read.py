"""Finders together: one string is one thing, spans are the received text's, a failure is named."""

from collections.abc import Iterator

import pytest

from undertow import extract
from undertow.errors import PluginError
from undertow.extract import read as reading
from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.read import Context, find, read


def kinds(text: str, country: str | None = None) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in find(text, country) if one.kind in CONTACTS]


CONTACTS = {"phone", "email", "url", "domain", "handle", "wallet", "bank"}


def broken(text: Text) -> Iterator[Mention]:
    raise ValueError("no such thing")
    yield Mention("", 0, 1)


BROKEN = Finder("broken", 1, broken, {"x": ["x"], "y": []})


def test_find_is_what_the_package_offers() -> None:
    assert extract.find is find


def test_digits_of_a_link_are_no_phone() -> None:
    assert kinds("see example.com/item/2025550143 now", "US") == [
        ("domain", "example.com"),
        ("url", "example.com/item/2025550143"),
    ]


def test_digits_of_an_address_are_no_phone() -> None:
    assert kinds("mail 2025550143@example.com", "US") == [("email", "2025550143@example.com")]


def test_the_number_in_a_chat_link_is_a_handle_a_phone_and_a_link() -> None:
    assert kinds("wa.me/12025550143") == [
        ("handle", "whatsapp:+12025550143"),
        ("url", "wa.me/12025550143"),
        ("phone", "+12025550143"),
    ]


def test_the_host_of_an_address_is_no_domain() -> None:
    assert kinds("ana@example.com") == [("email", "ana@example.com")]


def test_a_wallet_is_no_phone_and_no_handle() -> None:
    assert kinds("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") == [("wallet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")]


def test_a_card_number_is_no_phone() -> None:
    assert [kind for kind, _ in kinds("card 4111 1111 1111 1111", "US") if kind == "phone"] == []


def test_a_country_may_be_given_in_small_letters() -> None:
    assert find("call 020 7946 0018", "gb") == find("call 020 7946 0018", "GB")


def test_a_disguised_number_is_shown_as_it_was_received() -> None:
    found = [one for one in find("x ２０２\u200b-555-0143 y", "US") if one.kind == "phone"]
    assert [(one.value, one.original) for one in found] == [("+12025550143", "２０２\u200b-555-0143")]


def test_a_finder_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "finders", lambda field="": (BROKEN,))
    with pytest.raises(PluginError, match="the finder broken failed: ValueError: no such thing"):
        find("anything")


def test_a_finder_that_fails_takes_nothing_from_the_others() -> None:
    email = next(finder for finder in reading.finders() if finder.name == "email")
    found = read(["ana@example.com"], [Context()], [BROKEN, email])[0]
    assert [one.value for one in found if one.error is None] == ["ana@example.com"]


def test_a_text_without_the_trigger_is_not_shown() -> None:
    all_of_it = Finder("all", 1, lambda text: iter([Mention(text.clean, 0, 1)]), {}, trigger="zebra")
    found = read(["a zebra", "a horse", "ZEBRA"], [Context()] * 3, [all_of_it])
    assert [len(one) for one in found] == [1, 0, 1]


def test_a_field_goes_to_the_finders_that_read_it() -> None:
    names = {finder.name for finder in reading.finders("url")}
    assert "handle" in names
    assert "phone" not in names

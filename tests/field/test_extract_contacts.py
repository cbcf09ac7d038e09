"""Contacts in texts that nobody here wrote: matcher cases, Philippine SMS, Telegram posts, indicators."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure_phones import ALONE, COUNTRY, TODAY, measure_matcher

from undertow.extract import Mention, find


def contacts(text: str, country: str | None = None) -> list[Mention]:
    kinds = {"phone", "email", "url", "domain", "handle"}
    return [one for one in find(text, country) if one.kind in kinds and one.confidence >= 0.5]


def counted(shared: Path, by: str) -> tuple[int, int]:
    rows = [row for row in measure_matcher(shared) if row["decided by"] == by]
    return sum(int(str(row["right"])) for row in rows), sum(int(str(row["cases"])) for row in rows)


def test_every_matcher_case_that_the_text_alone_decides_is_right(shared: Path) -> None:
    assert counted(shared, ALONE) == (53, 53)


def test_every_matcher_case_that_needs_a_country_is_right_with_it(shared: Path) -> None:
    assert counted(shared, COUNTRY) == (36, 36)


def test_numbers_valid_only_in_the_metadata_of_the_librarys_tests_are_not_believed(shared: Path) -> None:
    assert counted(shared, TODAY) == (4, 4)


def texts(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def test_addresses_in_philippine_sms_are_those_with_an_at_sign(shared: Path) -> None:
    found = [one for text in texts(shared / "posts/ph_sms_spam_ads_gov.csv") for one in contacts(text, "PH")]
    assert [one.original for one in found if one.kind == "email" and "@" not in one.original] == []


def test_numbers_in_philippine_sms_are_philippine(shared: Path) -> None:
    found = [one for text in texts(shared / "posts/ph_sms_spam_ads_gov.csv") for one in contacts(text, "PH")]
    numbers = [one for one in found if one.kind == "phone"]
    assert len(numbers) >= 40
    assert {one.value for one in numbers if not one.value.startswith("+63")} == set()


def test_every_telegram_link_of_a_person_or_channel_gives_a_handle(shared: Path) -> None:
    missed = []
    for text in texts(shared / "posts/telegram_spam_ham.csv"):
        links = text.lower().count("t.me/") - text.lower().count("t.me/c/")
        named = [one for one in contacts(text) if one.kind == "handle" and "t.me/" in one.original.lower()]
        missed += [text] * max(0, links - len(named))
    assert missed == []


def test_every_address_among_indicators_of_others_is_found(shared: Path) -> None:
    missed = {value for text, value in indicators(shared, "email_addresses") if value not in given(text)}
    assert missed == {"test@[192.168.0.1]"}  # a host in figures is not read


def test_every_link_among_indicators_of_others_is_found(shared: Path) -> None:
    cases = list(indicators(shared, "urls"))
    missed = {value for text, value in cases if not any(one.startswith(value) or value == one for one in given(text))}
    assert len(cases) > 10
    assert missed == {"password@example.com:8080"}  # a user's name is no part of the page


def given(text: str) -> list[str]:
    return [one.value.lower() for one in contacts(text)]


def indicators(shared: Path, key: str) -> Iterator[tuple[str, str]]:
    with (shared / "identifiers/ioc_text_cases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = json.loads(row["expected"])[0] if row["expected"].startswith("[{") else {}
            for value in found.get(key, []):
                yield row["text"], re.sub(r"^https?://(?:www\.)?", "", value.lower()).rstrip("/")

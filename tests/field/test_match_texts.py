"""Templates of real texts against what the matcher never sees: the page an ad led to, the category of a message."""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from undertow.match import group_texts

PLACEHOLDERS = {"<REDACTED>", "<BLANK>"}
_AROUND = re.compile(r"[\s\[\]()<>]")
_HOST = re.compile(r"^(https?:/*)?(www\.|m\.)?")
_MISREAD = str.maketrans("1l|!j02 58hc", "iiiiioz sbno")  # as the same page's other spellings show


def page(url: str) -> str:
    """The landing page: case, host prefix and brackets folded, and the letters that the OCR of these ads confused."""
    bare = _HOST.sub("", _AROUND.sub("", url).lower()).split("?")[0].rstrip("/")
    return bare.replace("rn", "m").replace("vv", "w").translate(_MISREAD)


def grouped(texts: list[str], truth: list[str]) -> tuple[int, float]:
    """(texts in a group of two or more, share of them that are of their group's most frequent kind)."""
    held: dict[int, Counter[str]] = defaultdict(Counter)
    for number, kind in zip(group_texts(texts), truth, strict=True):
        held[number][kind] += 1
    groups = [kinds for kinds in held.values() if kinds.total() > 1]
    together = sum(kinds.total() for kinds in groups)
    return together, sum(max(kinds.values()) for kinds in groups) / together


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def ads(shared: Path) -> tuple[int, float]:
    held = [ad for ad in rows(shared / "posts" / "irads" / "irads_ads.csv") if ad["text"].strip()]
    assert len(held) == 3333
    return grouped([ad["text"] for ad in held], [page(ad["url"]) for ad in held])


@pytest.fixture(scope="module")
def messages(shared: Path) -> tuple[int, float]:
    everything = rows(shared / "posts" / "ph_sms_spam_ads_gov.csv")
    held = [one for one in everything if len(one["text"]) >= 20 and one["text"].strip() not in PLACEHOLDERS]
    assert len(held) == 1947
    return grouped([one["text"] for one in held], [one["category"] for one in held])


def test_half_of_the_facebook_ads_are_from_templates(ads: tuple[int, float]) -> None:
    assert ads[0] >= 1613


def test_ads_of_one_template_lead_to_one_page(ads: tuple[int, float]) -> None:
    assert ads[1] >= 0.93


def test_half_of_the_text_messages_are_from_templates(messages: tuple[int, float]) -> None:
    assert messages[0] >= 950


def test_messages_of_one_template_are_of_one_category(messages: tuple[int, float]) -> None:
    assert messages[1] >= 0.995


def test_placeholders_are_all_alone(shared: Path) -> None:
    texts = [one["text"] for one in rows(shared / "posts" / "ph_sms_spam_ads_gov.csv")]
    numbers = group_texts(texts)
    empty = [number for number, text in zip(numbers, texts, strict=True) if text.strip() in PLACEHOLDERS]
    assert len(empty) > 100
    assert all(numbers.count(number) == 1 for number in empty)

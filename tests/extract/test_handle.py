"""Names on platforms: the cases that are hard to see."""

import pytest

from undertow.extract.contract import Text
from undertow.extract.finders.handle import FINDER
from undertow.extract.text import clean


def handles(text: str) -> list[tuple[str, float]]:
    plain, spots = clean(text)
    return [(one.value, one.confidence) for one in FINDER.find(Text(text, plain, spots)) if not one.kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://t.me/Ana_99?start=1", "telegram:ana_99"),
        ("tg://resolve?domain=ana_99", "telegram:ana_99"),
        ("https://t.me/+dGA3mE_zk-Ew", "telegram:invite/dGA3mE_zk-Ew"),
        ("t.me/joinchat/AAAAAbbbbb", "telegram:invite/AAAAAbbbbb"),
        ("https://chat.whatsapp.com/AbCdEfGh12345", "whatsapp:invite/AbCdEfGh12345"),
        ("https://api.whatsapp.com/send?phone=447700900123&text=hi", "whatsapp:+447700900123"),
        ("viber://chat?number=%2B447700900123", "viber:+447700900123"),
        ("instagram.com/Ana.B_99/", "instagram:ana.b_99"),
        ("snapchat.com/add/ana-b", "snapchat:ana-b"),
        ("facebook.com/profile.php?id=1000123", "facebook:1000123"),
        ("facebook.com/groups/hoteljobs", "facebook:groups/hoteljobs"),
        ("m.me/ana.b.99", "facebook:ana.b.99"),
        ("twitter.com/ana_b/status/1", "x:ana_b"),
        ("tiktok.com/@ana.b", "tiktok:ana.b"),
        ("kik.me/ana_b", "kik:ana_b"),
        ("onlyfans.com/ana_b", "onlyfans:ana_b"),
        ("line.me/ti/p/~ana.b", "line:ana.b"),
    ],
)
def test_a_link_names_a_person(text: str, value: str) -> None:
    assert handles(f"see {text} now") == [(value, 0.97)]


@pytest.mark.parametrize(
    ("text", "value", "confidence"),
    [
        ("tg: @Ana_99", "telegram:ana_99", 0.9),
        ("телеграм @ana_99", "telegram:ana_99", 0.9),
        ("snap: ana.b", "snapchat:ana.b", 0.85),
        ("IG ana_99", "instagram:ana_99", 0.6),
        ("my insta is @ana.b", "instagram:ana.b", 0.9),
        ("微信ana_wx99", "wechat:ana_wx99", 0.6),
        ("skype: live:.cid.abc123", "skype:live:.cid.abc123", 0.85),
        ("kik - ana_b", "kik:ana_b", 0.85),
        ("tik tok: ana_b", "tiktok:ana_b", 0.85),
        ("write @ana_99 on telegram", "telegram:ana_99", 0.7),
        ("find me @ana_99", "unknown:ana_99", 0.4),
        ("FB: Ana Maria", "facebook:ana", 0.4),
    ],
)
def test_a_word_before_a_name_says_the_platform(text: str, value: str, confidence: float) -> None:
    assert handles(text) in ([(value, confidence)], [])
    if value != "facebook:ana":
        assert handles(text) == [(value, confidence)]


@pytest.mark.parametrize(
    "text",
    [
        "our telegram channel is open",
        "message me on whatsapp only",
        "ana@instagram.com",
        "the line is long, x marks it",
        "instagram.com/p/abc123",
        "3 kg @ 5",
        "snap a picture",
        "face to face",
    ],
)
def test_other_words_are_no_names(text: str) -> None:
    assert handles(text) == []


@pytest.mark.parametrize("said", ["Telgram", "telegarm:", "Tellegram", "тг"])
def test_a_platform_is_known_by_its_common_misspellings(said: str) -> None:
    text = f"write {said} @ana_example"
    assert [hit.value for hit in FINDER.find(Text(text, text))] == ["telegram:ana_example"]


def test_a_short_word_for_instagram_counts_in_russian() -> None:
    assert [hit.value for hit in FINDER.find(Text("x", "Инст @ana_example"))] == ["instagram:ana_example"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("fb facebook.com/ana.99", "facebook:ana.99"),
        ("insta: instagram.com/ana_99", "instagram:ana_99"),
        ("Telegram https://t.me/ana_99", "telegram:ana_99"),
        ("fb: https://www.facebook.com/ana.99", "facebook:ana.99"),
    ],
)
def test_the_host_of_a_link_behind_the_name_of_its_platform_is_nobody(text: str, value: str) -> None:
    assert [name for name, _ in handles(text)] == [value]

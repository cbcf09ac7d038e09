"""Links and domains: the cases that are hard to see."""

import pytest

from undertow.extract.contract import Text
from undertow.extract.finders.url import FINDER
from undertow.extract.text import clean


def links(text: str) -> list[tuple[str, str, str]]:
    plain, spots = clean(text)
    return [(one.kind, one.value, one.detail) for one in FINDER.find(Text(text, plain, spots))]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTP://WWW.Example.com/Menu/", "example.com/Menu"),
        ("https://example.com:443/a?b=1&utm_source=x&fbclid=y#top", "example.com/a?b=1"),
        ("https://example.com:8080/a", "example.com:8080/a"),
        ("hxxp://shop[.]example[.]com/a", "shop.example.com/a"),
        ("hxxps[:]//example(.)com", "example.com"),
        ("www. example. com. ph/travel", "example.com.ph/travel"),
        ("(see https://example.com/a_(b)).", "example.com/a_(b)"),
        ("http://192.168.0.1/login", "192.168.0.1/login"),
        ("ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"),
    ],
)
def test_one_page_has_one_value(text: str, url: str) -> None:
    assert [value for kind, value, _ in links(text) if kind == "url"] == [url]


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("a.b.example.co.uk/x", "example.co.uk"),
        ("ana.wordpress.com/x", "ana.wordpress.com"),
        ("example dot org", "example.org"),
        ("deals .example .com .ph", "example.com.ph"),
        ("exаmple.com", "example.com"),
        ("Подробностиexample.com", "example.com"),
        ("пример.рф", "пример.рф"),
        ("example.com.Then", "example.com"),
    ],
)
def test_a_domain_is_what_one_owner_registers(text: str, domain: str) -> None:
    assert [value for kind, value, _ in links(text) if kind == "domain"] == [domain]


@pytest.mark.parametrize("host", ["bit.ly", "tinyurl.com", "cutt.ly"])
def test_a_shortener_gives_a_link_and_no_domain(host: str) -> None:
    assert links(f"see {host}/3xYz now") == [("url", f"{host}/3xYz", "shortener")]


@pytest.mark.parametrize("host", ["facebook.com", "t.me", "m.facebook.com"])
def test_a_platform_gives_a_link_and_no_domain(host: str) -> None:
    assert links(f"see https://{host}/ana_99 now") == [("url", f"{host}/ana_99", "platform")]


@pytest.mark.parametrize(
    "text",
    [
        "call me.No texts",
        "1.75 m tall, e.g. blond",
        "hello .how are you . see",
        "mail ana@example.com",
        "…wait...what",
        "192.168.0.1",
        "v1.2.3",
    ],
)
def test_full_stops_of_prose_are_no_links(text: str) -> None:
    assert links(text) == []


def test_two_sentences_without_a_space_are_doubted() -> None:
    plain = "excellent.life is good"
    assert [one.confidence for one in FINDER.find(Text(plain, plain))] == [0.5]

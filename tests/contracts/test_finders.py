"""What holds for every finder, whoever wrote it."""

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from undertow.extract.contract import EXAMPLE_KEY, Finder, Text
from undertow.extract.read import Context, find, finders, read, triggered
from undertow.extract.text import clean

ODD = {
    "letters": "a" * 100_000,
    "digits": "7" * 100_000,
    "words": "one " * 25_000,
    "number words glued": "seven" * 20_000,
    "at signs": "@" * 50_000,
    "a word between at signs": "a@" * 25_000,
    "plus and bracket": "+(" * 25_000,
    "dots": "." * 50_000,
    "labels": "a." * 25_000,
    "digits and dots": "1." * 25_000,
    "digits and spaces": "1 " * 25_000,
    "links": "http://" * 10_000,
    "slashes": "/" * 50_000,
    "commas and digits": "1," * 25_000,
    "spaces": " " * 100_000,
    "line breaks": "\n" * 50_000,
    "accents": "a" + "\u0301" * 50_000,
    "keycaps": "5\ufe0f\u20e3" * 10_000,
    "joiners": "\u200d" * 50_000,
    "dollars": "$1 " * 15_000,
    "cyrillic": "и" * 50_000,
    "han": "微信" * 20_000,
    "brackets": "[(" * 25_000,
    "hex": "0x" * 25_000,
    "ids": "A1" * 25_000,
}
EVERY = finders()
IDS = [finder.name for finder in EVERY]
WORDS = """call me at +1 202 555 0143 zero nine one seven for 100 roses $ € php 25 yo t.me/ wa.me/ @ ana . com dot (at)
[dot] www https:// 5\ufe0f\u20e3 ０ ٣ 𝟗 \u200b 14/02/2026 тг телефон восемь IBAN DE89 0x 1A1z"""
anything = st.text(max_size=200)
likely = st.lists(
    st.sampled_from(WORDS.split()),
    max_size=25,
).map(" ".join) | st.lists(st.sampled_from(list("0123456789 .-()+@/ao:dt\u200b٣５é")), max_size=60).map("".join)


def values(finder: Finder, text: str) -> list[str]:
    found = read([text], [Context(finder.country, key=EXAMPLE_KEY)], [finder])[0]
    assert [one.error for one in found if one.error] == []
    return [one.value for one in found]


@pytest.mark.parametrize("finder", EVERY, ids=IDS)
def test_a_finder_brings_a_hit_and_a_miss(finder: Finder) -> None:
    assert any(finder.examples.values())
    assert not all(finder.examples.values())


@pytest.mark.parametrize("finder", EVERY, ids=IDS)
def test_a_finder_finds_what_its_examples_say(finder: Finder) -> None:
    for text, expected in finder.examples.items():
        assert sorted(values(finder, text)) == sorted(expected), text


@pytest.mark.parametrize("finder", EVERY, ids=IDS)
def test_a_trigger_lets_every_example_through(finder: Finder) -> None:
    for text, expected in finder.examples.items():
        if expected:
            assert list(triggered(pa.array([clean(text)[0]], pa.large_string()), finder.trigger)) == [0], text


@pytest.mark.parametrize("finder", EVERY, ids=IDS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=anything | likely, country=st.sampled_from([None, "GB", "PH", "US", "RO"]))
def test_a_trigger_hides_nothing(finder: Finder, text: str, country: str | None) -> None:
    plain, spots = clean(text)
    found = list(finder.find(Text(text, plain, spots, country)))
    if found:
        assert list(triggered(pa.array([plain], pa.large_string()), finder.trigger)) == [0]


@pytest.mark.parametrize("finder", EVERY, ids=IDS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=anything | likely)
def test_a_finder_answers_any_text_with_spans_inside_it(finder: Finder, text: str) -> None:
    plain, spots = clean(text)
    for mention in finder.find(Text(text, plain, spots, finder.country)):
        assert 0 <= mention.start < mention.end <= len(plain)
        assert 0 <= mention.confidence <= 1
        assert mention.value


@pytest.mark.parametrize("finder", EVERY, ids=IDS)
@pytest.mark.parametrize("odd", sorted(ODD))
def test_a_finder_ends_on_long_odd_text(finder: Finder, odd: str) -> None:
    text = ODD[odd]
    plain, spots = clean(text)
    assert len(list(finder.find(Text(text, plain, spots, finder.country)))) <= len(text)


@settings(max_examples=200, deadline=None)
@given(text=anything | likely, country=st.sampled_from([None, "GB", "US"]))
def test_every_span_points_at_its_original_in_the_text_as_received(text: str, country: str | None) -> None:
    for mention in find(text, country):
        assert mention.kind == "bank" or mention.original == text[mention.start : mention.end]


@settings(max_examples=100, deadline=None)
@given(text=likely)
def test_a_text_gives_the_same_mentions_every_time_in_one_order(text: str) -> None:
    first = find(text, "GB")
    assert first == find(text, "GB")
    assert first == sorted(first, key=lambda one: (one.start, one.kind, one.value, one.end))


@settings(max_examples=50, deadline=None)
@given(texts=st.lists(likely, max_size=8), cut=st.integers(0, 8))
def test_a_split_batch_gives_what_the_whole_gives(texts: list[str], cut: int) -> None:
    about = [Context("US")] * len(texts)
    parts = read(texts[:cut], about[:cut], EVERY) + read(texts[cut:], about[cut:], EVERY)
    assert parts == read(texts, about, EVERY)

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undertow.extract import money, prices
from undertow.extract.contract import Text
from undertow.extract.finders.price import FINDER


def found(text: str, country: str | None = None, language: str = "", field: str = "text") -> list[str]:
    return [hit.value for hit in FINDER.find(Text(text, text, country=country, language=language, field=field))]


def detailed(text: str) -> list[tuple[str, str]]:
    return [(hit.value, hit.detail) for hit in FINDER.find(Text(text, text))]


SENTENCES = {
    "P500 only": ["500 PHP"],
    "₱18,000.00 and php 500": ["18000 PHP", "500 PHP"],
    "sahod 25k-30k php": ["25000 PHP", "30000 PHP"],
    "$100-150 for the evening": ["100 USD", "150 USD"],
    "USD 4,000.00 or 4000 US dollars": ["4000 USD", "4000 USD"],
    "1.200 lei, 1.500,50 € sau 30 000 руб": ["1200 RON", "1500.5 EUR", "30000 RUB"],
    "40-50 тыс. руб": ["40000 RUB", "50000 RUB"],
    "Rs. 25,000 and AED 3500": ["25000 INR", "3500 AED"],
    "A$190.00, R$ 215,10, NT$ 1,160": ["190 AUD", "215.1 BRL", "1160 TWD"],
    "150 roses": ["150 ?"],
    "P5M jackpot": ["5000000 PHP"],
    "12,000원 3,500円": ["12000 KRW", "3500 JPY"],
    "2 million pesos": ["2000000 ?"],
    "60 aussie dollars": ["60 AUD"],
    "200 de lei, 240 de dolari": ["200 RON", "240 USD"],
    "220 долл. и 150 долл": ["220 USD", "150 USD"],
    "зарплата 114к рублей": ["114000 RUB"],
    "с 5 к 7 часам": [],
    "🌹GBP 200 🌹🌹AUD360": ["200 GBP", "360 AUD"],
}


@pytest.mark.parametrize("text", SENTENCES)
def test_a_price_is_read_in_a_sentence(text: str) -> None:
    assert found(text) == SENTENCES[text]


@pytest.mark.parametrize(
    "text",
    [
        "call 0917 555 0123",
        "version 2.5 and 3k followers",
        "open 24 hours, 7 days",
        "10 pounds heavier, 5 ft tall, 12 km away",
        "born 2004-07-12, room 12, gate B12",
        "ang 177 na tao at mga 50 bata",
        "TRY 5 TIMES, ALL 20 of you, top 10",
        "pl@tf0rm with 0rm inside",
        "50% off",
        "MP3 and B2B, 4K film",
    ],
)
def test_a_number_without_money_is_no_price(text: str) -> None:
    assert found(text) == []


PERIODS = {
    "$100 an hour": "hour",
    "500 pesos kada araw": "day",
    "800 € al mes": "month",
    "1200 lei pe lună": "month",
    "30 000 руб в месяц": "month",
    "AED 3500/month": "month",
    "$60 30 mins": "30 minute",
    "30 min $60": "30 minute",
    "1 hour $100": "hour",
    "2k overnight": "night",
    "monthly salary: $500": "month",
    "150 roses per hour": "hour coded",
}


@pytest.mark.parametrize("text", PERIODS)
def test_the_time_that_a_price_pays_for_is_in_its_detail(text: str) -> None:
    assert [detail for _, detail in detailed(text)] == [PERIODS[text]]


def test_several_prices_keep_their_own_time() -> None:
    assert detailed("30 min $60, 1 hr $100, overnight 2k php") == [
        ("60 USD", "30 minute"),
        ("100 USD", "hour"),
        ("2000 PHP", "night"),
    ]


def test_pesos_are_those_of_the_country_or_the_language() -> None:
    assert found("500 pesos") == ["500 ?"]
    assert found("500 pesos", "PH") == found("500 pesos", language="tl") == ["500 PHP"]
    assert found("500 pesos", "MX") == ["500 MXN"]


def test_a_dollar_sign_is_the_dollar_of_the_country() -> None:
    assert (found("$50"), found("$50", "CA"), found("US$50", "CA")) == (["50 USD"], ["50 CAD"], ["50 USD"])


def test_a_bare_number_is_a_price_only_in_a_price_field() -> None:
    assert found("1,500") == []
    assert found("1,500", field="price_text") == ["1500 ?"]
    assert found("1,500", "PH", field="price_text") == ["1500 PHP"]


def test_a_span_covers_amount_and_currency() -> None:
    text = "pay P1,500 or 20 usd"
    assert [text[hit.start : hit.end] for hit in FINDER.find(Text(text, text))] == ["P1,500", "20 usd"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.500", "1500"),
        ("1.50", "1.5"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("0.125", "0.125"),
        ("1 234 567,8", "1234567.8"),
        ("3.3900", "3.39"),
    ],
)
def test_separators_of_every_habit_are_read(written: str, value: str) -> None:
    assert money.amount(written) == Decimal(value)


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from([",.", ".,", " ,", "'."]))
def test_a_written_amount_is_read_back(whole: int, cents: int, signs: str) -> None:
    written = f"{whole:,}".replace(",", signs[0]) + f"{signs[1]}{cents:02d}"
    assert money.amount(written) == whole + Decimal(cents) / 100


@settings(deadline=None)  # the first call compiles the pattern
@given(st.text(alphabet="P$€k0159.,-/ phroseслеи\n", max_size=60))
def test_what_the_trigger_hides_holds_no_price(text: str) -> None:
    shown = pc.match_substring_regex(pa.array([text]), FINDER.trigger, ignore_case=True)[0].as_py()
    assert shown or found(text) == []


@given(st.text(max_size=80), st.sampled_from(["text", "price_text"]))
def test_any_text_gives_spans_inside_it(text: str, field: str) -> None:
    hits = list(FINDER.find(Text(text, text, field=field)))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


def test_free_is_a_price_of_nothing() -> None:
    price = prices.read("Free!", prices.Where())
    assert price is not None and price.amount == 0


@pytest.mark.parametrize("piece", ["1", "1 ", "$", "1-", "k", "1,", "$1 to ", "1 000 ", "rs."])
def test_a_very_long_odd_text_ends(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    assert len(found(text)) <= len(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1h $80 / 2h $140", ["80 USD", "140 USD"]),
        ("1ч 60$ / 2ч $200", ["60 USD", "200 USD"]),
        ("Roses: 180 usd per hour", ["180 USD"]),
        ("Roses: $180 🌹", ["180 USD"]),
        ("Adelaide 24/7 🌹 180 aud", ["180 AUD"]),
        ("algo de peso. 1.700 eur fijos", ["1700 EUR"]),
        ("hi im Emma 🌹 22, curvy", []),
        ("Luisa 🌹 100% real", []),
        ("200 roses an hour", ["200 ?"]),
    ],
)
def test_a_sign_or_a_time_beside_a_price_is_not_taken_for_its_money(text: str, values: list[str]) -> None:
    assert [hit.value for hit in FINDER.find(Text(text, text))] == values


def test_pounds_said_in_russian_are_money_where_they_are_the_money_and_a_weight_elsewhere() -> None:
    assert found("от 200 фунтов", "GB") == ["200 GBP"]
    assert found("от 200 фунтов", "US") == []

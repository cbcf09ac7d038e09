"""Prices in free text and in price fields.

In free text a bare number is no price: it needs a currency, a coded unit, or `k` or `/` with a time that it pays for.
In a price field the field itself says that the number is a price.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from undertow.extract import money, pricewords
from undertow.extract.datafiles import toml
from undertow.extract.money import Currency
from undertow.extract.text import figures_in

NEAR = 24
LONG = 3  # letters; a longer word is not shortened, so a full stop behind it ends a sentence
SPLIT_FRACTION = re.compile(r"(\d[.,]) (\d\d)(?!\d)")
LEADING_POINT = re.compile(r"(?<![^\W_])\.$")
DATE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?!\d)|(?:19|20)\d\d-\d\d-\d\d|\b[^\W\d_]{3,9},? (?:19|20)\d\d(?!\d)"
)
SENTENCE = re.compile(r"[.!?]\s")
CONFIDENCE = {"symbol": 0.95, "coded": 0.6}  # a guess, by how rarely each form means anything else
Near = tuple[Currency, int] | None  # a currency and where it begins


@dataclass(frozen=True, slots=True)
class Price:
    """An amount with an ISO 4217 code (`?` where the currency is not said) and the time that it pays for, if any."""

    amount: Decimal
    currency: str
    start: int
    end: int
    confidence: float
    detail: str = ""

    @property
    def value(self) -> str:
        return f"{format(self.amount.normalize(), 'f')} {self.currency}"


@dataclass(frozen=True, slots=True)
class Where:
    """What is known beside the text: country and language (ISO), whether it is a price field, its decimal sign."""

    country: str = ""
    language: str = ""
    field: bool = False
    decimal: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    clean: str
    lower: str
    where: Where


@dataclass(slots=True)
class _Found:
    amount: Decimal
    currency: Currency | None
    scale: int
    start: int
    end: int


def read(price: str, where: Where, *, currency: str = "") -> Price | None:
    """The first price of a price field; `currency` is what a field beside it says.

    The number with a currency wins; else the first number that is no percentage and no date. `Free` is 0.
    """
    if not where.decimal and DATE.search(price):
        return None
    best = min(_field(price, where), key=lambda found: (found.currency == "?", found.start), default=None)
    if best and best.currency == "?":
        beside = money.before(currency, len(currency), 0)
        code = beside[0].read(where.country, where.language) if beside else money.home(where.country)
        return replace(best, currency=code or "?")
    if best is None and price.strip().casefold() in toml("prices.toml")["reading"]["free"]:
        return Price(Decimal(0), "?", 0, len(price), 0.8)
    return best


def _field(price: str, where: Where) -> list[Price]:
    joined = SPLIT_FRACTION.sub(r"\1\2", price)
    shift = len(price) - len(joined)
    return [replace(made, end=min(len(price), made.end + shift)) for made in scan(joined, replace(where, field=True))]


def scan(clean: str, where: Where, figures: Sequence[tuple[int, int]] | None = None) -> list[Price]:
    """Every price of a text, in order; `figures` are the places of its digits, where the caller knows them."""
    lower = clean.lower()
    if len(lower) != len(clean):
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in clean)
    page = _Page(clean, lower, where)
    made: list[Price] = []
    floor = last = done = 0
    match = pricewords.numbers().match
    for start, _ in figures_in(clean) if figures is None else figures:
        hit = match(lower, start) if start >= done else None
        if hit is None:
            continue
        done = hit.end()
        last, near = hit.end(1), start - last <= NEAR  # a range is read back only where a number stands near
        front = money.before(clean, start, floor) if start > floor else None
        if (front or hit[2] is not None or where.field) and start >= floor:
            left = made[-1].start if made and made[-1].currency == "?" else floor
            for price in _at(page, hit, front, left if near else start):
                if made and made[-1].start == price.start:
                    made.pop()
                made.append(price)
                floor = max(floor, price.end)
    return made


def _at(page: _Page, hit: re.Match[str], front: Near, floor: int) -> Iterator[Price]:
    start = hit.start()
    if not front and start and (page.clean[start - 1].isalpha() or page.clean[start - 1] in "+#@_"):
        return
    found = _found(page, hit, front)
    if found is None or (page.where.field and page.lower[found.end : found.end + 2].lstrip()[:1] == "%"):
        return
    ends = (_low(page, floor, found), found, _high(page, found)) if found.currency else (found,)
    for end in ends:
        price = _price(page, end) if end else None
        if price:
            yield price


def _found(page: _Page, hit: re.Match[str], front: Near) -> _Found | None:
    where = page.where
    amount = _amount(page, hit)
    if amount is None or (hit[1][0] == "0" and len(hit[1]) > 1 and hit[1].isdigit() and not where.field):
        return None
    if front and not front[0].fits(where.country, field=where.field):
        front = None
    back = _back(page, hit, front)
    scale = _scale(hit[4], priced=bool(front or back), front=bool(front))
    end = hit.end() if back else hit.end(4) if scale > 1 else hit.end(1)
    return _Found(amount * scale, back or (front[0] if front else None), scale, front[1] if front else hit.start(), end)


def _back(page: _Page, hit: re.Match[str], front: Near) -> Currency | None:
    """The currency behind a number, where it is one and says more than the one in front: `$1,190 AUD`."""
    written = hit[3] or hit[5]
    back = money.named(written) if written else None
    if back is None or not back.fits(page.where.country, field=page.where.field) or _next(page, hit, written):
        return None
    if back.kind == "letter" and page.where.country != "PH":
        return None
    return None if front and not _says_less(page, hit, front, back) else back


def _says_less(page: _Page, hit: re.Match[str], front: tuple[Currency, int], back: Currency) -> bool:
    """Whether a currency in front says less than the one behind: `$5 AUD`, `roses: 80 usd`, `some weight. 1700 eur`."""
    if front[0].written == "$":
        return back.kind not in ("symbol", "coded")
    if front[0].kind == "coded":
        return back.kind != "coded"
    return back.code != front[0].code and len(front[0].written) > LONG and "." in page.clean[front[1] : hit.start()]


def _next(page: _Page, hit: re.Match[str], written: str) -> bool:
    """Whether a sign behind a number belongs to the number after it: `2 hours for 100 $200`."""
    spaced = page.clean[hit.end(1)] in " \u00a0" and written in money.symbols()
    return spaced and page.clean[hit.end() : hit.end() + 1].isdigit()


def _amount(page: _Page, hit: re.Match[str]) -> Decimal | None:
    start, decimal = hit.start(), page.where.decimal
    if page.where.field:
        if decimal and page.clean[max(0, start - 1) : start] == decimal:
            return money.amount(decimal + hit[1], decimal)
        if not decimal and LEADING_POINT.search(page.clean[max(0, start - 2) : start]) and hit[1].isdigit():
            return money.amount("0." + hit[1], ".")
    return money.amount(hit[1], decimal)


def _scale(word: str | None, *, priced: bool, front: bool) -> int:
    word = (word or "").strip().rstrip(".")
    if word in toml("prices.toml")["reading"]["million"]:
        return 1_000_000 if front or (priced and word != "m") else 1
    return 1000 if word else 1


def _low(page: _Page, floor: int, high: _Found) -> _Found | None:
    """The lower end of a range whose currency stands behind its upper end: 15 in `15-20k php`."""
    begin = max(floor, high.start - NEAR)
    hit = pricewords.ranges()[0].search(page.clean[begin : high.start])
    amount = money.amount(hit[1], page.where.decimal) if hit else None
    if hit is None or amount is None or hit[1][0] == "0":
        return None
    scale = 1000 if hit[2] else high.scale if amount < high.amount / high.scale else 1
    return _Found(amount * scale, high.currency, scale, begin + hit.start(1), begin + hit.end(2))


def _high(page: _Page, low: _Found) -> _Found | None:
    """The upper end of a range whose currency stands in front of its lower end: 150 in `$100-150`."""
    between = pricewords.ranges()[1].match(page.clean, low.end)
    hit = pricewords.numbers().match(page.lower, between.end()) if between else None
    amount = money.amount(hit[1], page.where.decimal) if hit and not (hit[3] or hit[5]) else None
    if hit is None or amount is None or hit[1][0] == "0":
        return None
    scale = _scale(hit[4], priced=True, front=True)
    if amount * scale < low.amount and pricewords.lasts(page.lower, hit.end()):
        return None  # the time of the next price: `1h $80 / 2h $140`
    return _Found(amount * scale, low.currency, scale, hit.start(1), hit.end(4) if scale > 1 else hit.end(1))


def _price(page: _Page, found: _Found) -> Price | None:
    where, currency = page.where, found.currency
    detail = pricewords.period(page.lower, found.start, found.end, NEAR)
    if currency and currency.kind == "coded" and not _may_be_coded(page, found):
        return None
    if currency and (found.amount or where.field):
        code = currency.read(where.country, where.language)
        confidence = CONFIDENCE.get(currency.kind, 0.7 if code == "?" else 0.9)
        if currency.kind == "letter" and where.country != "PH":
            confidence = 0.6
        detail = f"{detail} coded".strip() if currency.kind == "coded" else detail
        return Price(found.amount, code, found.start, found.end, confidence, detail)
    if where.field:
        return Price(found.amount, "?", found.start, found.end, 0.8, detail)
    return _bare(page, found, detail)


def _may_be_coded(page: _Page, found: _Found) -> bool:
    least, most = toml("prices.toml")["reading"]["coded"]
    return bool(least <= found.amount <= most) and page.clean[found.end : found.end + 1] != "%"


def _bare(page: _Page, found: _Found, detail: str) -> Price | None:
    """A number without a currency that still is a price: `2k overnight`, `rate 3k`, `1500/hr`."""
    words = re.findall(r"[^\W\d_]+", SENTENCE.split(page.lower[max(0, found.start - NEAR) : found.start])[-1])
    slash = page.clean[found.end : found.end + 1] == "/" and found.amount >= 20
    if found.scale > 1 and (detail or not pricewords.cues().isdisjoint(words)):
        return Price(found.amount, money.home(page.where.country) or "?", found.start, found.end, 0.5, detail)
    if slash and detail:
        return Price(found.amount, money.home(page.where.country) or "?", found.start, found.end, 0.4, detail)
    return None

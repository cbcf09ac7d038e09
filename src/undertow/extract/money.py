"""Numbers and currencies as people write them: separators of every habit, symbols, codes and words."""

import csv
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from undertow.extract.datafiles import FOLDER, toml
from undertow.extract.patterns import choice

NUMBER = (  # begins with one class of digits, so that the engine can skip to it
    r"[0-9](?:(?<=[1-9])[0-9]{0,2}(?:[ \u00a0\u202f'’][0-9]{3}){1,4}(?:[.,][0-9]{1,2})?(?![0-9])"  # 1 234,56
    r"|[0-9]*(?:[.,][0-9]+){0,4})"  # 1,234.56 and 1.234,56
)
SEPARATORS = re.compile(r"[.,]")
LEFT = re.compile(r"[^\s\d,;:()\[\]*+=]{1,5}$")
NEVER = frozenset("0123456789,;()[]<>*+=~|-/#@_\n\t")  # a currency does not end so
BREAKS = frozenset(" \u00a0\n\t0123456789,;:()[]<>*+=~|-")
DIGITS = 13


@dataclass(frozen=True, slots=True)
class Currency:
    """One way of writing a currency. `kind`: symbol, word, letter (glued in front), home (where the country uses it),
    field (in a price field only), coded (a word that stands for money)."""

    written: str
    code: str
    by_country: dict[str, str]
    kind: str

    def read(self, country: str, language: str) -> str:
        return self.by_country.get(country) or self.by_country.get(language) or self.code

    def fits(self, country: str, *, field: bool) -> bool:
        """Whether these letters mean money here, rather than a word or a unit."""
        if self.kind == "home":
            return field or country in self.by_country or home(country) == self.code
        return field or self.kind != "field"


@cache
def currencies() -> dict[str, Currency]:
    """Every written form of a currency in lower case: `currencies.csv` and the ISO 4217 codes of `countries.csv`."""
    words = set(toml("prices.toml")["reading"]["codes_that_are_words"])
    codes = {*_homes().values(), *toml("prices.toml")["reading"]["extra_codes"]} - {""}
    found = {code.lower(): Currency(code, code, {}, "home" if code in words else "word") for code in sorted(codes)}
    with (FOLDER / "currencies.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_country = dict(part.split("=") for part in row["by_country"].split())
            found[row["written"]] = Currency(row["written"], row["code"], by_country, row["kind"])
    return found


@cache
def _homes() -> dict[str, str]:
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso"]: row["currency"] for row in csv.DictReader(file)}


def home(country: str) -> str:
    """The currency of a country, or "" where it is not known."""
    return _homes().get(country, "")


@cache
def symbols() -> frozenset[str]:
    """Single signs that mean a currency wherever they stand, also glued to letters: `Price:$5`, `5€HT`."""
    return frozenset(word for word, made in currencies().items() if made.kind == "symbol" or word in "🌹💋")


def amount(number: str, decimal: str = "") -> Decimal | None:
    """The value of a written number; `decimal` says which sign parts its fraction, where the source says so.

    A lone separator before exactly three digits groups thousands (`1.500` is 1500) unless the number begins with
    zero; of two different separators the last is the decimal one. More than 13 digits are no amount: None.
    """
    if number.isdigit():
        return Decimal(number) if len(number) <= DIGITS else None
    digits = re.sub(r"[^\d.,]", "", number).rstrip(".,").lstrip(",")
    if decimal:
        whole, _, fraction = digits.lstrip(".").partition(decimal) if digits[:1] != decimal else ("", "", digits[1:])
        return _decimal(SEPARATORS.sub("", whole), SEPARATORS.sub("", fraction))
    digits = digits.lstrip(".")
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return _decimal(digits, "")
    whole, sign, fraction = digits[:last], digits[last], digits[last + 1 :]
    grouped = len(fraction) == 3 and whole.lstrip("0") != "" and not (SEPARATORS.search(whole) and sign not in whole)
    if grouped or sign in whole:
        return _decimal(SEPARATORS.sub("", digits), "")
    return _decimal(SEPARATORS.sub("", whole), fraction)


def _decimal(whole: str, fraction: str) -> Decimal | None:
    if len(whole) > DIGITS or len(fraction) > DIGITS or not whole + fraction:
        return None
    return Decimal(f"{whole or 0}.{fraction or 0}")


def before(clean: str, start: int, floor: int) -> tuple[Currency, int] | None:
    """The currency that stands in front of the number at `start`, not left of `floor`, and where it begins."""
    last = start - 1
    if last >= floor and clean[last] in NEVER:
        return None
    while last >= floor and clean[last] in " \u00a0:." and last > start - 4:
        last -= 1
    if last < floor:
        return None
    if clean[last] in symbols():
        return _symbol_before(clean, last + 1, floor)
    first = last
    while first > floor and clean[first - 1] not in BREAKS and first > last - 6:
        first -= 1
    while first < last and not clean[first].isalnum():
        first += 1  # a picture or a bullet that touches: `🌹GBP 200`
    word = clean[first : last + 1]
    found = currencies().get(word.lower()) or (
        currencies().get(word.lower() + ".") if clean[last + 1 : last + 2] == "." else None
    )
    if found is None or (first > 0 and clean[first - 1].isalnum()):
        return None
    return (found, first) if found.kind != "letter" or (word == "P" and last > start - 3) else None


def _symbol_before(clean: str, end: int, floor: int) -> tuple[Currency, int]:
    """A sign alone, or the letters that make it a certain dollar: `A$`, `R$`."""
    hit = LEFT.search(clean[max(floor, end - 5) : end])
    begins = end - len(hit[0]) if hit else end
    if hit and (found := currencies().get(hit[0].lower())) and (begins == 0 or not clean[begins - 1].isalnum()):
        return found, begins
    return currencies()[clean[end - 1]], end - 1


@cache
def behind_pattern() -> str:
    """A pattern of every currency that can stand behind a number in lower-case text; each word ends where it ends."""
    signs = "".join(sorted(re.escape(word) for word in currencies() if len(word) == 1 and word in symbols()))
    words = choice(word for word in currencies() if word not in symbols())
    adjectives = choice(toml("prices.toml")["adjectives"])
    return rf"(?:(?:{adjectives} )?{words}(?![^\W_])|[{signs}])"


def named(written: str) -> Currency | None:
    """The currency of a form that `behind_pattern` matched, an adjective in front of it considered."""
    found = currencies().get(written)
    if found is None and " " in written:
        adjective, _, word = written.rpartition(" ")
        found = replace(currencies()[word], code=toml("prices.toml")["adjectives"][adjective], by_country={})
    return found

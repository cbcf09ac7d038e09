"""Prices with their currency: `1500 PHP`, or `1500 ?` where the text does not say which money.

`detail` holds the time that the price pays for (`hour`, `night`, `2 hour`, `month`) and `coded` where a word such as
roses stands for money. A range gives two prices. A column for prices is read as one: there a bare number counts.
"""

from collections.abc import Iterator

from undertow.extract import prices, pricewords
from undertow.extract.contract import Finder, Mention, Text

FIELD = "price_text"


def find(text: Text) -> Iterator[Mention]:
    where = prices.Where(text.country or "", text.language)
    found = prices.scan(text.clean, where, text.figures)
    if text.field == FIELD and not found:
        one = prices.read(text.clean, where)
        found = [one] if one else []
    for price in found:
        yield Mention(price.value, price.start, price.end, price.confidence, detail=price.detail)


FINDER = Finder(
    name="price",
    version=3,
    find=find,
    trigger=pricewords.trigger(),
    fields=frozenset({"title", "text", FIELD}),
    examples={
        "P500 for one hour, 2k php overnight": ["500 PHP", "2000 PHP"],
        "salary $800 to $1,200 per month": ["800 USD", "1200 USD"],
        "1.500,50 € al mes": ["1500.5 EUR"],
        "1h $80 / 2h $140, roses: 60 usd": ["80 USD", "140 USD", "60 USD"],
        "room 12, call 020 7946 0018 after 5": [],
    },
)

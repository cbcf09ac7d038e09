"""Words before a number that say what it is: a telephone number, or an order, an account, a price."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from undertow.extract.datafiles import toml

_WORD = re.compile(r"(([^\W\d_]+|[№\u260e\u260f\u2706\u2121\U0001f4de\U0001f4f1\U0001f4f2])(?:[.:](?![^\W_]))?|[0-9]+)")
_MONEY = re.compile(r"(?:[$€£¥₽₱₴₸₩₪₫₦₹฿]|\b(?:php|usd|eur|gbp|rub|mdl|ron|lei|aed|hkd|sgd))\s?$")
_MONEY_AFTER = re.compile(r"\s?(?:[$€£¥₽₱₴₸₩₪₫₦₹฿%]|(?:php|usd|eur|gbp|rub|руб|mdl|ron|lei|aed|pesos?|pcs|points?)\b)")


def weight(lowered: str, start: int) -> int:
    """1 where a word such as "call" or "tel" stands shortly before `start`, -1 where one such as "order", 0 neither."""
    first = max(0, start - _words()[1])
    return _weight(lowered[first:start], cut=lowered[first - 1 : first].isalpha())


@lru_cache(maxsize=30_000)
def _weight(before: str, *, cut: bool) -> int:
    tokens = _WORD.findall(before)
    if tokens and cut:
        del tokens[0]  # the end of a longer word
    words, figures = _words()[0], False
    for written, word in reversed(tokens):
        known = (words.get(written) or words.get(word, 0)) if word else 0
        if known > 0 or (known < 0 and not figures and written[-1] != "."):
            return known
        figures = figures or not word  # "order 4471, 202 ...": the word spoke of the digits that stand between
    return 0


def priced(lowered: str, start: int, end: int) -> bool:
    """Whether a currency stands directly before or after."""
    return bool(_MONEY.search(lowered, max(0, start - 5), start) or _MONEY_AFTER.match(lowered, end))


@cache
def _words() -> tuple[Mapping[str, int], int]:
    said = toml("phones.toml")
    words = dict.fromkeys([*said["cues"], *said["symbols"]], 1) | dict.fromkeys(said["against"], -1)
    return words | {word + mark: 1 for word in said["abbreviated"] for mark in (".:" if len(word) > 1 else ":")}, said[
        "near"
    ]

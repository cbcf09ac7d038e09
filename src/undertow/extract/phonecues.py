"""Words before a number that say what it is: a telephone number, or an order, an account, a price."""

import re
from functools import cache

from undertow.extract.datafiles import toml

_MONEY = re.compile(r"(?:[$€£¥₽₱₴₸₩₪₫₦₹฿]|\b(?:php|usd|eur|gbp|rub|mdl|ron|lei|aed|hkd|sgd))\s?$")
_MONEY_AFTER = re.compile(r"\s?(?:[$€£¥₽₱₴₸₩₪₫₦₹฿%]|(?:php|usd|eur|gbp|rub|руб|mdl|ron|lei|aed|pesos?|pcs|points?)\b)")


def weight(lowered: str, start: int) -> int:
    """1 where a word such as "call" or "tel" stands shortly before `start`, -1 where one such as "order", 0 neither."""
    pattern, near = _pattern()
    said = 0
    for hit in pattern.finditer(lowered, max(0, start - near), start):
        said = -1 if hit.lastgroup == "against" else 1
    return said


def priced(lowered: str, start: int, end: int) -> bool:
    """Whether a currency stands directly before or after."""
    return bool(_MONEY.search(lowered, max(0, start - 5), start) or _MONEY_AFTER.match(lowered, end))


@cache
def _pattern() -> tuple[re.Pattern[str], int]:
    words = toml("phones.toml")
    cues, against = ("|".join(map(re.escape, words[name])) for name in ("cues", "against"))
    short, symbols = ("|".join(map(re.escape, words[name])) for name in ("abbreviated", "symbols"))
    plain = rf"\b(?:{cues})(?![^\W\d])|\b(?:{short})[.:]|{symbols}"
    return re.compile(rf"(?P<cue>{plain})|(?P<against>\b(?:{against})(?![^\W\d]))"), words["near"]

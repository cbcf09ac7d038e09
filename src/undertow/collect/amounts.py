"""Sums of money as people write them: which of comma and point is the decimal is decided once for a column."""

import re
from collections.abc import Sequence
from decimal import Context, Decimal, InvalidOperation

import pyarrow as pa

from undertow.tables import TYPES

MONEY = TYPES["money"]
_NUMBER = re.compile(r"[-−(]?\s?\d[\d\s.,'’\u00a0\u202f]*")
_LARGEST = Decimal(10) ** 29  # what the table's 38 digits hold beside 8 places
_PLACES = Decimal("0.00000001")
_EXACT = Context(prec=40)


def amounts(values: Sequence[str]) -> pa.Array:
    """A column of sums; null where a text holds none. 1,234.50 and 1.234,50 and 1 234,50 are the same sum."""
    comma = _decimal_comma(values)
    return pa.array([_amount(value, comma) for value in values], MONEY)


def _decimal_comma(values: Sequence[str]) -> bool:
    """Whether the comma is the decimal sign: the later of both, or the one that leaves other than three digits."""
    votes = 0
    for value in values:
        comma, point = value.rfind(","), value.rfind(".")
        if comma >= 0 and point >= 0:
            votes += 1 if comma > point else -1
        elif comma >= 0 and value.count(",") == 1:
            votes += len(re.sub(r"\D", "", value[comma:])) != 3
        elif point >= 0 and value.count(".") == 1:
            votes -= len(re.sub(r"\D", "", value[point:])) != 3
    return votes > 0


def _amount(value: str, comma: bool) -> Decimal | None:
    hit = _NUMBER.search(value)
    if hit is None:
        return None
    text = re.sub(r"[^\d.,]", "", hit[0])
    text = text.replace(".", "").replace(",", ".") if comma else text.replace(",", "")
    try:
        number = Decimal(text.rstrip("."))
    except InvalidOperation:
        return None
    if not number < _LARGEST:
        return None
    negative = hit[0][0] in "-−(" or value[: hit.start()].rstrip().endswith(("-", "−", "("))
    return _EXACT.quantize(-number if negative else number, _PLACES)

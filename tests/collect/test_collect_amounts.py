"""Sums of money: comma and point are told apart by the column."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.collect.amounts import amounts


def read(*values: str) -> list[Decimal | None]:
    found: list[Decimal | None] = amounts(values).to_pylist()
    return found


@pytest.mark.parametrize(
    ("values", "first"),
    [
        (["1,234.50"], "1234.50"),
        (["1.234,50"], "1234.50"),
        (["1 234,50 €"], "1234.50"),
        (["$1,234"], "1234"),
        (["1.234", "99,50"], "1234"),
        (["1,234", "99.50"], "1234"),
        (["12,5"], "12.5"),
        (["-12.50"], "-12.50"),
        (["(12.50)"], "-12.50"),
        (["−12.50"], "-12.50"),
        (["USD 0.00000001"], "0.00000001"),
        (["1'234.50 CHF"], "1234.50"),
        (["12345678901234567890123456789.5"], "12345678901234567890123456789.5"),
    ],
)
def test_a_sum_is_read(values: list[str], first: str) -> None:
    assert read(*values)[0] == Decimal(first)


@pytest.mark.parametrize("value", ["", "free", "-", "9" * 60])
def test_what_is_no_sum_is_null(value: str) -> None:
    assert read(value) == [None]


@given(st.text(max_size=40))
def test_no_text_is_too_odd_to_look_at(value: str) -> None:
    read(value)

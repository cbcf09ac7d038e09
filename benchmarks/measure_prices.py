"""How many of the public price strings are read with the amount that their authors expect.

The strings are price fields of web shops, so a bare number counts as a price there (`prices.read`); a column beside
the price may name the currency. Source: the test cases of scrapinghub/price-parser (BSD-3), `identifiers/`.
"""

import csv
import json
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

from undertow.extract import prices

SHARED = Path(os.environ.get("UNDERTOW_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"


def measure(folder: Path = SHARED) -> list[dict[str, object]]:
    """One row a set of cases and one for all: cases, amounts as expected, share, currencies as expected."""
    counts: dict[str, Counter[str]] = {}
    with (folder / "identifiers/price_strings_truth.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row["set"].removeprefix("PRICE_PARSING_").lower(), "all"):
                counts.setdefault(name, Counter()).update(_judge(row))
    return [
        {"set": name, "share": round(made["amounts"] / made["cases"], 4), **made}
        for name, made in sorted(counts.items())
    ]


def _judge(row: dict[str, str]) -> dict[str, int]:
    hint = (
        row["kwargs"] if not row["kwargs"].startswith("{") else json.loads(row["kwargs"]).get("decimal_separator", "")
    )
    where = prices.Where(decimal=hint if hint in (".", ",") else "")
    price = prices.read(row["price_raw"], where, currency=row["currency_raw"])
    expected = Decimal(row["expected_amount"]) if row["expected_amount"] else None
    named = price is not None and price.currency != "?"
    return {
        "cases": 1,
        "amounts": int(expected == (price.amount if price else None)),
        "with_currency": int(bool(row["expected_currency"] and row["expected_amount"])),
        "currencies": int(bool(row["expected_currency"] and row["expected_amount"]) and named),
    }


if __name__ == "__main__":
    for line in measure():
        print(line)

"""Writes docs/reference/finders-measured.md: what the finders reach on data that others wrote, and on our own.

Usage: python -m benchmarks.finder_tables. Reads the public data beside the project (UNDERTOW_SHARED names another
folder). Every module `measure_*.py` here gives its rows by functions; this one only draws them.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks import measure_phones, measure_prices, measure_wallets

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "finders-measured.md"
Rows = Iterable[Mapping[str, object]]

PHONES = """## Telephone numbers: the matcher cases of libphonenumber
70 texts and 23 contexts from the library's own tests (phonenumbers 9.0.43). A case is right where the library's verdict
of today is given: no number that is believed (confidence of a half or more) where it finds none, the same number in
E.164 where it finds one. What decides a case:

- *the text alone*: the country stands in it (`+`), or no country may make a number of it; read without a country;
- *needs the country*: a national number. Without a country it is not decidable; it is read with the one beside it. Four
  of them are given with a confidence below a half, because they look like pairs of figures, years or a date
  (`65 02 53 00 00`, `12.1 - 23.71 - 23.45`, `1979-2011 100`, `2012-01-02 08`);
- *not valid today*: valid only in the metadata that the library's tests bring along (`12 7/8 - 14 12/34 - 5`,
  `+33 3 34 2312`, `+33 3 34 23 12`, `+49-49-34`); right is not to believe them.
"""
OBSCURED = """## Telephone numbers: disguised
Made by `tests/extract/make_obscured_phones.py`: reserved and example numbers in sentences of five languages, and texts
full of digits that hold no number. Recall is of the numbers there, precision of all numbers believed, the texts
without a number counted. The texts are ours, so this is a floor for bugs rather than a promise for the field. *Known*
ways were used to tune the finder. *Held out* ways and frames were written when it was done, and it was not changed for
them; an earlier held-out set (`doubled`, `upright`, `two scripts`, `hearts`, `letters and marks`, `worded pairs`)
scored .678 and .938 before it was used for tuning.
"""
PRICES = """## Prices
The 1,184 price fields of scrapinghub/price-parser, with the amount that its authors expect.
"""
WALLETS = """## Wallets
Sanctioned addresses (OFAC), accounts of a phishing list, and encodings that are invalid and must not be found.
"""


def page() -> str:
    """The page, in Markdown."""
    parts = [
        "# What the finders reach\n\nMade by `python -m benchmarks.finder_tables`; do not edit.\n",
        PHONES + _table(measure_phones.measure_matcher()),
        OBSCURED + "\nKnown, by way:\n" + _table(measure_phones.measure_obscured("way", "known")),
        "Known, by language:\n" + _table(measure_phones.measure_obscured("language", "known")),
        "Held out, by way:\n" + _table(measure_phones.measure_obscured("way", "held out")),
        "Held out, by language:\n" + _table(measure_phones.measure_obscured("language", "held out")),
        PRICES + _table(measure_prices.measure()),
        WALLETS + _table(measure_wallets.measure()),
    ]
    return "\n".join(parts)


def _table(rows: Rows) -> str:
    listed = list(rows)
    head = list(listed[0])
    lines = [_line(head), "|" + "---|" * len(head)]
    return "\n" + "\n".join([*lines, *(_line([row[name] for name in head]) for row in listed)]) + "\n"


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: object) -> str:
    text = ", ".join(f"`{one}`" for one in value) if isinstance(value, list) else str(value)
    return text.replace("|", "\\|")


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(page(), "utf-8")

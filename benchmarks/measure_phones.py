"""How well telephone numbers are found: on libphonenumber's own matcher cases, and on disguised forms of our own.

Sources: `identifiers/phone_matcher_cases.csv` (tests of phonenumbers 9.0.43, Apache-2.0), and
`tests/extract/data/obscured_phones.csv`, which `tests/extract/make_obscured_phones.py` makes.
"""

import csv
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

from undertow.extract import find

SHARED = Path(os.environ.get("UNDERTOW_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"
OBSCURED = Path(__file__).resolve().parents[1] / "tests" / "extract" / "data" / "obscured_phones.csv"
BELIEVED = 0.5  # confidence from which a number counts as given: below it nothing is tied
NOTHING = ("IMPOSSIBLE_CASES", "POSSIBLE_ONLY_CASES")  # groups in which the library finds no valid number
IN_CONTEXT = "+1 415-666-7777"

ALONE, COUNTRY, TODAY = "the text alone", "needs the country", "not valid today"
"""What decides a case: the text, the country beside it, or metadata that only the library's tests have."""


def measure_matcher(folder: Path = SHARED) -> list[dict[str, object]]:
    """One row a group of cases and what decides them: cases, and how many are right."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for group, text, country, expected in matcher_cases(folder):
        decided = _decided(group, text, expected)
        tally = counts.setdefault((group, decided), Counter())
        tally["cases"] += 1
        tally["right"] += _right(text, None if decided == ALONE else country, expected)
    return [{"group": group, "decided by": by, **tally} for (group, by), tally in counts.items()]


def matcher_cases(folder: Path) -> Iterator[tuple[str, str, str, list[str]]]:
    """Group, text, country, and the valid numbers that the library finds in it with today's metadata."""
    with (folder / "identifiers/phone_matcher_cases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            context = row["type"] == "NumberContext"
            text = row["arg1"] + IN_CONTEXT + row["arg2"] if context else row["arg1"]
            country = "US" if context else row["arg2"]
            yield row["group"], text, country, ["+14156667777"] if context else _library(text, country)


def _library(text: str, country: str) -> list[str]:
    found = PhoneNumberMatcher(text, country, leniency=Leniency.VALID)
    return [phonenumbers.format_number(match.number, PhoneNumberFormat.E164) for match in found]


def _decided(group: str, text: str, expected: list[str]) -> str:
    if group in NOTHING:
        return ALONE
    if not expected:
        return TODAY
    return ALONE if "+" in text else COUNTRY


def _right(text: str, country: str | None, expected: list[str]) -> bool:
    if not expected:
        return all(believed(text, place) == [] for place in (None, country))
    return set(expected) <= {one.value for one in find(text, country) if one.kind == "phone"}


def believed(text: str, country: str | None) -> list[str]:
    """The telephone numbers that are given with a confidence one may rely on."""
    return [one.value for one in find(text, country) if one.kind == "phone" and one.confidence >= BELIEVED]


def measure_obscured(by: str, part: str) -> list[dict[str, object]]:
    """Recall and precision on the disguised forms, by `way` or by `language`, and over all with the hard negatives.

    `part` is "known" (the finder was tuned on them) or "held out" (written and measured when it was done).
    """
    counts: dict[str, Counter[str]] = {}
    for row, given in judged(part):
        for group in (row[by] or "none", "all"):
            tally = counts.setdefault(group, Counter())
            tally.update(texts=1, there=bool(row["expected"]), right=row["expected"] in given, given=len(given))
    return [
        {
            by: name,
            "texts": tally["texts"],
            "numbers": tally["there"],
            "recall": round(tally["right"] / tally["there"], 3) if tally["there"] else "",
            "precision": round(tally["right"] / tally["given"], 3) if tally["there"] else "",
            "made up": tally["given"] - tally["right"],
        }
        for name, tally in sorted(counts.items())
    ]


def judged(part: str) -> Iterator[tuple[Mapping[str, str], list[str]]]:
    """Every row of a part with the numbers that are believed."""
    with OBSCURED.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["part"] == part:
                yield row, believed(row["text"], row["country"])


if __name__ == "__main__":
    for line in (*measure_matcher(), *measure_obscured("way", "known"), *measure_obscured("way", "held out")):
        print(line)

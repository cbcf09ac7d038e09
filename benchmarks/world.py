"""A made-up export of posts for measuring cost: its figures show speed and regressions, not truth about the world.

60 % of the posts come from templates of operators with a few phones and accounts each, the rest stand alone. Words are
ordinary, people invented, phones from the ranges reserved for fiction (+1 NXX 555 01xx).
"""

import csv
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

HEADER = ("id", "site", "account", "url", "posted_at", "title", "text", "place", "price")
AREAS = ("201", "202", "203", "205", "206", "207", "208", "209", "210", "212", "213", "214", "215", "216", "217", "218")
SITES = tuple(f"site{number}.example" for number in range(12))
PLACES = (
    "Manila",
    "Cebu City",
    "Davao",
    "Chisinau",
    "Bucharest",
    "London",
    "Madrid",
    "Valencia",
    "Riga",
    "Houston",
    "Miami",
)
STOCK = (
    "serious people only please",
    "we answer every message the same day",
    "no experience needed and training is given",
    "ask for the manager when you call",
    "transport and a shared room are provided",
    "good pay every week and bonus for the best",
)
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SYLLABLES = (
    "ba",
    "co",
    "de",
    "fi",
    "go",
    "hu",
    "ja",
    "ki",
    "lo",
    "ma",
    "ne",
    "po",
    "ri",
    "sa",
    "te",
    "vu",
    "wo",
    "ya",
    "zel",
    "tor",
)


def rows(count: int, *, words: int = 80, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """`count` posts of about `words` words, always the same for the same arguments."""
    chance = random.Random(seed)
    vocabulary = _vocabulary(chance)
    operators = [_Operator(chance, vocabulary, words) for _ in range(max(2, count // 12))]
    weights = [1 / (rank + 1) ** 0.6 for rank in range(len(operators))]
    picked = iter(chance.choices(operators, weights, k=count))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(count):
        operator = next(picked)
        if chance.random() < 0.6:
            phone, account = chance.choice(operator.phones), chance.choice(operator.accounts)
            text = operator.text(chance, phone)
        else:
            phone, account = _phone(chance), f"user{chance.randrange(count * 2)}"
            text = " ".join(chance.choices(vocabulary, k=words - 8)) + f" {chance.choice(STOCK)} call {phone}"
        at = start + timedelta(seconds=chance.randrange(20_000_000))
        site = chance.choice(SITES)
        yield (
            str(number),
            site,
            account,
            f"https://{site}/{number}",
            at.isoformat(),
            text[:40],
            text,
            chance.choice(PLACES),
            f"${chance.randrange(20, 900)}",
        )


def write_csv(path: Path, count: int, *, words: int = 80, seed: int = 1) -> None:
    """Writes such an export as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows(count, words=words, seed=seed))


class _Operator:
    def __init__(self, chance: random.Random, vocabulary: list[str], words: int) -> None:
        self.phones = [_phone(chance) for _ in range(chance.choice((1, 1, 2, 3)))]
        self.accounts = [f"acc{chance.randrange(10**9)}" for _ in range(chance.choice((1, 2, 4)))]
        self.names = chance.choices(vocabulary, k=6)
        self.body = chance.choices(vocabulary, k=words - 16)
        self.stock = chance.choice(STOCK)

    def text(self, chance: random.Random, phone: str) -> str:
        body = [word if chance.random() > 0.02 else chance.choice(self.body) for word in self.body]
        written = _spelled(phone) if chance.random() < 0.1 else phone
        price = f"{chance.randrange(2, 40)}0 USD"
        end = f"{self.stock} {price} per day, age {chance.randrange(21, 40)}, call {written}"
        return f"{chance.choice(self.names)} {' '.join(body)} {end}"


def _vocabulary(chance: random.Random) -> list[str]:
    made = {"".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3)))) for _ in range(9000)}
    return sorted(made)


def _phone(chance: random.Random) -> str:
    return f"({chance.choice(AREAS)}) 555-01{chance.randrange(100):02}"


def _spelled(phone: str) -> str:
    return " ".join(DIGITS[int(digit)] for digit in phone if digit.isdigit())

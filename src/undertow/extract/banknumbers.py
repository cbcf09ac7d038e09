"""Bank accounts and cards as numbers: which network issued a card, and the form in which a number may be stored."""

import hashlib
import re
import secrets
from functools import cache

from undertow.extract import checksums
from undertow.extract.datafiles import toml

DIGEST = 8  # bytes: 16 hexadecimal digits; two of a million accounts meet by chance once in 37 million stores
SHOWN = 4


def masked(kind: str, head: str, number: str, key: bytes) -> tuple[str, str]:
    """The value of an account (`iban:DE**0131:<digest>`) and the masked form that stands in its place in the text.

    The digest is BLAKE2b of the whole number under `key`: who does not hold the key cannot try out numbers. Without a
    key one is drawn for this process, and values of two runs do not meet.
    """
    secret = key if len(key) <= hashlib.blake2b.MAX_KEY_SIZE else hashlib.blake2b(key).digest()
    digest = hashlib.blake2b(number.encode(), key=secret or _drawn(), digest_size=DIGEST, person=kind.encode())
    shown = f"{head}**{number[-SHOWN:]}"
    return f"{kind}:{shown}:{digest.hexdigest()}", shown


@cache
def _drawn() -> bytes:
    return secrets.token_bytes(32)


def iban(number: str) -> bool:
    """Whether capitals and digits are an IBAN: its country's length, and the check digits."""
    return toml("banks.toml")["iban"].get(number[:2]) == len(number) and checksums.mod97(number)


def network(digits: str) -> str:
    """The network of a card number whose length, first digits and Luhn digit are right, or ""."""
    for name, ranges in toml("banks.toml")["cards"].items():
        for first, last, *lengths in ranges:
            if len(digits) in lengths and first <= digits[: len(first)] <= last:
                return name if checksums.luhn(digits) and len(set(digits)) > 1 else ""
    return ""


def words(name: str) -> str:
    """A pattern of the words of `banks.toml` that announce a `card` or an `account`, longest first."""
    listed = sorted(toml("banks.toml")["words"][name], key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in listed)

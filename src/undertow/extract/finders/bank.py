"""Bank accounts and cards: IBANs, card numbers, and account numbers that a word announces.

Full numbers are never kept. `value` is `iban:DE**0131:<digest>`, `card:**1111:<digest>` or `account:**6789:<digest>`
with a digest keyed by `Text.key` (a key of this process where there is none); `original` is the masked form. `detail`
is the country of an IBAN or the network of a card. An account number has no checksum: it is less sure.
"""

import re
from collections.abc import Iterator
from functools import cache

from undertow.extract import banknumbers
from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.datafiles import toml

IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}[0-9]{2}(?=[ -]?[0-9A-Za-z]{4})")
CARD = re.compile(r"(?<![0-9A-Za-z+*-])[1-9][0-9]{3}(?:[ .-]?[0-9]){8,15}(?![0-9A-Za-z])(?![ -][0-9])")
ACCOUNT = re.compile(r"(?<![0-9A-Za-z+])[0-9](?:[ -]?[0-9]){7,19}(?![0-9A-Za-z])")
BETWEEN = r"(?: is)?[\s.:#№-]{0,4}"
PHONE = re.compile(r"0?9\d{9}|639\d{9}|0\d{9,10}")  # what wallets of the Philippines use as an account: a phone's part
NEAR = 40
GROUPED = re.compile(r"\d{4}([ .-])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}[ -]\d{6}[ -]\d{5}")


def find(text: Text) -> Iterator[Mention]:
    taken: list[tuple[int, int]] = []
    for mention in (*_ibans(text), *_cards(text), *_accounts(text)):
        if all(mention.end <= start or mention.start >= end for start, end in taken):
            taken.append((mention.start, mention.end))
            yield mention


def _ibans(text: Text) -> Iterator[Mention]:
    for hit in IBAN.finditer(text.clean):
        country = hit[0][:2].upper()
        number, end = _run(text.clean, hit.start(), toml("banks.toml")["iban"].get(country, 0))
        if number and not text.clean[end : end + 1].isalnum() and banknumbers.iban(number):
            yield _mention(text, "iban", number, (hit.start(), end), head=country, detail=country, confidence=1.0)


def _run(clean: str, start: int, size: int) -> tuple[str, int]:
    """`size` letters and digits from `start`, single spaces and dashes between them left out, and where they end."""
    number, at = "", start
    while len(number) < size:
        letter = clean[at : at + 1]
        if letter.isalnum() and letter.isascii():
            number += letter
        elif letter not in (" ", "-") or not clean[at - 1].isalnum():
            return "", at
        at += 1
    return number.upper(), at


def _cards(text: Text) -> Iterator[Mention]:
    for hit in CARD.finditer(text.clean):
        digits = re.sub("[ .-]", "", hit[0])
        network = banknumbers.network(digits)
        if network:
            grouped = bool(
                re.fullmatch(r"\d{4}([ .-])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}[ -]\d{6}[ -]\d{5}", hit[0])
            )
            said = bool(_words("card").search(text.clean[max(0, hit.start() - NEAR) : hit.start()]))
            confidence = 0.95 if said else 0.8 if grouped else 0.6
            yield _mention(text, "card", digits, hit.span(), detail=network, confidence=confidence)


def _accounts(text: Text) -> Iterator[Mention]:
    for hit in ACCOUNT.finditer(text.clean):
        digits = re.sub("[ -]", "", hit[0])
        if not PHONE.fullmatch(digits) and len(set(digits)) > 1:
            before = text.clean[max(0, hit.start() - NEAR) : hit.start()]
            if _announced().search(before):
                yield _mention(text, "account", digits, hit.span(), confidence=0.5)


def _mention(
    text: Text, kind: str, number: str, span: tuple[int, int], *, confidence: float, head: str = "", detail: str = ""
) -> Mention:
    value, shown = banknumbers.masked(kind, head, number, text.key)
    return Mention(value, *span, confidence, detail=detail or kind, original=shown)


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{banknumbers.words(name)})(?![^\W_])", re.IGNORECASE)


@cache
def _announced() -> re.Pattern[str]:
    return re.compile(rf"{_words('account').pattern}{BETWEEN}$", re.IGNORECASE)


FINDER = Finder(
    name="bank",
    version=1,
    find=find,
    trigger=rf"[a-z]{{2}}[0-9]{{2}}(?:[ -]?[0-9a-z]){{11}}|[1-9](?:[ .-]?[0-9]){{11}}"
    rf"|(?:{banknumbers.words('account')}){BETWEEN}[0-9](?:[ -]?[0-9]){{7}}",
    fields=frozenset({"title", "text", "payer", "payee"}),
    examples={
        "IBAN DE89 3704 0044 0532 0130 00": ["iban:DE**3000:106dc8b55797d0d7"],
        "карта 2200 0000 0000 0004": ["card:**0004:1cf62060ee0ba1e2"],
        "one digit wrong: DE88 3704 0044 0532 0130 00, 4111 1111 1111 1112": [],
    },
)

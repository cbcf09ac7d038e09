"""Wallet addresses, by the checksum that they carry.

`value` is the address in one spelling: EVM addresses, bech32 and CashAddr (with its `bitcoincash:`) in lower case,
base58 as written. `detail` names the coins it can belong to, `|` between them; `ETH` stands for every EVM chain (ETC,
BSC, Arbitrum and their tokens), which share addresses. An address whose EIP-55 capitals are wrong is most often
mistyped: it is kept with a confidence of 0.3. Solana has no checksum: 0.3 alone, 0.7 beside a word that speaks of it.
Not read: shielded Zcash, Tezos, Cosmos and its relatives, Stellar, NEAR, and the legacy Byron form of Cardano.
"""

import re
from collections.abc import Callable, Iterator

import base58

from undertow.extract import checksums
from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.datafiles import toml

TOKEN = re.compile(
    r"(?<![\w-])[EUk0]Q[\w-]{46}(?![\w-])|(?<![0-9A-Za-z])(?:[bB][iI][tT][cC][oO][iI][nN][cC][aA][sS][hH]:)?[0-9A-Za-z]{25,110}(?![0-9A-Za-z])",
    re.ASCII,
)
EVM = re.compile(r"0[xX][0-9a-fA-F]{40}")
TWO_DIGITS = re.compile(r"[0-9][A-Za-z]*[0-9]")
NEAR = 60
Found = tuple[str, str, float]


def find(text: Text) -> Iterator[Mention]:
    for hit in TOKEN.finditer(text.clean):
        found = read(hit[0]) or _solana(hit[0], text.clean, hit.start(), hit.end())
        if found:
            value, coin, confidence = found
            yield Mention(value, hit.start(), hit.end(), confidence, detail=coin)


def read(token: str) -> Found | None:
    """The canonical address, its coins and a confidence, where `token` is a wallet address with a valid checksum."""
    if EVM.fullmatch(token):
        return _evm(token)
    if ":" in token or (len(token) in (42, 61) and token[0] in "qpQP"):
        return _cash(token)
    for reader in _readers(len(token)):
        found = reader(token)
        if found:
            return found
    return None


def _readers(length: int) -> tuple[Callable[[str], Found | None], ...]:
    if length <= 35:
        return _base58, _ripple, _segwit
    if length == 48:
        return _substrate, _ton, _segwit
    if length in (95, 106):
        return _monero, _cardano
    return (_segwit, _cardano, _substrate)


def _evm(token: str) -> Found:
    digits = token[2:]
    if digits in (digits.lower(), digits.upper()):
        return token.lower(), "ETH", 0.9
    return token.lower(), "ETH", 1.0 if checksums.eip55(token) else 0.3


def _cash(token: str) -> Found | None:
    address = token.rpartition(":")[2]
    lower = address.lower()
    if address in (lower, address.upper()) and checksums.cashaddr(lower):
        return f"bitcoincash:{lower}", "BCH", 1.0
    return None


def _base58(token: str) -> Found | None:
    payload = checksums.base58check(token)
    if payload is None or len(payload) not in (21, 22):
        return None
    coin = toml("coins.toml")["base58"].get(payload[: len(payload) - 20].hex())
    return (token, coin, 1.0) if coin else None


def _ripple(token: str) -> Found | None:
    payload = checksums.base58check(token, alphabet=base58.RIPPLE_ALPHABET) if token[0] == "r" else None
    return (token, "XRP", 1.0) if payload is not None and len(payload) == 21 and payload[0] == 0 else None


def _segwit(token: str) -> Found | None:
    prefix = token[:3].lower().partition("1")[0]
    coin = toml("coins.toml")["segwit"].get(prefix)
    if coin and checksums.segwit(token, prefix) is not None:
        return token.lower(), coin, 1.0
    return None


def _cardano(token: str) -> Found | None:
    raw = checksums.bech32(token, "addr")
    return (token.lower(), "ADA", 1.0) if raw is not None and len(raw) in (29, 57) else None


def _monero(token: str) -> Found | None:
    coin = toml("coins.toml")["monero"].get(str(checksums.monero(token)))
    return (token, coin, 1.0) if coin else None


def _substrate(token: str) -> Found | None:
    if not 46 <= len(token) <= 48:
        return None
    coin = toml("coins.toml")["ss58"].get(str(checksums.ss58(token)))
    return (token, coin, 0.95) if coin else None  # a checksum of two bytes: one random string in 65,536 passes


def _ton(token: str) -> Found | None:
    return (token, "TON", 0.95) if checksums.ton(token) else None


def _solana(token: str, clean: str, start: int, end: int) -> Found | None:
    if (
        not 32 <= len(token) <= 44
        or sum(letter.isdigit() for letter in token) < 2
        or token in (token.lower(), token.upper())
    ):
        return None
    raw = checksums.base58_bytes(token)
    if raw is None or len(raw) != 32:
        return None
    around = set(re.findall(r"\w+", (clean[max(0, start - NEAR) : start] + " " + clean[end : end + NEAR]).lower()))
    return token, "SOL", 0.7 if around.intersection(toml("coins.toml")["cues"]["SOL"]) else 0.3


FINDER = Finder(
    name="wallet",
    version=1,
    find=find,
    trigger=r"[0-9A-Za-z_-]{25}",
    examples={
        "Donate: 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa thanks": ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4": ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
        "one letter wrong: 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb": [],
    },
)

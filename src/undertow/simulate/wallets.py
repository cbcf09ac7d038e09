"""Wallets that nobody holds: valid checksums around a hash of a made-up name, so that nobody knows a key to them."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

import base58

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # of bech32: BIP-173
_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def wallet(name: str) -> str:
    """The address that belongs to a name, in the spelling of the table `mentions`."""
    held = sha256(f"a wallet of a made-up world: {name}".encode()).digest()
    coin = tuple(_COINS)[held[-1] % len(_COINS)]
    return _COINS[coin](held[:20])


def _segwit(program: bytes) -> str:
    """Version 0 of a witness program of 20 bytes (BIP-173)."""
    bits = f"{int.from_bytes(program, 'big'):0160b}"
    values = [0, *(int(bits[at : at + 5], 2) for at in range(0, len(bits), 5))]
    spread = [3, 3, 0, 2, 3]  # of the prefix "bc"
    rest = _remainder([*spread, *values, *[0] * 6]) ^ 1
    checks = [rest >> 5 * (5 - place) & 31 for place in range(6)]
    return "bc1" + "".join(_LETTERS[value] for value in values + checks)


def _remainder(values: Sequence[int]) -> int:
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for place, step in enumerate(_STEPS):
            rest ^= step if top >> place & 1 else 0
    return rest


_COINS: Mapping[str, Callable[[bytes], str]] = {
    "BTC": _segwit,
    "USDT": lambda payload: base58.b58encode_check(b"\x41" + payload).decode(),  # on Tron
    "ETH": lambda payload: "0x" + payload.hex(),
}

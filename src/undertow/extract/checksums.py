"""Checksums of wallet addresses, bank accounts and cards: what tells a real number from one that only looks like it.

Every function answers for text of any content and never raises. Sources: BIP-13, BIP-173 and BIP-350 (bech32), the
CashAddr specification of Bitcoin Cash, EIP-55, the Monero address format (CryptoNote CNS007), SS58 (Substrate), TON
user-friendly addresses (TEP-2), ISO 13616 (IBAN), ISO/IEC 7812 (cards).
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence

import base58

BECH32_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
BECH32, BECH32M = 1, 0x2BC830A3
BECH32_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CASHADDR_STEPS = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)
MONERO_BLOCKS = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}  # letters of a block: bytes it stands for

_BECH32_VALUES = {letter: value for value, letter in enumerate(BECH32_LETTERS)}
_BASE58_VALUES = {letter: value for value, letter in enumerate(base58.BITCOIN_ALPHABET.decode())}


def base58check(address: str, *, alphabet: bytes = base58.BITCOIN_ALPHABET) -> bytes | None:
    """Version and payload of a base58 address whose double-SHA256 checksum holds; None where it does not."""
    try:
        return base58.b58decode_check(address, alphabet=alphabet)
    except ValueError:
        return None


def base58_bytes(address: str) -> bytes | None:
    """The bytes of a base58 string without a checksum; None where a letter is not of the alphabet."""
    try:
        return base58.b58decode(address)
    except ValueError:
        return None


def ss58(address: str) -> int | None:
    """The network number of an SS58 account of 32 bytes (0 Polkadot, 2 Kusama, 42 any), or None."""
    raw = base58_bytes(address)
    if raw is None or len(raw) != 35 or raw[0] > 63:
        return None
    digest = hashlib.blake2b(b"SS58PRE" + raw[:-2], digest_size=64).digest()
    return raw[0] if digest[:2] == raw[-2:] else None


def segwit(address: str, prefix: str) -> int | None:
    """The witness version of a segwit address with this human-readable prefix, or None (BIP-173, BIP-350)."""
    values = _bech32_values(address, prefix)
    if values is None or len(address) > 90 or len(values) < 8:
        return None
    version, program = values[0], _bytes_of(values[1:-6])
    if version > 16 or program is None or not 2 <= len(program) <= 40:
        return None
    if version == 0 and len(program) not in (20, 32):
        return None
    return version if bech32_constant(values, prefix) == (BECH32M if version else BECH32) else None


def bech32(address: str, prefix: str) -> bytes | None:
    """The bytes of a plain bech32 string of any length with this prefix, or None."""
    values = _bech32_values(address, prefix)
    if values is None or len(values) < 7 or bech32_constant(values, prefix) != BECH32:
        return None
    return _bytes_of(values[:-6])


def bech32_constant(values: Iterable[int], prefix: str) -> int:
    """What the checksum of `prefix` and `values` leaves: BECH32, BECH32M, or anything else for a wrong one."""
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    return _remainder([*spread, *values], BECH32_STEPS, 25)


def cashaddr(address: str) -> bool:
    """Whether `address`, lower case and without its prefix, is a CashAddr of `bitcoincash:`."""
    values = [_BECH32_VALUES.get(letter, -1) for letter in address]
    if -1 in values or len(values) not in (42, 61):
        return False
    prefix = [ord(letter) & 31 for letter in "bitcoincash"]
    if _remainder([*prefix, 0, *values], CASHADDR_STEPS, 35) != 1:
        return False
    payload = _bytes_of(values[:-8])
    return payload is not None and payload[0] >> 3 <= 3 and len(payload) - 1 == (32 if payload[0] & 7 else 20)


def eip55(address: str) -> bool:
    """Whether the capitals of a `0x` address of 40 digits are those that its Keccak hash asks for (EIP-55)."""
    digits = address[2:]
    digest = _keccak(digits.lower().encode()).hex()
    marks = zip(digits, digest[:40], strict=True)
    return all(not letter.isalpha() or letter.isupper() == (mark >= "8") for letter, mark in marks)


def monero(address: str) -> int | None:
    """The network byte of a Monero address of 95 or 106 letters whose Keccak checksum holds, or None."""
    raw = bytearray()
    for start in range(0, len(address), 11):
        block = address[start : start + 11]
        number = 0
        for letter in block:
            number = number * 58 + _BASE58_VALUES.get(letter, 58**11)
        size = MONERO_BLOCKS.get(len(block), 0)
        if number >> (8 * size):
            return None
        raw += number.to_bytes(size, "big")
    return raw[0] if len(raw) > 5 and _keccak(bytes(raw[:-4]))[:4] == raw[-4:] else None


def ton(address: str) -> bool:
    """Whether 48 base64url letters are a TON address: tag, workchain, account and a CRC-16."""
    try:
        raw = base64.urlsafe_b64decode(address)
    except ValueError:
        return False
    return len(raw) == 36 and raw[1] in (0, 255) and binascii.crc_hqx(raw[:34], 0) == int.from_bytes(raw[34:], "big")


def luhn(digits: str) -> bool:
    """Whether the last of these ASCII digits is the Luhn check digit of the others (ISO/IEC 7812-1)."""
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    return (sum(map(int, digits[-1::-2])) + sum(value - 9 if value > 9 else value for value in doubled)) % 10 == 0


def mod97(iban: str) -> bool:
    """Whether an IBAN of capitals and digits leaves 1 when divided by 97 (ISO 13616)."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


def _keccak(data: bytes) -> bytes:
    from Crypto.Hash import keccak

    return bytes(keccak.new(digest_bits=256, data=data).digest())


def _bech32_values(address: str, prefix: str) -> list[int] | None:
    lower = address.lower()
    if address not in (lower, address.upper()) or not lower.startswith(prefix + "1"):
        return None
    values = [_BECH32_VALUES.get(letter, -1) for letter in lower[len(prefix) + 1 :]]
    return None if -1 in values else values


def _remainder(values: Iterable[int], steps: Sequence[int], shift: int) -> int:
    rest = 1
    for value in values:
        top = rest >> shift
        rest = (rest & ((1 << shift) - 1)) << 5 ^ value
        for bit, step in enumerate(steps):
            if top >> bit & 1:
                rest ^= step
    return rest


def _bytes_of(values: Sequence[int]) -> bytes | None:
    """Five-bit values as bytes; None where more than four bits are left over, or those are not zero."""
    number = 0
    for value in values:
        number = number << 5 | value
    spare = len(values) * 5 % 8
    if spare > 4 or number & ((1 << spare) - 1):
        return None
    return (number >> spare).to_bytes(len(values) * 5 // 8, "big")

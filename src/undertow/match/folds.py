"""The table that turns each character into what counts in a comparison: letters folded, digits known, marks gone."""

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

SPACE, LETTER, DIGIT, NOTHING, ALONE, OTHER = range(6)
"""Kinds of character: `NOTHING` vanishes inside a word; `ALONE`, of a script without spaces, is a token by itself."""

SIZE = 0x20000  # planes 0 and 1; beyond lie rare ideographs, which the kernel takes as ALONE
_SHIFT = 21  # bits of a code point: up to three letters are packed into one number (ligatures, `ß`)

_ALIKE = (  # long ranges in which every character stands for itself
    (0x3400, 0x4DBF, ALONE),
    (0x4E00, 0x9FFF, ALONE),
    (0xA000, 0xA48C, LETTER),
    (0xAC00, 0xD7A3, LETTER),
    (0x12000, 0x1254F, LETTER),
    (0x13000, 0x1467F, LETTER),
    (0x16800, 0x18CFF, LETTER),
    (0x1B000, 0x1B2FF, ALONE),
)


def _codes(*ranges: tuple[int, int]) -> frozenset[int]:
    return frozenset(code for low, high in ranges for code in range(low, high + 1))


_UNSPACED = _codes(
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3040, 0x312F),
    (0x31A0, 0x31FF),
    (0xF900, 0xFAFF),
)
_MARKS_DROPPED = _codes(
    (0x0300, 0x036F),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)
_APOSTROPHES = "'’‘ʼ`´"


@cache
def tables() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """(kind by code point; folded letters by code point, packed; look-alike of a letter or digit by ASCII code)."""
    kinds = np.full(SIZE, OTHER, np.uint8)
    symbols = np.zeros(SIZE, np.uint64)
    same = {ord(char): ord(plain) for plain, chars in read("folds")["look_alikes"].items() for char in chars}
    for low, high, kind in _ALIKE:
        kinds[low : high + 1] = kind
        symbols[low : high + 1] = np.arange(low, high + 1, dtype=np.uint64)
    for code in np.flatnonzero(kinds == OTHER).tolist():
        kind, folded = _fold(chr(code), same)
        if kind != OTHER:
            kinds[code], symbols[code] = kind, _pack(folded)
    return kinds, symbols, _second()


def read(name: str) -> dict[str, Any]:
    """A data file of this stage."""
    return tomllib.loads(files("undertow.match").joinpath(f"data/{name}.toml").read_text("utf-8"))


def _fold(char: str, same: dict[int, int]) -> tuple[int, str]:
    category = unicodedata.category(char)
    if category in {"Cn", "Co", "Cs"}:
        return OTHER, ""
    code = ord(char)
    if char.isspace() or code == 0x200B:
        return SPACE, ""
    if char in _APOSTROPHES or category == "Cf" or code in _MARKS_DROPPED:
        return NOTHING, ""
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return DIGIT, str(digit)
    if code in _UNSPACED:
        return (ALONE, char) if category[0] in "LMN" else (OTHER, "")
    plain = unicodedata.normalize("NFKD", char).casefold()
    letters = "".join(c for c in plain if unicodedata.category(c)[0] in "LM" and ord(c) not in _MARKS_DROPPED)
    if category[0] in "LM" or (letters and letters == plain and category == "So"):
        return LETTER, "".join(chr(same.get(ord(c), ord(c))) for c in letters[:3])
    return OTHER, ""


def _pack(letters: str) -> int:
    return sum(ord(letter) << (_SHIFT * place) for place, letter in enumerate(letters))


def _second() -> npt.NDArray[np.uint64]:
    table = np.arange(512, dtype=np.uint64)
    data = read("folds")
    for kind in ("leet", "ocr"):
        for plain, chars in data[kind].items():
            for char in chars:
                table[ord(char)] = ord(plain)
    digits = table[ord("0") : ord("9") + 1]
    digits[:] = table[digits]  # a digit read as a letter is then folded as that letter
    return table

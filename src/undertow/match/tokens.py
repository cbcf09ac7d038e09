"""Cuts a text into tokens for comparison, each with its span in the text as received; compiled, over UTF-8 bytes.

A word's key is folded (case, diacritics, look-alikes); numbers and links each have one key for all, so that a changed
phone, price or address does not hide a template; a character of a script without spaces is a token by itself.
"""

from functools import cache
from typing import NamedTuple

import numba as nb
import numpy as np
import numpy.typing as npt

from undertow.match.folds import read, tables

LIMIT = 4096  # tokens of a text that are looked at; the rest of a longer text plays no part
WIDE = 16 * LIMIT  # folded letters of a text that are kept
NUMBER, LINK, WORDS = 1, 2, 16  # keys below WORDS are classes, not words

_SPACE, _LETTER, _DIGIT, _NOTHING, _ALONE, _OTHER = range(6)  # as in `folds`
_FNV, _PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
_MASK21, _SHIFT = np.uint64(0x1FFFFF), np.uint64(21)
_M, _N, _R, _V, _W, _NOUGHT = (np.uint64(ord(letter)) for letter in "mnrvw0")
_RN, _VV, _BYTE = np.uint64(114 << 8 | 110), np.uint64(118 << 8 | 118), np.uint64(8)
_NONE, _TABLE = np.uint64(0), np.uint64(512)
_ONE = np.uint64(1)


class Folding(NamedTuple):
    """What the kernel needs to know of characters; see `folds.tables`.

    `endings` are keys of domain endings, `beside` of words that belong to the number beside them (currencies, months,
    thousands), `between` of words that may stand between the two (`12 de junio`).
    """

    kinds: npt.NDArray[np.uint8]
    symbols: npt.NDArray[np.uint64]
    second: npt.NDArray[np.uint64]
    endings: npt.NDArray[np.uint32]
    beside: npt.NDArray[np.uint32]
    between: npt.NDArray[np.uint32]


class Room(NamedTuple):
    """Work space of one text, filled anew for each: tokens' keys, exact keys, spans in characters, folded letters."""

    keys: npt.NDArray[np.uint32]
    exacts: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    letters: npt.NDArray[np.uint32]
    ends_at: npt.NDArray[np.int32]  # of each token, where its letters end


@cache
def folding() -> Folding:
    """The folding of this package's data files."""
    none = np.zeros(0, np.uint32)
    bare, numbers = Folding(*tables(), none, none, none), read("numbers")
    return bare._replace(
        endings=_keys(read("links")["endings"], bare),
        beside=_keys(numbers["currencies"] + numbers["thousands"] + numbers["months"], bare),
        between=_keys(numbers["between"], bare),
    )


def _keys(words: list[str], bare: Folding) -> npt.NDArray[np.uint32]:
    here = room()
    found = []
    for word in words:
        raw = np.frombuffer(word.encode(), np.uint8)
        tokenise(raw, 0, raw.size, bare, here)
        found.append(int(here.keys[0]))
    return np.array(sorted(set(found)), np.uint32)


def room() -> Room:
    """Fresh work space."""
    return Room(
        np.zeros(LIMIT, np.uint32),
        np.zeros(LIMIT, np.uint32),
        np.zeros(LIMIT, np.int32),
        np.zeros(LIMIT, np.int32),
        np.zeros(WIDE + 1, np.uint32),
        np.zeros(LIMIT, np.int32),
    )


@nb.njit(cache=True, nogil=True)
def mixed(value):  # type: ignore[no-untyped-def]
    """Spreads 64 bits over 64 bits (finaliser of MurmurHash3)."""
    value = np.uint64(value)
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xFF51AFD7ED558CCD)
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> np.uint64(33))


@nb.njit(cache=True, nogil=True)
def _key(hashed):  # type: ignore[no-untyped-def]
    short = np.uint32(mixed(hashed) >> np.uint64(32))
    return short if short >= np.uint32(16) else np.uint32(short + np.uint32(16))


@nb.njit(cache=True, nogil=True)
def _decode(data, at, end):  # type: ignore[no-untyped-def]
    """(code point, bytes) at `at`; Arrow strings are valid UTF-8."""
    first = np.uint32(data[at])
    if first < 0x80:
        return first, 1
    if first < 0xE0 and at + 1 < end:
        return ((first & np.uint32(0x1F)) << np.uint32(6)) | (np.uint32(data[at + 1]) & np.uint32(0x3F)), 2
    if first < 0xF0 and at + 2 < end:
        code = (first & np.uint32(0x0F)) << np.uint32(12)
        code |= (np.uint32(data[at + 1]) & np.uint32(0x3F)) << np.uint32(6)
        return code | (np.uint32(data[at + 2]) & np.uint32(0x3F)), 3
    if at + 3 < end:
        code = (first & np.uint32(0x07)) << np.uint32(18)
        code |= (np.uint32(data[at + 1]) & np.uint32(0x3F)) << np.uint32(12)
        code |= (np.uint32(data[at + 2]) & np.uint32(0x3F)) << np.uint32(6)
        return code | (np.uint32(data[at + 3]) & np.uint32(0x3F)), 4
    return np.uint32(0xFFFD), 1


@nb.njit(cache=True, nogil=True)
def _plain(data, at, end):  # type: ignore[no-untyped-def]
    """Whether an ASCII letter or digit stands at `at`."""
    return at < end and (48 <= data[at] <= 57 or 65 <= data[at] <= 90 or 97 <= data[at] <= 122)


@nb.njit(cache=True, nogil=True)
def _plain_letter(data, at, end):  # type: ignore[no-untyped-def]
    return _plain(data, at, end) and data[at] > 57


@nb.njit(cache=True, nogil=True)
def _known(key, endings):  # type: ignore[no-untyped-def]
    for ending in endings:  # noqa: SIM110 - a compiled kernel has no any()
        if ending == key:
            return True
    return False


@nb.njit(cache=True, nogil=True)
def _as_link(first, count, keys, exacts, ends, ends_at):  # type: ignore[no-untyped-def]
    """Makes one link of the tokens from `first` on."""
    hashed = _FNV
    for place in range(first, count):
        hashed = (hashed ^ np.uint64(exacts[place])) * _PRIME
    keys[first], exacts[first] = np.uint32(LINK), _key(hashed)
    ends[first] = ends[count - 1]
    ends_at[first] = ends_at[first - 1] if first > 0 else 0
    return first + 1


@nb.njit(cache=True, nogil=True)
def _as_number(data, begin, end, kinds, symbols):  # type: ignore[no-untyped-def]
    """Hash of a token as it is written, case and look-alike digits folded."""
    hashed, at = _FNV, begin
    while at < end:
        code, size = _decode(data, at, end)
        if code < 0x20000 and kinds[code] != _NOTHING:
            hashed = (hashed ^ symbols[code]) * _PRIME
        at += size
    return hashed


@nb.njit(cache=True, nogil=True)
def tokenise(data, begin, end, folding, here):  # type: ignore[no-untyped-def]
    """Number of tokens of the text in `data[begin:end]`; they stand in `here`. One pass; each character is seen once.

    A token with digits is a number, unless its digits are fewer than half and stand alone inside it (`fr3e`), or are
    a nought at its edge (`0nly`): then it is a word written with digits for letters. A currency beside a number is part
    of the number, so that `$40`, `40 usd` and `USD 40` are one slot, and so is a month (`3 March`, `3 de marzo`).
    """
    kinds, symbols, second, endings = folding.kinds, folding.symbols, folding.second, folding.endings
    beside, between = folding.beside, folding.between
    keys, exacts, starts, ends = here.keys, here.exacts, here.starts, here.ends
    letters, ends_at = here.letters, here.ends_at
    count, filled, position, last, start, start_at = 0, 0, 0, 0, 0, begin
    chunk, after_dot, link = 0, -1, False  # first token since a space; the token after an inner dot
    name = False  # whether a dot joined two letters: `crew.lucky123` is a name on some platform
    length, digits, number, edge = 0, 0, False, False  # of the open token; `edge`: its last character is a digit
    hashed, held = _FNV, _NONE  # of the open token as a word; `held`: a letter that may join the next
    at = begin
    while count < LIMIT - 2:
        code, size, kind = np.uint32(32), 1, _SPACE
        if at < end:
            code = np.uint32(data[at])
            if code >= 128:
                code, size = _decode(data, at, end)
            kind = kinds[code] if code < 0x20000 else _ALONE
            if kind == _OTHER and length > 0 and (code == 124 or code == 36) and _plain(data, at + 1, end):
                kind = _LETTER  # `b|ack`, `ma$sage`
            if code == 36 and 0 < length < 3 and digits == 0 and not _plain_letter(data, at + 1, end):
                kind, length = _OTHER, 0  # `A$ 60`, `US$40`: whose dollars they are
                filled = ends_at[count - 1] if count > 0 else 0
        if kind == _LETTER or kind == _DIGIT:
            packed = symbols[code]
            if packed == 0:
                packed = np.uint64(105 if code == 124 else 115)
            if length == 0:
                start, start_at = position, at
                hashed, held, digits, number, edge = _FNV, _NONE, 0, False, False
            if kind == _DIGIT:
                digits += 1
                number |= edge or (length == 0 and packed != _NOUGHT)
            edge = kind == _DIGIT
            while packed:
                letter = packed & _MASK21
                packed >>= _SHIFT
                pair = (held << _BYTE) | letter
                if (pair == _RN) | (pair == _VV):
                    held = _M if pair == _RN else _W
                else:
                    if held:
                        held = second[held] if held < _TABLE else held
                        hashed = (hashed ^ held) * _PRIME
                        letters[filled] = held
                        filled += filled < WIDE
                    held = letter
            while at + size < end and held < _TABLE:  # the plain letters that follow: most of most texts
                letter = symbols[data[at + size]]
                if kinds[data[at + size]] != _LETTER or data[at + size] >= 128:
                    break
                pair = (held << _BYTE) | letter
                if (pair == _RN) | (pair == _VV):
                    held = _M if pair == _RN else _W
                else:
                    hashed = (hashed ^ second[held]) * _PRIME
                    letters[filled] = second[held]
                    filled += filled < WIDE
                    held = letter
                at += size
                size, edge = 1, False
                position += 1
                length += 1
            length += 1
            last = position + 1
        elif kind != _NOTHING:
            if length > 0:
                if digits > 0 and (number or digits * 2 > length or (edge and held != _NOUGHT)):
                    filled = ends_at[count - 1] if count > 0 else 0
                    hashed = _as_number(data, start_at, at, kinds, symbols)
                    if count > 0 and (keys[count - 1] == NUMBER or _known(keys[count - 1], beside)):
                        count -= 1  # groups of digits of one phone or price; `USD 40`
                        filled = ends_at[count - 1] if count > 0 else 0
                        start = starts[count]
                        hashed ^= np.uint64(exacts[count]) * _PRIME
                    keys[count], exacts[count] = NUMBER, _key(hashed)
                else:
                    held = second[held] if held < _TABLE else held
                    hashed = (hashed ^ held) * _PRIME
                    letters[filled] = held
                    filled += filled < WIDE
                    keys[count] = exacts[count] = _key(hashed)
                    back = 2 if count > 1 and keys[count - 2] == NUMBER and _known(keys[count - 1], between) else 1
                    if count >= back and keys[count - back] == NUMBER and _known(keys[count], beside):  # `40 USD`
                        count -= back
                        hashed ^= np.uint64(exacts[count]) * _PRIME
                        start, filled = starts[count], ends_at[count - 1] if count > 0 else 0
                        keys[count], exacts[count] = NUMBER, _key(hashed)
                starts[count], ends[count], ends_at[count] = start, last, filled
                if count == after_dot and (code == 47 or _known(keys[count], endings)):
                    link = True
                count += 1
                length = 0
            if kind == _SPACE:
                if (link or (name and keys[count - 1] == NUMBER)) and count > chunk:
                    count = _as_link(chunk, count, keys, exacts, ends, ends_at)
                    filled = ends_at[count - 1]
                chunk, after_dot, link, name = count, -1, False, False
                if at >= end:
                    break
            elif kind == _ALONE:
                keys[count] = exacts[count] = _key((_FNV ^ np.uint64(code)) * _PRIME)
                if filled < WIDE:
                    letters[filled] = code
                    filled += 1
                starts[count], ends[count], ends_at[count] = position, position + 1, filled
                count += 1
            elif code == 46:
                if at > begin and _plain(data, at - 1, end) and _plain(data, at + 1, end):
                    after_dot = count
                    name |= _plain_letter(data, at - 1, end) and _plain_letter(data, at + 1, end)
            elif code == 95:
                link |= at > begin and _plain_letter(data, at - 1, end) and _plain(data, at + 1, end)
            elif code == 64:
                link |= _plain(data, at + 1, end)
            elif code == 58:
                link |= at + 2 < end and data[at + 1] == 47 and data[at + 2] == 47
        at += size
        position += 1
    return count

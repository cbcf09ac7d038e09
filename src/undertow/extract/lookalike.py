"""A key for matching in which look-alike letters are one, in words that mix alphabets; never shown or stored."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from undertow.extract.datafiles import toml

_OTHER = "\u0370-\u03ff\u0400-\u052f\u0531-\u0587"  # Greek, Cyrillic, Armenian
_MIXED = re.compile(f"[A-Za-z0-9][{_OTHER}]|[{_OTHER}][A-Za-z0-9]")
_WORD = re.compile(f"[A-Za-z0-9{_OTHER}]+")
# two words that lost the space between them are no disguise
_GLUED = re.compile(f"[{_OTHER}]{{3,}}[A-Za-z]{{3,}}|[A-Za-z]{{3,}}[{_OTHER}]{{3,}}")
_LATIN = re.compile("[A-Za-z]")


@lru_cache(maxsize=256)
def key(text: str) -> str:
    """The text, as long as before, with words that mix alphabets written in one of them.

    Into Latin where every other letter of the word has a Latin twin, else into the other alphabet where every Latin
    letter has a twin there; a word that fits neither stays, as do two words that only lost their space.
    Words of one alphabet, accents and digits never change.
    """
    if text.isascii() or _MIXED.search(text) is None:
        return text
    return _WORD.sub(lambda hit: _one_alphabet(hit[0]), text)


def lowered(text: str) -> str:
    """The key in lower case, as long as the text: `İ`, whose small form is two characters, becomes `i`."""
    return text.lower() if text.isascii() else key(text).replace("İ", "i").lower()


def _one_alphabet(word: str) -> str:
    if word.isascii() or not _LATIN.search(word):
        return word
    to_latin, to_other = _tables()
    if all(char.isascii() or char in to_latin for char in word):
        return "".join([to_latin.get(char, char) for char in word])
    if _GLUED.fullmatch(word) is None and all(
        not char.isascii() or char.isdigit() or char in to_other for char in word
    ):
        return "".join([to_other.get(char, char) for char in word])
    return word


@cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, str]]:
    to_latin: dict[str, str] = toml("lookalikes.toml")["latin"]
    to_other = {latin: other for other, latin in reversed(to_latin.items()) if "\u0400" <= other <= "\u052f"}
    return to_latin, to_other

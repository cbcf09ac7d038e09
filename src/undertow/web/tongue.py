"""The languages of the workbench: which there are, which one a person reads, and the words of each.

A language is up to three files in `texts/`: `fil.toml` has the words of pages, with the names of `en.toml`;
`fil.words.toml` what kinds and grades are called, with the names of the words of reports, and of what is counted;
`fil.said.toml` whole sentences of the rest of Undertow (signs, reasons, errors), each under its English, in which
`{name}` stands for what changes. What a file lacks is shown in English.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from undertow.share import words

FOLDER = Path(__file__).parent / "texts"
ENGLISH = "en"
_SLOT = re.compile(r"\{(\w+)\}")

Shelves = Mapping[str, Mapping[str, str]]


@cache
def languages() -> Mapping[str, str]:
    """Code and own name of each language, English first."""
    codes = sorted(
        (path.stem for path in FOLDER.glob("*.toml") if "." not in path.stem), key=lambda one: one != ENGLISH
    )
    return {code: _read(code)["language"]["name"] for code in codes}


def chosen(said: str, header: str) -> str:
    """The language that a person chose, else the first of their browser's that there is, else English.

    `header` is Accept-Language (RFC 9110, 12.5.4); of a code only its first part is looked at.
    """
    if said in languages():
        return said
    wanted = sorted(((-_weight(rest), at, code) for at, (code, rest) in enumerate(_asked(header))))
    known = {other: code for code in languages() for other in (code, *_read(code)["language"]["also"].split())}
    return next((known[code] for weight, _, code in wanted if weight and code in known), ENGLISH)


def text(language: str, name: str, /, **facts: object) -> str:
    """The words named `page.what`, with facts put in."""
    shelf, _, what = name.partition(".")
    found = _read(language).get(shelf, {}).get(what)
    return (_read(ENGLISH)[shelf][what] if found is None else found).format(**facts)


def word(language: str, shelf: str, name: str) -> str:
    """What a kind, class or grade is called; `phone+url` names two."""
    held = _read(f"{language}.words")
    if not held:
        return words.word(shelf, name)
    names = (held.get(shelf, {}).get(part) or words.word(shelf, part) for part in name.split("+"))
    return f" {held['joined']['and']} ".join(names)


def many(language: str, count: int, one: str, more: str = "") -> str:
    """`3 posts`; other languages hold one form of what is counted."""
    held = _read(f"{language}.words")
    return f"{count:,} {held['counted'][one]}" if held else words.many(count, one, more)


def between(language: str, first: datetime | None, last: datetime | None) -> str:
    """A day, or the first and the last."""
    held, days = _read(f"{language}.words"), words.between(first, last)
    if not held:
        return days
    return days.replace(" to ", f" {held['joined']['to']} ") if first or last else held["joined"]["undated"]


@lru_cache(4096)
def told(language: str, sentence: str) -> str:
    """A sentence of Undertow in a language; as it is where no catalogue has it."""
    book = _said(language)
    if sentence in book:
        return book[sentence]
    for pattern, meant in _patterns(language):
        hit = pattern.fullmatch(sentence)
        if hit:
            return meant.format(**hit.groupdict())
    return sentence


@cache
def _read(name: str) -> Shelves:
    path = FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


@cache
def _said(language: str) -> Mapping[str, str]:
    return {english: meant for shelf in _read(f"{language}.said").values() for english, meant in shelf.items()}


@cache
def _patterns(language: str) -> Sequence[tuple[re.Pattern[str], str]]:
    """Sentences in which something changes; those with the most words of their own are tried first."""
    open_ = [(english, meant) for english, meant in _said(language).items() if _SLOT.search(english)]
    open_.sort(key=lambda pair: -len(_SLOT.sub("", pair[0])))
    return [(pattern(english), meant) for english, meant in open_]


def pattern(english: str) -> re.Pattern[str]:
    """What a sentence with `{name}` in it fits."""
    parts = _SLOT.split(english)
    made = (f"(?P<{part}>.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile("".join(made), re.DOTALL)


def _asked(header: str) -> list[tuple[str, str]]:
    pairs = (part.partition(";") for part in header[:400].split(","))
    return [(code.strip().lower().partition("-")[0], rest) for code, _, rest in pairs]


def _weight(rest: str) -> float:
    found = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", rest)
    return float(found[1]) if found else 1.0

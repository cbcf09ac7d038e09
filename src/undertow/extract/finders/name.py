"""Names of people: what a word such as `my name is` announces, and given names with what stands behind them.

`value` is the name as people write it (`Ana Cruz`); nothing is looked up about anybody. Names are there to be masked
and to be searched for: they tie nothing together, since thousands are called so.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.datafiles import lines, toml
from undertow.extract.gazetteer import country_names, folded
from undertow.extract.names import given

_FRONT = 24  # characters looked at in front of a word
_LONGEST = 4  # words of the longest word for a name
_MORE = 2  # words behind a given name that may belong to it
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĂÂÎȘŞȚŢŠŽĆČĐŁА-ЯЁ]"
_WORD = re.compile(  # a capital first: quick to skip to; the s of a genitive is left out
    rf"{_CAPITAL}(?<![\w@#./-].)[^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*(?!@)"
)
_SMALL = re.compile(r"[^\W\d_]{3,}")
_BETWEEN = re.compile(r" (?:(?:de|dela|del|la|van|von|y|da|dos) ){0,2}")


def find(text: Text) -> Iterator[Mention]:
    clean = text.clean
    even = clean.isupper() or clean.islower()  # capitals tell nothing there
    end = 0
    for start, stop in _words(clean, even=even):
        if start >= end and (sure := _sure(clean, start, stop, even=even)):
            end = stop if even else _whole(clean, stop)
            if end > stop and sure == _shares()["alone"]:
                sure = _shares()["whole"]
            yield Mention(_written(clean[start:end]), start, end, sure)


def _words(clean: str, *, even: bool) -> Iterator[tuple[int, int]]:
    """Words that may be names: those with a capital, and where capitals tell nothing those behind a word for a name."""
    if not even:
        yield from (hit.span() for hit in _WORD.finditer(clean))
    elif not _last_words().isdisjoint(clean.lower().replace(":", " ").split()):
        yield from (hit.span() for hit in _SMALL.finditer(clean) if _front(clean, hit.start()))


def _sure(clean: str, start: int, stop: int, *, even: bool) -> float:
    """How sure it is that the word is a name; 0: it is none."""
    word = clean[start:stop]
    listed, front = _listed(word), _front(clean, start) if start > 1 else ""
    if front == "sure" and (listed or not (even or word.lower() in _ordinary())):
        return _shares()["front_listed" if listed else "front_sure"]
    if not listed or word.lower() in _no_names():
        return 0.0
    if front:
        return _shares()["front_weak"]
    return 0.0 if even or word.isupper() else _shares()["alone"]


def _front(clean: str, start: int) -> str:
    """Which kind of word for a name stands in front: `sure`, `weak`, or none."""
    last = clean[clean.rfind(" ", 0, start - 1) + 1 : start - 1].lower().rstrip(":")
    if last not in _last_words() or clean[start - 1] not in " \t":
        return ""
    words = clean[max(0, start - _FRONT) : start].lower().replace(":", " ").split()
    for number in range(min(_LONGEST, len(words)), 0, -1):
        if kind := _fronts().get(" ".join(words[-number:])):
            return kind
    return ""


def _whole(clean: str, stop: int) -> int:
    """The end of a name that goes on behind its first word."""
    for _ in range(_MORE):
        between = _BETWEEN.match(clean, stop)
        word = _WORD.match(clean, between.end()) if between else None
        if not word or word[0].lower() in _never_last() or word[0].isupper():
            return stop
        stop = word.end()
    return stop


def _written(name: str) -> str:
    return name.title() if name.isupper() or name.islower() else name


@lru_cache(maxsize=100_000)
def _listed(word: str) -> bool:
    """Whether people are called so, and no country is."""
    return word.lower() not in _ordinary() and given(word) and folded(word) not in country_names()


@cache
def _fronts() -> dict[str, str]:
    return {word: kind for kind in ("weak", "sure") for word in toml("names.toml")["front"][kind]}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(words.rpartition(" ")[2] for words in _fronts())


@cache
def _shares() -> dict[str, float]:
    return {name: float(share) for name, share in toml("names.toml")["sure"].items()}


@cache
def _no_names() -> frozenset[str]:
    return frozenset(toml("names.toml")["no_names"]["words"])


@cache
def _never_last() -> frozenset[str]:
    return _ordinary() | frozenset(toml("names.toml")["no_names"]["last"])


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(lines("ordinary_words.txt"))


FINDER = Finder(
    name="name",
    version=1,
    find=find,
    fields=frozenset({"title", "text"}),
    trigger=r"\pL\pL",
    examples={
        "Hello, my name is Zorelle.": ["Zorelle"],
        "ask for Ana Cruz at the desk": ["Ana Cruz"],
        "hi im maria, new here": ["Maria"],
        "Ako si Liza, tawag lang": ["Liza"],
        "Hola, me llamo Lucía": ["Lucía"],
        "Mă numesc Ioana": ["Ioana"],
        "Меня зовут Анна": ["Анна"],
        "Jennifer de la Vega, 29": ["Jennifer de la Vega"],
        "Will you call me May or June?": [],
        "Ask for Discount, call Reception": [],
        "Air France, Bank of America, MIN. SPEND": [],
        "A green bicycle for sale near the park": [],
    },
)

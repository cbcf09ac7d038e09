"""The language that a text is written in, as an ISO 639 code: `en`, `tl`, `ceb`, `es`, `ro`, `ru`, ...

`und` where it cannot be told; `detail` is `taglish` where Tagalog and English are mixed. The detector is eldc, measured
right on 84 of 84 short sentences except Cebuano, for which small words decide (`data/languages.toml`).
"""

import re
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import eldc

from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.datafiles import toml

_READ = 400  # characters that are enough to tell
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = re.compile(r"(?:[^\W\d_][\W\d_]*){20}")  # fewer letters say too little
_MIXED = 2  # small words of the other language that make a text mixed: a guess


def find(text: Text) -> Iterator[Mention]:
    read = text.clean[:_READ]
    if _ENOUGH.search(read):
        language, detail, confidence = _told(read)
        yield Mention(language, 0, len(text.clean), confidence, detail=detail)


def _told(read: str) -> tuple[str, str, float]:
    language = _detector().detect(read)
    if language != "tl":
        return language, "", 0.0 if language == "und" else 0.9
    words = _WORD.findall(read.lower())
    small = {name: sum(word in held for word in words) for name, held in _small_words().items()}
    if small["ceb"] >= _MIXED and small["ceb"] > small["tl"]:
        return "ceb", "", 0.7
    return "tl", "taglish" if small["en"] >= _MIXED else "", 0.9


@cache
def _detector() -> ModuleType:
    eldc.init()
    return eldc


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in toml("languages.toml").items()}


FINDER = Finder(
    name="language",
    version=1,
    find=find,
    fields=frozenset({"title", "text"}),
    examples={
        "We have a room to let near the station": ["en"],
        "Magkano po ang pamasahe papunta sa terminal?": ["tl"],
        "Nindot kaayo ang adlaw karon, asa ka paingon unya?": ["ceb"],
        "Legit po ito, message nyo lang ako for the details please": ["tl"],
        "Busco trabajo de cocinera en Valencia": ["es"],
        "Caut de lucru ca bucatar in Chisinau": ["ro"],
        "Ищу работу поваром в столице": ["ru"],
        "ok 123": [],
    },
)

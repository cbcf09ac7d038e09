"""Places by name: cities above 15,000 people and countries, with every place that a name may mean.

`value` is the likeliest one (`Cebu City, PH`); `detail` lists up to five as `geonameid:share`, and is `country` for a
country. A name that is an ordinary word counts only where the words around it speak of a place.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from undertow.extract import gazetteer
from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.datafiles import lines, toml
from undertow.extract.names import given

FIELD = "place_text"
OPENERS = frozenset(("", *".!?:;\n-"))  # what a sentence stands behind
_LONGEST = 4  # words of the longest name looked for
_SHOWN = 5
_CAP = "[A-ZÀ-ÖØ-ÞĂÂÎȘŞȚŢŠŽĆČĐА-ЯЁ]"
_NAME = rf"{_CAP}[^\W\d_]*(?:['’.-][^\W\d_]+)*"
_SHORT = r"\.(?:(?<=\b\w\.)|(?<=\b\w\w\.)|(?<=\b\w\w\w\.))"  # St. Louis; behind a longer word a sentence ends
_JOIN = rf"(?:(?:{_SHORT})? |-)(?:(?:de|del|la|da|do|of|na|am|sur)(?: |-))?(?={_CAP})"
_NAMES = re.compile(
    rf"{_CAP}(?<![\w@.].){_NAME[len(_CAP) :]}(?:{_JOIN}{_NAME}){{0,7}}"
)  # a capital first: quick to skip to
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_BEFORE = re.compile(r"([^\W\d_]+(?: of)?)\s+$")
_AFTER = re.compile(r"^\s*[,(-]?\s*([^\W\d_]+(?:\s[^\W\d_]+)?)")


def find(text: Text) -> Iterator[Mention]:
    end = 0
    for start, stop, names in sorted(_runs(text)):
        found = list(_names(names, start))
        if not found:
            continue
        alone = sum(last - first for first, last in found) >= len(names) - 2 * len(found) - _opening(text, start, found)
        for first, last in found:
            mention = _mention(text, first, last, said=stop < 0, alone=alone) if first >= end else None
            if mention:
                end = last
                yield mention


def _opening(text: Text, start: int, found: list[tuple[int, int]]) -> int:
    """The length of a word with its capital only from the sentence it opens, in front of a place: `Visiting Leeds`."""
    word, between, _ = text.clean[start : found[0][0]].partition(" ")
    opens = start == 0 or text.clean[:start].rstrip(" ")[-1:] in OPENERS
    return len(word) + 1 if between and opens and start + len(word) + 1 == found[0][0] and not given(word) else 0


def _runs(text: Text) -> Iterator[tuple[int, int, str]]:
    """Stretches that may hold names: start, end (-1: small letters after a word for a place), words."""
    if text.field == FIELD:
        yield 0, -1, text.clean
        return
    if not text.clean.isupper() and not text.clean.islower():  # where all is capitals they tell nothing
        for hit in _NAMES.finditer(text.clean):
            yield hit.start(), hit.end(), hit[0]
    if _may_be_led(text.clean):
        for hit in _led().finditer(text.clean):
            yield hit.start(1), -1, hit[1]


def _may_be_led(clean: str) -> bool:
    """Whether a word for a place stands before a small word that begins a name: a quick look before the careful one."""
    lowered, last = clean.lower().split(), _last_before()
    if last.isdisjoint(lowered):
        return False
    words, begins = clean.split(), _begins if clean.isupper() else _begins_large
    for at in [at for at, word in enumerate(lowered) if word in last]:
        rest = words[at + 1 : at + 3]
        for word in rest[1:] if rest[:1] == ["the"] else rest[:1]:
            if (begins is _begins or word[1:].isupper() or not word[0].isupper()) and begins(word):
                return True
    return False


@cache
def _led() -> re.Pattern[str]:
    before = "|".join(re.escape(word) for word in toml("places.toml")["before"])
    return re.compile(rf"(?<!\w)(?:{before})\s+([^\W\d_]{{3,}}(?:[ -][^\W\d_]{{2,}}){{0,2}})", re.IGNORECASE)


@cache
def _last_before() -> frozenset[str]:
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in toml("places.toml")["before"])


@lru_cache(maxsize=100_000)
def _begins(word: str) -> bool:
    return gazetteer.said(word).partition(" ")[0] in gazetteer.first_words()


@lru_cache(maxsize=100_000)
def _begins_large(word: str) -> bool:
    """Whether a word may begin a name that counts in small letters too."""
    key = gazetteer.said(word).partition(" ")[0]
    if len(key) < 3 or key in _articles():
        return False
    return key in gazetteer.first_words(toml("places.toml")["weight"]["small_letters"])


def _names(words: str, offset: int) -> Iterator[tuple[int, int]]:
    """The longest names in a stretch, from left to right."""
    if words.isalpha():
        if _known(words):
            yield offset, offset + len(words)
        return
    spans = [hit.span() for hit in _WORD.finditer(words)]
    first = 0
    while first < len(spans):
        last = _longest(words, spans, first) if _begins(words[slice(*spans[first])]) else first
        if last > first:
            yield offset + spans[first][0], offset + spans[last - 1][1]
        first = max(last, first + 1)


def _longest(words: str, spans: list[tuple[int, int]], first: int) -> int:
    """The word behind the longest name that begins with the word `first`, or `first` where none does."""
    for last in range(min(first + _LONGEST, len(spans)), first, -1):
        if _known(words[spans[first][0] : spans[last - 1][1]]):
            return last
    return first


@lru_cache(maxsize=200_000)
def _known(name: str) -> bool:
    key = gazetteer.said(name)
    return len(key) > 2 and (gazetteer.known(key) or key in gazetteer.country_names())


def _mention(text: Text, start: int, end: int, *, said: bool, alone: bool) -> Mention | None:
    key = gazetteer.said(text.clean[start:end])
    behind = _AFTER.match(text.clean[end : end + 40])
    country = _country_behind(behind[1]) if behind else ""
    before = _BEFORE.search(text.clean[max(0, start - 20) : start])
    word = before[1].lower() if before else ""
    led = said or bool(country) or word in _before()
    if key in _never():
        return None
    if key in gazetteer.country_names() and not (country and gazetteer.known(key)):
        return _country(gazetteer.country_names()[key], start, end, led=led or key not in _ordinary())
    found = gazetteer.candidates(key, country or text.country)
    if (
        text.field != FIELD
        and not country
        and (not led or word in _people())
        and _a_person(key, found[0].city, text.country)
    ):
        return None
    sure = _sure(text, key, start, end, led=led)
    if not led and text.field != FIELD and found[0].city.population < _least(found[0].city, text.country, alone=alone):
        return None
    if country and found[0].city.country != country:
        sure /= 2
    if not sure:
        return None
    best = found[0]
    detail = " ".join(f"{one.city.geonameid}:{one.share}" for one in found[:_SHOWN])
    return Mention(f"{best.city.name}, {best.city.country}", start, end, round(sure * best.share, 2), detail=detail)


def _sure(text: Text, key: str, start: int, end: int, *, led: bool) -> float:
    shares = toml("places.toml")["confidence"]
    if text.field == FIELD:
        return float(shares["field"])
    if key in _ordinary():
        home = led or _own(key, text.country)
        return float(shares["ordinary"]) if home and text.clean[start].isupper() else 0.0
    if not text.clean[start:end].islower() and not (text.clean.isupper() and not led):
        return float(shares["said"] if led else shares["plain"])
    large = max(one.city.population for one in gazetteer.candidates(key, None))
    return float(shares["said"]) if led and large >= toml("places.toml")["weight"]["small_letters"] else 0.0


def _a_person(key: str, city: gazetteer.City, country: str | None) -> bool:
    """Whether a name is a given name rather than the own name of a place that is large enough to stand alone."""
    own = gazetteer.folded(city.name) == key and city.population >= _least(city, country, alone=True)
    return not own and given(key)


@lru_cache(maxsize=10_000)
def _own(key: str, country: str | None) -> bool:
    """Whether a name that is a word too is the own name of a very large place in the known country."""
    city = gazetteer.candidates(key, country)[0].city
    large = city.country == country and city.population >= toml("places.toml")["weight"]["own_name"]
    return large and gazetteer.folded(city.name) == key


def _least(city: gazetteer.City, country: str | None, *, alone: bool) -> int:
    """People that a place needs to be named without a word for it; more where other capitals stand around: a person."""
    weight = toml("places.toml")["weight"]
    if not alone:
        return int(weight["among_names"])
    return int(weight["at_home"] if city.country == country else weight["abroad"])


def _country(code: str, start: int, end: int, *, led: bool) -> Mention | None:
    if not led:
        return None
    name = gazetteer.country_in_english().get(code, code)
    return Mention(f"{name}, {code}", start, end, toml("places.toml")["confidence"]["country"], detail="country")


@lru_cache(maxsize=10_000)
def _country_behind(words: str) -> str:
    names = gazetteer.country_names()
    key = gazetteer.folded(words)
    return names.get(key, "") or names.get(key.partition(" ")[0], "")


@cache
def _before() -> frozenset[str]:
    return frozenset(toml("places.toml")["before"])


@cache
def _never() -> frozenset[str]:
    return frozenset(toml("places.toml")["never"])


@cache
def _people() -> frozenset[str]:
    return frozenset(toml("places.toml")["people"])


@cache
def _articles() -> frozenset[str]:
    return frozenset(toml("places.toml")["articles"])


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(toml("places.toml")["ordinary"]) | frozenset(lines("ordinary_words.txt"))


FINDER = Finder(
    name="place",
    version=3,
    find=find,
    trigger=rf"(?-i:{_CAP})|(?:^|[^\pL])(?:{'|'.join(sorted(map(re.escape, _last_before())))})[^\pL\pN]",
    always=frozenset({FIELD}),
    fields=frozenset({"title", "text", FIELD, "origin_text", "destination_text"}),
    examples={
        "Now in Cebu City, Philippines": ["Cebu City, PH", "Philippines, PH"],
        "work in Chisinau and București": ["Chisinau, MD", "Bucharest, RO"],
        "Работа в Кишинёве или Москва": ["Chisinau, MD", "Moscow, RU"],
        "flat in Valencia, Spain": ["Valencia, ES", "Spain, ES"],
        "reading a nice book of mine": [],
    },
)

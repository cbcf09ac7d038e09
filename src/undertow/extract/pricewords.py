"""Patterns of prices, each made once a process from the word lists: what stands around an amount, what it pays for."""

import re
from functools import cache

from undertow.extract import money
from undertow.extract.datafiles import toml
from undertow.extract.patterns import choice


@cache
def numbers() -> re.Pattern[str]:
    """A number (1) with what makes it worth a look (2): a currency (3), thousands (4) and a currency (5), a time."""
    reading = toml("prices.toml")["reading"]
    scales = choice((*reading["thousand"], *reading["million"]))
    glued = choice(reading["thousand_glued"])
    currency = money.behind_pattern()
    return re.compile(
        rf"({money.NUMBER})((?:[ \u00a0]de)?[ \u00a0]?({currency})"
        rf"|[ \u00a0]?((?<![ \u00a0]){glued}|{scales})(?:[ \u00a0]?({currency})|(?![^\W_]))"
        rf"|(?=/ ?(?:{_every('words')})(?![^\W_])))?"
    )


@cache
def ranges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The lower end of a range in front of its upper end, and the sign behind a lower end."""
    signs = choice(toml("prices.toml")["reading"]["range"])
    low = rf"(?<![\w.,/-])([0-9]{{1,9}}(?:[.,][0-9]{{1,3}}){{0,3}})([kK]?)[ \u00a0]?(?:{signs})[ \u00a0]?$"
    return re.compile(low), re.compile(rf"[ \u00a0]?(?:{signs})[ \u00a0]?(?=[0-9])")


def period(lower: str, start: int, end: int, near: int) -> str:
    """The time that the price at `start` to `end` pays for: `hour`, `30 minute`, `month`, or ""."""
    behind, after, before = _periods()
    front = lower[max(0, start - near) : start]
    if hit := behind.match(lower, end):
        return words()[hit[1] or hit[2]]
    if (hit := after.match(lower, end)) or (hit := before.search(front)):
        unit = words()[hit[2]]
        return unit if hit[1] == "1" else f"{hit[1]} {unit}"
    return _in_front(front.split())


def lasts(lower: str, end: int) -> bool:
    """Whether the number that ends there is a time that something lasts: `2 hrs`."""
    return _lasting().match(lower, end) is not None


@cache
def _lasting() -> re.Pattern[str]:
    words = toml("prices.toml")["words"]
    return re.compile(rf"[ \u00a0]?{choice([*words['minute'], *words['hour']])}(?![^\W_])")


def _in_front(front: list[str]) -> str:
    """The time that words in front of a price name: `per hour: $50`, `monthly $500`."""
    adverbs, connectors = _adverbs()
    for at, word in enumerate(front):
        bare = word.strip(":,.()-")
        if bare in adverbs or (at and front[at - 1] in connectors and bare in words()):
            return words()[bare]
    return ""


@cache
def _adverbs() -> tuple[frozenset[str], frozenset[str]]:
    data = toml("prices.toml")
    adverbs = frozenset(word for listed in data["adverbs"].values() for word in listed)
    return adverbs, frozenset(data["connectors_in_front"])


def trigger() -> str:
    """An RE2 pattern of every text that can hold a price: what is never shown to the finder costs nothing there."""
    data = toml("prices.toml")
    reading = data["reading"]
    scales = (*reading["thousand"], *reading["thousand_glued"], *reading["million"])
    forms = sorted({*money.currencies(), *scales})
    short = "|".join(re.escape(word) for word in forms if len(word) < 3 and word not in money.symbols())
    signs = "|".join(re.escape(word) for word in forms if word in money.symbols())
    long = "|".join(re.escape(word) for word in (*forms, *data["adjectives"]) if len(word) > 2)
    behind = rf"(?:(?:{short})(?:[^\pL]|\z)|{signs}|[kк]?(?:{long})|/ ?(?:{_every('words')}))"
    front = rf"(?:(?:^|[^\pL])(?:{short})|{signs}|{long})[ :.]{{0,3}}"
    first_words = r"\A[^\pL]*\pL*[^\pL]*\pL*[^\pL]*\pL*[^\pL]*"  # a price field: a number among its first words
    return rf"[0-9](?: de)? ?{behind}|{front}[0-9]|{first_words}[0-9]"


@cache
def cues() -> frozenset[str]:
    """Words that make a bare `2k` behind them money."""
    return frozenset(toml("prices.toml")["reading"]["cue"])


@cache
def words() -> dict[str, str]:
    """Every word for a time, and the time."""
    data = toml("prices.toml")
    return {word: time for part in ("words", "adverbs") for time, listed in data[part].items() for word in listed}


def _every(part: str) -> str:
    return choice(word for listed in toml("prices.toml")[part].values() for word in listed)


@cache
def _periods() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns for a time behind a price, a number of hours behind it, and a number of hours in front."""
    data = toml("prices.toml")
    one, every = _every("words"), _every("adverbs")
    join = choice(word for word in data["connectors"] if word != "/")
    units = choice([*data["words"]["minute"], *data["words"]["hour"]])
    return (
        re.compile(rf"\s{{0,2}}(?:/\s?|(?:{join})\s)\s?({one})(?![^\W_])|\s{{1,2}}({every})(?![^\W_])"),
        re.compile(rf"[ (-]{{0,3}}(?:for |x )?(\d{{1,3}}) ?({units})(?![^\W_])"),
        re.compile(rf"(?<!\w)(\d{{1,3}}) ?({units})[ :=–-]{{0,3}}$"),
    )

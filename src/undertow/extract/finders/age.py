"""Ages that a text states, from 10 to 99.

`detail` is `from` and `to` for the ends of a range and `limit` where the text only says how old one must be. `18+`
is a warning about content and no age; a time that something lasted (`20 years of experience`) is none either.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from undertow.extract import bareages
from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.datafiles import toml
from undertow.extract.patterns import choice
from undertow.extract.text import figures_of

NEAR = 24
FIGURES = 2
JOIN = r" ?(?:-|to|a|y|and|și|si|и|до|hanggang|o|/) ?"
END = r"(?![0-9+'\"%:]|[.,/-][0-9])"
NUMBER = re.compile(rf"[1-9][0-9](?:{JOIN}([1-9][0-9]){END}|{END})")
NO_AGE = frozenset(".,:$€£₱₽/+'-_")  # in front of a number


def find(text: Text) -> Iterator[Mention]:
    lower = text.clean.lower()
    if len(lower) != len(text.clean):
        lower = text.clean
    done = 0
    for start, end in figures_of(text):
        if end - start == FIGURES and start >= done and _may_be_one(lower[start - 1 : start]):
            hit = NUMBER.match(lower, start)
            if hit:
                done = hit.end()
                yield from _at(lower, start, done, hit.start(1)) or _bare(text, hit)


def _may_be_one(before: str) -> bool:
    return not before or not (before.isalnum() or before in NO_AGE)


def _at(lower: str, start: int, end: int, second: int) -> Sequence[Mention]:
    confidence, limit = _sure(lower, start, end)
    if not confidence:
        return ()
    if second > 0 and lower[start : start + 2] < lower[second:end]:
        low = Mention(lower[start : start + 2], start, start + 2, confidence, detail="from")
        return low, Mention(lower[second:end], second, end, confidence, detail="to")
    return (Mention(lower[end - 2 : end], end - 2, end, confidence, detail="limit" if limit else ""),)


def _bare(text: Text, hit: re.Match[str]) -> Sequence[Mention]:
    """The same of a number without a word for age; a range needs one."""
    start, end = hit.span()
    if end - start != FIGURES:
        return ()
    sure = bareages.sure(text.clean, start, end, heading=text.field == "title")
    return (Mention(hit[0], start, end, sure),) if sure else ()


def _sure(lower: str, start: int, end: int) -> tuple[float, bool]:
    """How sure it is that the number is an age (0: it is none), and whether it is a limit."""
    hit = _patterns()[0].match(lower, end)
    if hit and hit["bare"] in toml("ages.toml")["never"]["words"] and _between_words(lower, hit):
        hit = None
    behind = hit.lastgroup if hit else None
    before = _before(lower, start)
    front = before.lastgroup if before else None
    if behind == "never" or (behind == "bare" and front == "never"):
        return 0.0, False
    limit = front == "limit" or bool(hit and _limited().match(lower, hit.end()))
    if behind == "sure":
        return 0.6 if limit else 0.95, limit
    if behind == "bare":
        return 0.95 if front == "sure" else 0.6 if limit else 0.75, limit
    if before and front in ("sure", "own") and behind != "counted":
        weak = toml("ages.toml")["front"]["weak"]
        return 0.4 if before[front] in weak else 0.8 if front == "sure" else 0.6, False
    return 0.0, False


def _between_words(lower: str, hit: re.Match[str]) -> bool:
    behind = lower[hit.end() : hit.end() + 2]
    return hit[0][0] in " \u00a0" and behind[:1] == " " and behind[1:].isalpha()


def _before(lower: str, start: int) -> re.Match[str] | None:
    """The phrase in front of a number; looked for only where its last word is one of theirs."""
    window = lower[max(0, start - NEAR) : start]
    words = window.rstrip(" :=-").rsplit(None, 1)
    if not words or words[-1] not in _last_words():
        return None
    return _patterns()[1].search(window)


@cache
def _last_words() -> frozenset[str]:
    data = toml("ages.toml")
    phrases = [phrase for listed in (*data["front"].values(), data["never"]["front"]) for phrase in listed]
    return frozenset(phrase.rsplit(None, 1)[-1].rstrip(":") for phrase in phrases)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    behind, front, never = (toml("ages.toml")[part] for part in ("behind", "front", "never"))
    bare = choice(behind["bare"])
    return (
        re.compile(
            rf"[ \u00a0]?(?:(?P<sure>{choice(behind['sure'])})|(?P<never>(?:{bare}) (?:{choice(never['behind'])}))"
            rf"|(?P<bare>{bare})|(?P<counted>{choice(never['counted'])}))(?![^\W_])"
        ),
        re.compile(
            rf"(?<![^\W_])(?:(?P<sure>{choice(front['sure'])})|(?P<own>{choice(front['own'])})"
            rf"|(?P<never>{choice(never['front'])})|(?P<limit>{choice(front['limit'])}))[ :=-]{{1,3}}$"
        ),
    )


@cache
def _limited() -> re.Pattern[str]:
    return re.compile(rf"\+| (?:{choice(toml('ages.toml')['behind']['limit'])})(?![^\W_])")


def _trigger() -> str:
    behind, front = toml("ages.toml")["behind"], toml("ages.toml")["front"]
    words = choice([*behind["sure"], *behind["bare"]])
    stated = rf"[1-9][0-9] ?(?:{words})|(?:{choice([*front['sure'], *front['own']])})[ :=-]{{1,3}}[1-9]"
    return rf"{stated}|{bareages.trigger()}"


FINDER = Finder(
    name="age",
    version=3,
    find=find,
    trigger=_trigger(),
    fields=frozenset({"title", "text"}),
    examples={
        "I am 23 years old": ["23"],
        "Edad 25, 30 años, am 27 de ani, мне 22 года": ["22", "25", "27", "30"],
        "ages 20-35 only": ["20", "35"],
        "Mature lady, 42, well educated. A lady of 32, slim. Maya (19) is free": ["19", "32", "42"],
        "18+ content, 20 years of experience, 24 hours, 5'6, $45": [],
    },
)

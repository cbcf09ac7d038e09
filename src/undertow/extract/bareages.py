"""Ages written as a number alone: `Mature lady, 42, well educated`, `a lady of 32`, `Gloria (36)`, `NEW: Gina 30`.

A number is one only where a clause ends behind it, and the words beside it describe somebody or are a given name.
"""

import re
from functools import cache

from undertow.extract.datafiles import toml
from undertow.extract.names import given
from undertow.extract.patterns import choice

WINDOW = 40  # characters read on either side: two words
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ENDS = ",;.!?)(|•*…\n"  # what a clause ends with; a symbol that is no ASCII, such as an emoji, ends one too
_FENCES = "-~/"  # between spaces these part the fields of a card: `Gina / 30 / Leeds`
_STOPS = frozenset((*".!?\n)", ""))  # words behind these belong to the next sentence
_SIGNS = frozenset("°ºª€£₱₽¥₹₩₫©®™§±×÷’‘“”«»№²³¼½¾‰")  # no ASCII, and no end of a clause


def sure(clean: str, start: int, end: int, *, heading: bool) -> float:
    """How sure it is that the number at `start` to `end` is an age; 0: it is none."""
    data = toml("ages.toml")["bare"]
    if not data["least"] <= int(clean[start:end]) <= data["most"]:
        return 0.0
    front = clean[max(0, start - WINDOW) : start]
    open_ = front.rstrip(" \t")
    mark = open_[-1:]
    behind = _suffix().sub("", clean[end : end + WINDOW], count=1)
    next_ = behind.lstrip(" \t")
    if mark and not _ends(mark, spaced=open_[-2:-1] == " "):
        if len(front) != len(open_) + 1:
            return 0.0
        return _joined(open_, behind, next_, heading=heading)
    if not _closed(behind, next_):
        return 0.0
    return _alone(open_, mark, next_)


def _closed(behind: str, next_: str) -> bool:
    return not next_ or (_ends(next_[0], spaced=next_[1:2] == " " and behind != next_) and next_[0] != "(")


def _ends(mark: str, *, spaced: bool) -> bool:
    """Whether a clause ends with this character; a dash, a wave or a slash does between spaces."""
    if mark in _ENDS:
        return True
    if mark in _FENCES:
        return spaced
    return mark > "\x7f" and mark not in _SIGNS and not mark.isalnum()


def _alone(open_: str, mark: str, next_: str) -> float:
    """A number between two ends of a clause."""
    data = toml("ages.toml")["bare"]
    before = _WORD.findall(open_)[-3:]
    after = _WORD.findall(next_[1:] if next_[:1] not in "\n" else "")[:2]
    goes_on = next_[:1] not in _STOPS
    if (mark not in _STOPS and before and before[-1][-1].isdigit()) or (goes_on and after and after[0][0].isdigit()):
        return 0.0  # one of several numbers, or the day of a date
    if mark not in _STOPS and not _streets().isdisjoint(map(str.lower, before)):
        return 0.0
    if goes_on and not _describing().isdisjoint(map(str.lower, after)):
        return float(data["described"])
    if mark in ".!?\n;":
        return 0.0
    if not _describing().isdisjoint(map(str.lower, before[-2:])):
        return float(data["described"])
    return float(data["named"]) if _person(before, open_) else 0.0


def _person(words: list[str], front: str) -> bool:
    """Whether the words end in a given name, or in one and a family name, in front of a mark that ends a clause."""
    if not words or not words[-1][0].isupper():
        return False
    if not front[:-1].rstrip(" \t").endswith(words[-1]):
        return False
    family = len(words) > 1 and words[-2][0].isupper() and f"{words[-2]} {words[-1]}" in front
    return _given(words[-1]) or (family and _given(words[-2]))


def _joined(front: str, behind: str, next_: str, *, heading: bool) -> float:
    """A number with a word right in front: a given name, or `of` behind a word for a person."""
    data = toml("ages.toml")["bare"]
    words = _WORD.findall(front)[-3:]
    if not words or not front.endswith(words[-1]):
        return 0.0
    closed = _closed(behind, next_) or (next_[:1] == "(")
    after = _WORD.findall(next_)[:2]
    described = not _describing().isdisjoint(map(str.lower, after))
    if words[-1].lower() in data["of"]:
        people = not _people().isdisjoint(map(str.lower, words[:-1]))
        return float(data["described"]) if people and (closed or described) else 0.0
    if not words[-1][0].isupper() or not _given(words[-1]) or not _streets().isdisjoint(map(str.lower, words)):
        return 0.0
    if closed and after and after[0][0].isdigit():
        return 0.0
    place = heading and bool(after) and after[0][0].isupper()
    return float(data["named"]) if closed or described or place else 0.0


def trigger() -> str:
    """An RE2 pattern of every text in which `sure` could be above 0."""
    data = toml("ages.toml")["bare"]
    of, suffix = choice(data["of"]), choice(data["suffix"])
    alone = rf"(?:^|[ \t\n(;!?|*]|[^\x00-\x7f])[1-9][0-9](?: ?{suffix})?[ \t]*(?:$|[^ -~]|[{re.escape(_ENDS)}]|[-~/] )"
    return rf"{alone}|(?:(?-i:[A-Z]|[^\x00-\x7f])[^ ]+| {of}) [1-9][0-9] "


def _given(word: str) -> bool:
    return word.lower() not in _no_names() and given(word)


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(rf"^ ?{choice(toml('ages.toml')['bare']['suffix'])}(?![^\W_])")


@cache
def _describing() -> frozenset[str]:
    return _people() | frozenset(toml("ages.toml")["bare"]["traits"])


@cache
def _people() -> frozenset[str]:
    return frozenset(toml("ages.toml")["bare"]["people"])


@cache
def _streets() -> frozenset[str]:
    return frozenset(toml("ages.toml")["bare"]["streets"])


@cache
def _no_names() -> frozenset[str]:
    return frozenset(toml("ages.toml")["bare"]["no_names"])

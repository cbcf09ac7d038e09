"""Platforms on which people are reached by name: how a name, a cue and a link of each is written."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from undertow.extract.datafiles import toml
from undertow.extract.patterns import choice

_NOT = frozenset({"links", "words"})
TOUCHING = r"[^\W_]"  # a letter or digit: a cue that touches one is part of another word


class Platform(NamedTuple):
    """A platform, what a name on it looks like, and what in its links is no name."""

    name: str
    grammar: re.Pattern[str]
    not_names: frozenset[str]


@cache
def platforms() -> Mapping[str, Platform]:
    """Every platform by name."""
    return {
        name: Platform(name, re.compile(entry["name"]), frozenset(entry["not_names"]))
        for name, entry in toml("platforms.toml").items()
        if name not in _NOT
    }


@cache
def cues() -> Mapping[str, tuple[str, bool]]:
    """What platforms are called: the platform, and whether the word has other meanings too."""
    named: dict[str, tuple[str, bool]] = {}
    for name, entry in toml("platforms.toml").items():
        if name not in _NOT:
            named |= dict.fromkeys((*entry["cues"], *entry.get("short", ())), (name, False))
            named |= dict.fromkeys(entry["loose"], (name, True))
    return named


@cache
def links() -> Mapping[str, tuple[str, str]]:
    """Beginnings of links: what follows (`name`, `phone` or `invitation`) and on which platform."""
    known = toml("platforms.toml")
    starts = {host: ("name", name) for name, entry in known.items() if name not in _NOT for host in entry["hosts"]}
    starts |= {host: ("phone", name) for host, name in known["links"]["phones"].items()}
    return starts | {host: ("invitation", name) for host, name in known["links"]["invitations"].items()}


@cache
def not_names() -> frozenset[str]:
    """Words that stand where a name could and are none."""
    return frozenset(toml("platforms.toml")["words"]["not_names"])


@cache
def spoken(said: str) -> str:
    """The cue or link that a text means, which may leave its space out ("tik tok", "tiktok")."""
    known = {word.replace(" ", ""): word for word in (*cues(), *links())}
    return known.get(said.replace(" ", ""), "")


def cue_pattern(*, loose: bool | None = None) -> str:
    """A regular expression of what platforms are called: all of it, only the loose words, or only the others."""
    chosen = [word for word, (_, is_loose) in cues().items() if loose is None or loose == is_loose]
    return any_of(chosen)


def any_of(words: Iterable[str]) -> str:
    """A regular expression of any of the words, the longer before the shorter; Chinese stands without spaces."""
    return choice(words).replace(r"\ ", " ?")

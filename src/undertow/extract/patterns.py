"""Patterns made from word lists."""

import re
from collections.abc import Iterable


def choice(words: Iterable[str]) -> str:
    """A pattern of one of these words, longest first, grouped by first letter: the engine skips a group at a glance."""
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items())) + ")"

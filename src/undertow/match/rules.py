"""When two texts are of one template: the numbers, kept as data."""

from functools import cache
from typing import NamedTuple

from undertow.match.folds import read


class Rule(NamedTuple):
    """Two texts are of one template if enough of them agrees in order (longest common subsequence).

    Of n words at least `share` n + `base` must agree; n leans by `lean` from the longer text (0) to the shorter (1).
    Where the shorter text has fewer than `short` words, letters are compared in place of words, by `short_share`,
    `short_base` and `short_lean`. Two texts that each recur word for word must agree in `firm` of the longer one (in
    `often_firm`, where each recurs `often`; of letters in `short_firm`), since each stands on its own, unless they
    differ only where at least `variants` texts hold different things: that is a slot. A group is split where at least
    `part` of its texts are closer, by `gap`, to one of themselves than that one is to the centre.
    """

    share: float
    base: float
    lean: float
    short: int
    short_share: float
    short_base: float
    short_lean: float
    firm: float
    often: int
    often_firm: float
    short_firm: float
    variants: int
    gap: float
    part: int


class Frame(NamedTuple):
    """When short texts that differ in one place only are of one template: that place is a slot.

    Texts of fewer than `below` words, of which at least `constants` and `share` are the same in all, before and after
    the slot; at most `longest` words in it, of which at least `fillings` are known: `many`, where there are fewer than
    `enough` constants, or the slot is a word at an end of the text. At least `words` of the constants are words; the
    others are numbers and links.
    """

    below: int
    constants: int
    share: float
    longest: int
    fillings: int
    enough: int
    many: int
    words: int


@cache
def rule(name: str) -> Rule:
    """The rule `pair` (two texts of one bucket) or `centre` (a text and the centre of its group)."""
    return Rule(**read("rules")[name])


@cache
def frame() -> Frame:
    """The rule by which short texts are of one template."""
    return Frame(**read("rules")["frame"])

"""Texts from rules: choosing among alternatives makes a template, filling the template's slots makes a text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import NamedTuple

from undertow.errors import UserError

_TOKEN = re.compile(r"<([a-z_0-9]+)>|\{([a-z_0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a text that is filled anew for every post."""

    name: str


class Branch(NamedTuple):
    """A rule with the alternative that was chosen for it, and what it comes to: `literals` around `slots`."""

    rule: str
    parts: "tuple[str | Slot | Branch, ...]"
    literals: tuple[str, ...]
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A text with slots: `literals` stand before, between and behind `slots`, so there is one more of them."""

    branch: Branch

    @property
    def literals(self) -> tuple[str, ...]:
        """What stands there always."""
        return self.branch.literals

    @property
    def slots(self) -> tuple[str, ...]:
        """What is filled anew for every post."""
        return self.branch.slots

    def differs_from(self, other: "Template") -> float:
        """The share of the sentences of either text that the other does not have."""
        mine, theirs = ({part for part in text.branch.parts if isinstance(part, Branch)} for text in (self, other))
        return 1 - len(mine & theirs) / max(1, len(mine), len(theirs))


@dataclass(frozen=True, slots=True)
class Reference:
    """A rule named in an alternative."""

    rule: str


Way = Sequence[str | Slot | Reference]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of one genre in one language; an alternative that names no other rule is a branch already."""

    rules: Mapping[str, Sequence[Branch | Way]]

    def template(self, rule: str, chance: Random) -> Template:
        """One way to say `rule`."""
        return Template(self._branch(rule, chance.random))

    def drifted(self, template: Template, chance: Random) -> Template:
        """The same text with one of its sentences said anew."""
        branch = template.branch
        places = [place for place, part in enumerate(branch.parts) if isinstance(part, Branch)]
        if not places:
            return template
        place = places[int(chance.random() * len(places))]
        told = branch.parts[place]
        assert isinstance(told, Branch)
        parts = (*branch.parts[:place], self._branch(told.rule, chance.random), *branch.parts[place + 1 :])
        return Template(_joined(branch.rule, parts))

    def _branch(self, rule: str, draw: Callable[[], float]) -> Branch:
        ways = self.rules[rule]
        chosen = ways[int(draw() * len(ways))]
        if isinstance(chosen, Branch):
            return chosen
        return _joined(
            rule, tuple([self._branch(part.rule, draw) if isinstance(part, Reference) else part for part in chosen])
        )


def parse(rules: Mapping[str, Sequence[str]], where: str) -> Grammar:
    """A grammar from its data; raises `UserError` where a rule names one that is not there, or itself."""
    read = {rule: [_read(rule, way) for way in ways] for rule, ways in rules.items()}
    sound = set[str]()
    for rule in read:
        _check(rule, read, (), sound, where)
    return Grammar(read)


@cache
def _read(rule: str, way: str) -> Branch | Way:
    """The branch that an alternative always makes; its parts where another rule has to be drawn."""
    every = tuple(_tokens(way))
    parts = tuple(part for part in every if not isinstance(part, Reference))
    return _joined(rule, parts) if len(parts) == len(every) else every


def _tokens(way: str) -> Iterator[str | Slot | Reference]:
    place = 0
    for hit in _TOKEN.finditer(way):
        if hit.start() > place:
            yield way[place : hit.start()]
        yield Reference(hit[1]) if hit[1] else Slot(hit[2])
        place = hit.end()
    if place < len(way):
        yield way[place:]


def _check(
    rule: str, rules: Mapping[str, Sequence[Branch | Way]], above: tuple[str, ...], sound: set[str], where: str
) -> None:
    """Follows a rule to its ends; `sound` are rules that were followed before, and is added to."""
    if rule in above or not rules.get(rule):
        what = "leads to itself" if rule in above else "is not there"
        raise UserError(f"{where}: the rule {rule} {what}", hint=f"it is named by {' > '.join(above) or 'the texts'}")
    if rule in sound:
        return
    for way in rules[rule]:
        for part in () if isinstance(way, Branch) else way:
            if isinstance(part, Reference):
                _check(part.rule, rules, (*above, rule), sound, where)
    sound.add(rule)


def _joined(rule: str, parts: tuple[str | Slot | Branch, ...]) -> Branch:
    literals, slots, last = list[str](), list[str](), ""
    for part in parts:
        if isinstance(part, str):
            last += part
        elif isinstance(part, Slot):
            literals.append(last)
            slots.append(part.name)
            last = ""
        elif part.slots:
            literals.append(last + part.literals[0])
            literals += part.literals[1:-1]
            slots += part.slots
            last = part.literals[-1]
        else:
            last += part.literals[0]
    return Branch(rule, parts, (*literals, last), tuple(slots))

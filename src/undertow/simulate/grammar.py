"""Texts from rules: choosing among alternatives makes a template, filling the template's slots makes a text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from undertow.errors import UserError

_TOKEN = re.compile(r"<([a-z_0-9]+)>|\{([a-z_0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a text that is filled anew for every post."""

    name: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A rule with the alternative that was chosen for it."""

    rule: str
    parts: "tuple[str | Slot | Branch, ...]"


@dataclass(frozen=True, slots=True)
class Template:
    """A text with slots: `literals` stand before, between and behind `slots`, so there is one more of them."""

    branch: Branch
    literals: tuple[str, ...]
    slots: tuple[str, ...]

    def differs_from(self, other: "Template") -> float:
        """The share of the sentences of either text that the other does not have."""
        mine, theirs = ({part for part in text.branch.parts if isinstance(part, Branch)} for text in (self, other))
        return 1 - len(mine & theirs) / max(1, len(mine), len(theirs))


@dataclass(frozen=True, slots=True)
class Reference:
    """A rule named in an alternative."""

    rule: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of one genre in one language."""

    rules: Mapping[str, Sequence[Sequence[str | Slot | Reference]]]

    def template(self, rule: str, chance: Random) -> Template:
        """One way to say `rule`."""
        return _flat(self._branch(rule, chance))

    def drifted(self, template: Template, chance: Random) -> Template:
        """The same text with one of its sentences said anew."""
        branch = template.branch
        places = [place for place, part in enumerate(branch.parts) if isinstance(part, Branch)]
        if not places:
            return template
        place = places[int(chance.random() * len(places))]
        told = branch.parts[place]
        assert isinstance(told, Branch)
        parts = (*branch.parts[:place], self._branch(told.rule, chance), *branch.parts[place + 1 :])
        return _flat(Branch(branch.rule, parts))

    def _branch(self, rule: str, chance: Random) -> Branch:
        ways = self.rules[rule]
        chosen = ways[int(chance.random() * len(ways))]
        return Branch(
            rule, tuple(self._branch(part.rule, chance) if isinstance(part, Reference) else part for part in chosen)
        )


def parse(rules: Mapping[str, Sequence[str]], where: str) -> Grammar:
    """A grammar from its data; raises `UserError` where a rule names one that is not there, or itself."""
    read = {rule: [tuple(_tokens(way)) for way in ways] for rule, ways in rules.items()}
    for rule in read:
        _check(rule, read, (), where)
    return Grammar(read)


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
    rule: str, rules: Mapping[str, Sequence[Sequence[str | Slot | Reference]]], above: tuple[str, ...], where: str
) -> None:
    if rule in above or not rules.get(rule):
        what = "leads to itself" if rule in above else "is not there"
        raise UserError(f"{where}: the rule {rule} {what}", hint=f"it is named by {' > '.join(above) or 'the texts'}")
    for way in rules[rule]:
        for part in way:
            if isinstance(part, Reference):
                _check(part.rule, rules, (*above, rule), where)


def _flat(branch: Branch) -> Template:
    literals, slots = [""], list[str]()
    for part in _leaves(branch):
        if isinstance(part, Slot):
            slots.append(part.name)
            literals.append("")
        else:
            literals[-1] += part
    return Template(branch, tuple(literals), tuple(slots))


def _leaves(branch: Branch) -> Iterator[str | Slot]:
    for part in branch.parts:
        if isinstance(part, Branch):
            yield from _leaves(part)
        else:
            yield part

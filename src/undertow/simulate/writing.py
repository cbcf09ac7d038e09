"""Filling a template: every slot gets what the writer has to say, and what a perfect reader would find there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from undertow.simulate import disguise
from undertow.simulate.datafiles import toml
from undertow.simulate.drafts import Span
from undertow.simulate.family import Family, Town
from undertow.simulate.grammar import Template
from undertow.simulate.phones import Phone


class Fill(NamedTuple):
    """What is written, and the value in it, if any."""

    written: str
    kind: str = ""
    value: str = ""
    disguise: str = "plain"


@dataclass(slots=True)
class Contact:
    """How somebody can be reached; what he does not have, his texts cannot name."""

    phone: Phone | None = None
    second: Phone | None = None
    handles: dict[str, str] = field(default_factory=dict)  # by platform
    email: str = ""
    url: str = ""
    wallet: str = ""


@dataclass(slots=True)
class Moment:
    """What a text is written about: who is offered, where, for how much, and how much the writer hides."""

    contact: Contact
    name: str
    name2: str
    age: int
    town: Town
    town2: Town
    language: str
    firm: str = ""
    licence: str = ""
    job: str = ""
    prices: tuple[int, int] = (100, 180)
    wage: int = 2000
    fee: int = 100
    currency: str = "USD"
    wage_currency: str = "USD"
    country: str = ""
    hidden: float = 0.0  # chance that a number is disguised
    sloppy: float = 0.0  # chance of a typing error
    abroad: bool = False  # whether it is read in other countries too, so that numbers need their country's code


@dataclass(slots=True)
class Writer:
    """Writes texts of one family with one source of chance."""

    family: Family
    chance: Random

    def write(self, template: Template, moment: Moment, column: str) -> tuple[str, list[Span]]:
        """The text, and the values that stand in it."""
        literals = self._mistyped(template.literals) if self.chance.random() < moment.sloppy else template.literals
        pieces, spans, place = [literals[0]], list[Span](), len(literals[0])
        for slot, literal in zip(template.slots, literals[1:], strict=True):
            written, kind, value, way = _WAYS[slot](self, moment)
            end = place + len(written)
            if kind:
                spans.append(Span(column, kind, value, place, end, way))
            pieces += (written, literal)
            place = end + len(literal)
        return "".join(pieces), spans

    def pick(self, some: Sequence[str]) -> str:
        """One of several, all equally likely."""
        return some[int(self.chance.random() * len(some))]

    def _mistyped(self, literals: tuple[str, ...]) -> tuple[str, ...]:
        """One letter of a longer piece is doubled, dropped or swapped with the next; never at its ends."""
        long = [place for place, text in enumerate(literals) if len(text) > 8]
        if not long:
            return literals
        which = long[int(self.chance.random() * len(long))]
        text = literals[which]
        at = 2 + int(self.chance.random() * (len(text) - 5))
        if not (text[at].isalpha() and text[at + 1].isalpha()):
            return literals
        draw = self.chance.random()
        made = text[at] * 2 + text[at + 1] if draw < 0.3 else text[at] if draw < 0.6 else text[at + 1] + text[at]
        return (*literals[:which], text[:at] + made + text[at + 2 :], *literals[which + 1 :])

    def number(self, phone: Phone | None, moment: Moment) -> Fill:
        """A telephone number as the writer writes it; without one, a word that asks for a message."""
        if phone is None:
            return Fill(INSTEAD[moment.language])
        way = self.pick(disguise.HIDDEN) if self.chance.random() < moment.hidden else "plain"
        shown = phone.abroad if moment.abroad else phone
        return Fill(disguise.WAYS[way](shown, moment.language, self.chance), "phone", phone.e164, way)

    def handle(self, platform: str, moment: Moment) -> Fill:
        """A name on a platform, with or without its sign."""
        held = moment.contact.handles.get(platform)
        if held is None:
            return Fill(INSTEAD[moment.language])
        return Fill(f"@{held}", "handle", f"{platform}:{held}")

    def money(self, amount: int, currency: str) -> Fill:
        """An amount in one of the ways that its currency is written."""
        about = toml("writing.toml")["money"][currency]
        shown = f"{amount:,}".replace(",", about["parted"]) if self.chance.random() < 0.7 else str(amount)
        return Fill(self.pick(about["forms"]).replace("{n}", shown), "price", f"{amount} {currency}")


INSTEAD = {
    "en": "message me here",
    "es": "mensaje aquí",
    "tl": "message lang dito",
    "ro": "mesaj aici",
    "ru": "пишите сюда",
}
"""What stands where a text asks for a contact that the writer does not have, by language."""


def _town(town: Town) -> Fill:
    return Fill(town.name, "place", f"{town.name}, {town.country}")


def _mine(list_: str) -> Callable[[Writer, Moment], Fill]:
    return lambda writer, moment: Fill(writer.pick(getattr(writer.family.names[moment.language], list_)))


def _or_here(value: str, kind: str, moment: Moment) -> Fill:
    return Fill(value, kind, value) if value else Fill(INSTEAD[moment.language])


_WAYS: Mapping[str, Callable[[Writer, Moment], Fill]] = {
    "name": lambda _, moment: Fill(moment.name),
    "name2": lambda _, moment: Fill(moment.name2),
    "age": lambda _, moment: Fill(str(moment.age), "age", str(moment.age)),
    "price": lambda writer, moment: writer.money(moment.prices[0], moment.currency),
    "price2": lambda writer, moment: writer.money(moment.prices[1], moment.currency),
    "wage": lambda writer, moment: writer.money(moment.wage, moment.wage_currency),
    "fee": lambda writer, moment: writer.money(moment.fee, moment.currency),
    "phone": lambda writer, moment: writer.number(moment.contact.phone, moment),
    "phone2": lambda writer, moment: writer.number(moment.contact.second or moment.contact.phone, moment),
    "whatsapp": lambda writer, moment: writer.number(moment.contact.phone, moment),
    "viber": lambda writer, moment: writer.number(moment.contact.phone, moment),
    "town": lambda _, moment: _town(moment.town),
    "town2": lambda _, moment: _town(moment.town2),
    "area": _mine("areas"),
    "telegram": lambda writer, moment: writer.handle("telegram", moment),
    "instagram": lambda writer, moment: writer.handle("instagram", moment),
    "facebook": lambda writer, moment: writer.handle("facebook", moment),
    "line": lambda writer, moment: writer.handle("line", moment),
    "email": lambda _, moment: _or_here(moment.contact.email, "email", moment),
    "url": lambda _, moment: _or_here(moment.contact.url, "domain", moment),
    "wallet": lambda _, moment: _or_here(moment.contact.wallet, "wallet", moment),
    "time": _mine("times"),
    "date": lambda writer, moment: Fill(
        f"{1 + int(writer.chance.random() * 28)} {writer.pick(writer.family.names[moment.language].months)}"
    ),
    "firm": lambda _, moment: Fill(moment.firm or moment.name),
    "job": lambda writer, moment: Fill(moment.job or writer.pick(writer.family.names[moment.language].jobs)),
    "licence": lambda _, moment: Fill(moment.licence or "no number yet"),
    "hours": lambda writer, _: Fill(str(2 + int(writer.chance.random() * 10))),
    "country": lambda _, moment: Fill(moment.country or moment.town.name),
}

SLOTS = frozenset(_WAYS)

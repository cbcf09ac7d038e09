"""Filling a template: every slot gets what the writer has to say, and what a perfect reader would find there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import NamedTuple

from undertow.simulate import disguise
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


@cache
def _said(written: str, kind: str = "", value: str = "") -> Fill:
    """A small word of a family, made once: most slots are filled from short lists."""
    return Fill(written, kind, value)


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
        writing = self.family.writing
        way = self.pick(writing["habits"]["hidden"]) if self.chance.random() < moment.hidden else "plain"
        shown = phone.abroad if moment.abroad else phone
        hand = disguise.Hand(moment.language, writing)
        return Fill(disguise.WAYS[way](shown, hand, self.chance), "phone", phone.e164, way)

    def whatsapp(self, moment: Moment) -> Fill:
        """A number for a chat: as a number, or in the address that opens the chat."""
        phone, share = moment.contact.phone, self.family.writing["habits"]["linked"]
        if phone is None or not share or self.chance.random() >= share:
            return self.number(phone, moment)
        return Fill(f"wa.me/{phone.e164[1:]}", "phone", phone.e164, "in an address")

    def handle(self, platform: str, moment: Moment) -> Fill:
        """A name on a platform, with or without its sign."""
        held = moment.contact.handles.get(platform)
        if held is None:
            return Fill(INSTEAD[moment.language])
        written = self._one(self.family.writing["handles"][platform]).replace("{h}", held)
        return Fill(written, "handle", f"{platform}:{held}")

    def money(self, amount: int, currency: str, language: str) -> Fill:
        """An amount in one of the ways that its currency is written, by people of the language."""
        about = self.family.writing["money"][currency]
        if "short" in about and amount >= 1000 and amount % 100 == 0 and self.chance.random() < _SHORT:
            forms, shown = about["short"], f"{amount / 1000:g}".replace(".", "." if about["parted"] == "," else ",")
        else:
            shown = f"{amount:,}".replace(",", about["parted"]) if self.chance.random() < 0.7 else str(amount)
            forms = about["forms"] + about.get("said", {}).get(language, [])
        return Fill(self.pick(forms).replace("{n}", shown), "price", f"{amount} {currency}")

    def place(self, town: Town) -> Fill:
        """A town, in the letters that people take for it."""
        way = self._one(self.family.writing["habits"]["places"])
        return _place(town, way)

    def date(self, language: str) -> Fill:
        """Some day of some month."""
        day, months = 1 + int(self.chance.random() * 28), self.family.names[language].months
        which = int(self.chance.random() * len(months))
        form = self._one(self.family.writing["dates"][language])
        made = form.replace("{d}", str(day)).replace("{month}", months[which]).replace("{m}", str(which + 1))
        return Fill(made)

    def _one(self, some: Sequence[str]) -> str:
        """One of several; nothing is drawn where there is no choice."""
        return some[0] if len(some) == 1 else self.pick(some)


_SHORT = 0.3  # of even thousands, that are counted in thousands
_LETTERS: Mapping[str, Callable[[str], str]] = {"as it is": str, "small letters": str.lower, "capitals": str.upper}


INSTEAD = {
    "en": "message me here",
    "es": "mensaje aquí",
    "tl": "message lang dito",
    "ro": "mesaj aici",
    "ru": "пишите сюда",
}
"""What stands where a text asks for a contact that the writer does not have, by language."""


@cache
def _place(town: Town, way: str) -> Fill:
    return Fill(_LETTERS[way](town.name), "place", f"{town.name}, {town.country}")


def _mine(list_: str) -> Callable[[Writer, Moment], Fill]:
    return lambda writer, moment: _said(writer.pick(getattr(writer.family.names[moment.language], list_)))


def _or_here(value: str, kind: str, moment: Moment) -> Fill:
    return Fill(value, kind, value) if value else Fill(INSTEAD[moment.language])


_WAYS: Mapping[str, Callable[[Writer, Moment], Fill]] = {
    "name": lambda _, moment: _said(moment.name),
    "name2": lambda _, moment: _said(moment.name2),
    "age": lambda _, moment: _said(str(moment.age), "age", str(moment.age)),
    "price": lambda writer, moment: writer.money(moment.prices[0], moment.currency, moment.language),
    "price2": lambda writer, moment: writer.money(moment.prices[1], moment.currency, moment.language),
    "wage": lambda writer, moment: writer.money(moment.wage, moment.wage_currency, moment.language),
    "fee": lambda writer, moment: writer.money(moment.fee, moment.currency, moment.language),
    "phone": lambda writer, moment: writer.number(moment.contact.phone, moment),
    "phone2": lambda writer, moment: writer.number(moment.contact.second or moment.contact.phone, moment),
    "whatsapp": lambda writer, moment: writer.whatsapp(moment),
    "viber": lambda writer, moment: writer.number(moment.contact.phone, moment),
    "town": lambda writer, moment: writer.place(moment.town),
    "town2": lambda writer, moment: writer.place(moment.town2),
    "area": _mine("areas"),
    "telegram": lambda writer, moment: writer.handle("telegram", moment),
    "instagram": lambda writer, moment: writer.handle("instagram", moment),
    "facebook": lambda writer, moment: writer.handle("facebook", moment),
    "line": lambda writer, moment: writer.handle("line", moment),
    "email": lambda _, moment: _or_here(moment.contact.email, "email", moment),
    "url": lambda _, moment: _or_here(moment.contact.url, "domain", moment),
    "wallet": lambda _, moment: _or_here(moment.contact.wallet, "wallet", moment),
    "time": _mine("times"),
    "date": lambda writer, moment: writer.date(moment.language),
    "firm": lambda _, moment: Fill(moment.firm or moment.name),
    "job": lambda writer, moment: _said(moment.job or writer.pick(writer.family.names[moment.language].jobs)),
    "licence": lambda _, moment: Fill(moment.licence or "no number yet"),
    "hours": lambda writer, _: _said(str(2 + int(writer.chance.random() * 10))),
    "country": lambda _, moment: Fill(moment.country or moment.town.name),
}

SLOTS = frozenset(_WAYS)

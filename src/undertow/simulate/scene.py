"""The stage of one shard of a world: its chance, its people, its clock, and what actors need to leave records there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from typing import Any

from undertow.ids import digest
from undertow.simulate import phones, wallets
from undertow.simulate.datafiles import toml
from undertow.simulate.drafts import Draft, Span, Who
from undertow.simulate.family import Family, Names, Site, Town
from undertow.simulate.grammar import Template
from undertow.simulate.phones import Phone
from undertow.simulate.writing import Contact, Moment, Writer

DAY = 86_400
_STILL_THE_SAME = 0.34  # share of a text's sentences that may be new
ACTORS = 1_000_000  # ids of a shard begin at its number times this


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with its heading, from one pen; `template` is its name in the truth, `first` what first had it."""

    template: str
    genre: str
    language: str
    title: Template | None
    text: Template
    first: Template


@dataclass(frozen=True, slots=True)
class Broker:
    """Somebody who serves several networks, by the number that they all give."""

    who: Who
    contact: Contact
    serves: list[str]  # networks


@dataclass(slots=True)
class Scene:
    """One shard: nothing in it meets anything of another shard."""

    family: Family
    chance: Random
    careful: float
    shard: int
    shards: int
    writer: Writer = field(init=False)
    brokers: list[Broker] = field(default_factory=list)
    wordings: dict[str, list[Wording]] = field(default_factory=dict)  # of spam by language, for those who hide in it
    pictures: int = 0  # how many more may be drawn
    legs: list[tuple[str, str, int, str, str, float]] = field(default_factory=list)  # as in the truth's routes
    _phones: dict[str, Iterator[Phone]] = field(init=False)
    _numbers: "count[int]" = field(init=False)

    def __post_init__(self) -> None:
        self.writer = Writer(self.family, self.chance)
        self._phones = {country: phones.numbers(country, self.shard, self.shards) for country in phones.countries()}
        self._numbers = count(self.shard * ACTORS)

    # --- chance
    def habit(self, sort: str, name: str) -> Any:
        """A number of the family's habits: a share, or a range drawn from."""
        return self.family.habits[sort][name]

    def between(self, sort: str, name: str) -> int:
        """A whole number from a range of the family's habits, small ones likelier than large ones."""
        low, high = self.habit(sort, name)
        return int(low + (high + 1 - low) * self.chance.random() ** 1.6)

    def happens(self, share: float) -> bool:
        """Whether something of this chance happens."""
        return self.chance.random() < share

    def pick(self, some: Sequence[Any]) -> Any:
        """One of several."""
        return some[int(self.chance.random() * len(some))]

    def number(self) -> int:
        """A number that nothing else in the world has."""
        return next(self._numbers)

    # --- people
    def who(self, sort: str, role: str, network: str = "", careful: float = 0.0) -> Who:
        """A new person; without a network he is one of his own."""
        person = f"{role.replace(' ', '-')}-{self.number()}"
        return Who(person, network or person, sort, role, careful)

    def language(self) -> str:
        """A language, as often as the family speaks it."""
        draw, languages = self.chance.random(), self.family.languages
        for language, share in languages.items():
            draw -= share
            if draw < 0:
                return language
        return next(iter(languages))

    def town(self, country: str = "") -> Town:
        """A town, of any country that has some."""
        town: Town = self.pick(self.family.towns[country or self.pick(tuple(self.family.towns))])
        return town

    def names(self, language: str) -> Names:
        """The names of a language."""
        return self.family.names[language]

    def firm(self, language: str) -> str:
        """An invented name of a firm."""
        names = self.names(language)
        ends = ("Ltd", "Group", "Services", "Partners", "& Co", "House", "Works", "Agency")
        return f"{self.pick(names.last)}{self.pick(names.last).lower()} {self.pick(ends)}"

    def handle(self, language: str) -> str:
        """A name for an account that nobody else has."""
        small = self.names(language).handles
        return f"{self.pick(small)}{self.pick(('_', '.', ''))}{self.pick(small)}{self.number() % 100_000}".lower()

    def phone(self, country: str) -> Phone | None:
        """A number of the country that nobody else has; None once the reserved ranges are used up."""
        return next(self._phones[country], None)

    def contact(self, country: str, language: str, *, site: bool = False) -> Contact:
        """A way to reach somebody: a number, a name on each chat, an address; a site of his own where asked."""
        handle = self.handle(language)
        word = handle.replace("_", "-").replace(".", "-")
        return Contact(
            phone=self.phone(country),
            handles={
                "telegram": handle.replace(".", "_"),
                "instagram": handle,
                "facebook": handle.replace("_", "."),
                "line": word.replace("-", ""),
            },
            email=f"{handle}@{self.pick(('post', 'mail', 'inbox', 'letters'))}.example",
            url=f"{word}.example" if site else "",
        )

    def wallet(self) -> str:
        """A wallet that nobody else has."""
        return wallets.wallet(f"{self.family.name} {self.chance.getrandbits(64)} {self.number()}")

    def asks_for_crypto(self, draft: Draft, wallet: str, habit: str) -> None:
        """Adds a line with the wallet to a post, as often as `data/crypto.toml` says; none where there is no wallet."""
        habits = toml("crypto.toml")
        if wallet and self.happens(habits[habit]):
            draft.add(self.pick(habits["lines"][draft.language]), "wallet", wallet)

    def moment(self, contact: Contact, town: Town, language: str) -> Moment:
        """Something to write about, with names and prices of the place."""
        first, draw = self.family.names[language].first, self.chance.random
        hour = 20 * int(3 + draw() * 9)
        return Moment(
            contact=contact,
            name=first[int(draw() * len(first))],
            name2=first[int(draw() * len(first))],
            age=19 + int(draw() ** 1.5 * 24),
            town=town,
            town2=self.town(town.country),
            language=language,
            prices=(hour, hour + 20 * int(1 + draw() * 8)),
            wage=100 * int(14 + draw() * 22),
            fee=10 * int(2 + draw() * 30),
            currency=town.currency,
            wage_currency=town.currency,
            sloppy=self.habit("everybody", "sloppy"),
        )

    # --- texts
    def wording(self, genre: str, language: str) -> Wording:
        """A new text of a genre, with a heading where the genre has one."""
        grammar = self.family.grammar(genre, language)
        title = grammar.template("title", self.chance) if "title" in grammar.rules else None
        text = grammar.template("text", self.chance)
        return Wording(_name(text), genre, language, title, text, text)

    def drifted(self, wording: Wording) -> Wording:
        """The same text, one sentence of it said anew; once more than a third is new, it is another template."""
        grammar = self.family.grammar(wording.genre, wording.language)
        text = grammar.drifted(wording.text, self.chance)
        if text.differs_from(wording.first) > _STILL_THE_SAME:
            return replace(wording, template=_name(text), text=text, first=text)
        return replace(wording, text=text)

    # --- time
    def instants(self, number: int, *, days: int, night: float = 0.3, zone: int = 0) -> list[float]:
        """`number` times in order, within `days` of a random day; `night` is the share in the evening and at night."""
        chance = self.chance
        days = min(days, self.family.days)
        first = self.family.begins + int(chance.random() * (self.family.days - days + 1)) * DAY
        made = []
        for _ in range(number):
            day = int(chance.random() * days)
            if chance.random() < night:
                weekday = (first // DAY + day + 3) % 7  # 1 January 1970 was a Thursday
                if weekday < 4 and chance.random() < 0.4:
                    day = min(days - 1, day + 4 - weekday)
                hour = 18 + 10 * chance.random()
            else:
                hour = 7 + 14 * chance.random()
            made.append(first + day * DAY + (hour - zone) * 3600)
        made.sort()
        return made

    # --- records
    def post(self, who: Who, site: Site, at: float, *, account: str, wording: Wording, moment: Moment) -> Draft:
        """What somebody posts."""
        spans: list[Span] = []
        moment.abroad = site.far
        fields = {"account": account, "url": f"https://{site.name}/{wording.genre[0]}/{self.number()}"}
        if wording.title is not None:
            fields["title"], spans = self.writer.write(wording.title, moment, "title")
        fields["text"], more = self.writer.write(wording.text, moment, "text")
        fields["place_text"] = moment.town.name
        return Draft(
            table="posts",
            site=site.name,
            at=at,
            who=who,
            fields=fields,
            spans=spans + more,
            template=wording.template,
            language=wording.language,
            country=moment.town.country,
        )

    def account(self, site: Site, who: Who, handle: str, contact: Contact, made: tuple[float, str]) -> Draft:
        """An account as the site keeps it; `made` is when and on which device."""
        at, device = made
        ip = f"203.0.113.{int(self.chance.random() * 254)}"  # reserved for documentation: RFC 5737
        phone = contact.phone.e164 if contact.phone else ""
        fields = {"handle": handle, "phone": phone, "email": contact.email, "device": device, "ip": ip}
        return Draft("accounts", site.name, at, who, fields, why="signed up")

    def payment(self, who: Who, at: float, parties: tuple[str, str], amount: tuple[float, str], memo: str) -> Draft:
        """A payment from the first party to the second, of an amount in a currency."""
        fields = {"payer": parties[0], "payee": parties[1], "amount": f"{amount[0]:.2f}", "currency": amount[1]}
        (site,) = self.family.sites_for("payments", "")
        return Draft("payments", site.name, at, who, fields | {"text": memo})

    def booking(self, who: Who, people: tuple[str, str], way: tuple[str, str], at: float) -> Draft:
        """A journey of the first of two people, paid by the second."""
        fields = {"traveller": people[0], "payer": people[1], "origin_text": way[0], "destination_text": way[1]}
        (site,) = self.family.sites_for("bookings", "")
        return Draft("bookings", site.name, at, who, fields, why=f"{people[1]} pays for {people[0]}")

    def pictured(self, post: Draft, scenes: Sequence[int]) -> Iterator[Draft]:
        """The picture of a post, one of its writer's few, altered now and then; none once enough are drawn."""
        if self.pictures > 0 and self.happens(self.habit("everybody", "pictured")):
            from undertow.simulate import pictures  # most worlds draw few, or none

            self.pictures -= 1
            way = "as it was" if self.happens(0.5) else self.pick(tuple(pictures.WAYS))
            scene = self.pick(scenes)
            fields = {"scene": str(scene), "way": way, "post": post.fields["url"]}
            yield Draft(
                "pictures", post.site, post.at, post.who, fields, template=f"picture-{scene}", why=f"a picture {way}"
            )

    def leg(self, person: Who, leg: int, way: tuple[str, str], at: float) -> None:
        """Remembers for the truth that somebody was brought from one place to another."""
        self.legs.append((person.network, person.person, leg, *way, at))

    def incident(self, who: Who, at: float, moment: Moment) -> Draft:
        """What another organisation reports about somebody."""
        (site,) = self.family.sites_for("incident", "")
        moment.sloppy = 0.0
        draft = self.post(who, site, at, account="", wording=self.wording("incident", "en"), moment=moment)
        draft.table, draft.template, draft.why = "incidents", "", "somebody reported it"
        return draft

    def memo(self, genre: str, language: str) -> str:
        """What a payment is said to be for."""
        grammar = self.family.grammar(genre, language)
        moment = self.moment(Contact(), self.town(), language)
        return self.writer.write(grammar.template("text", self.chance), moment, "text")[0]

    def mirrored(self, draft: Draft) -> Iterator[Draft]:
        """The same post where other sites copy this one, some hours later."""
        for site in self.family.sites:
            if site.mirrors == draft.site and self.happens(self.habit("everybody", "mirrored")):
                later = draft.at + 3600 * (1 + 20 * self.chance.random())
                fields = draft.fields | {"url": f"https://{site.name}/{self.number()}"}
                why = f"a copy of a post on {draft.site}"
                yield replace(draft, site=site.name, at=later, fields=fields, why=why)


def _name(text: Template) -> str:
    """Of a text in the truth: who writes the same words around the same slots writes the same template."""
    return "t" + digest(*text.literals, *text.slots)

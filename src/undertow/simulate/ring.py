"""A trafficking network as it is: who is in it, how it can be reached as time goes by, and how it covers its tracks."""

from collections.abc import Sequence
from dataclasses import dataclass

from undertow.simulate.datafiles import toml
from undertow.simulate.drafts import Who
from undertow.simulate.family import Town
from undertow.simulate.scene import DAY, Broker, Scene, Wording
from undertow.simulate.writing import Contact

SORT = "trafficking"


@dataclass(frozen=True, slots=True)
class Victim:
    """Somebody who is advertised or moved; `age` as the advertisements say it."""

    who: Who
    name: str
    age: int


@dataclass(frozen=True, slots=True)
class Period:
    """A time in which the network is reached one way, until it changes its number."""

    until: float
    contact: Contact
    accounts: Sequence[str]
    device: str


@dataclass(frozen=True, slots=True)
class Ring:
    """One network. `careful` goes from 0, who never hides, to 1, who leaves no thread from one period to the next."""

    careful: float
    controller: Who
    recruiter: Who
    victims: Sequence[Victim]
    language: str
    home: str  # the language of those whom it recruits
    origin: str
    towns: Sequence[Town]
    begins: float
    ends: float
    periods: Sequence[Period]
    wordings: Sequence[Wording]
    scenes: Sequence[int]  # pictures
    front: str  # the firm in whose name it pays
    bank: str
    brokers: Sequence[Broker]

    @property
    def network(self) -> str:
        """The name of the network in the truth."""
        return self.controller.network

    def period(self, at: float) -> Period:
        """How it is reached at a time."""
        return next((one for one in self.periods if at < one.until), self.periods[-1])

    def town(self, at: float) -> Town:
        """Where it is: it moves on every few days, in a circuit."""
        return self.towns[int((at - self.begins) / DAY / 6) % len(self.towns)]


def gather(scene: Scene) -> Ring:
    """A new network, with as many people and as much care as the family's habits say."""
    careful = min(1.0, max(0.0, scene.careful + 0.5 * (scene.chance.random() + scene.chance.random() - 1)))
    controller = scene.who(SORT, "controller", careful=careful)
    network = controller.network
    country = scene.pick(tuple(scene.family.towns))
    language = scene.language() if scene.happens(0.3) else "en"
    home = scene.pick(("tl", "es", "ro", "ru"))
    towns = [scene.town(country) for _ in range(scene.between(SORT, "towns"))]
    days = scene.between(SORT, "days")
    first = scene.family.begins + int(scene.chance.random() * max(1, scene.family.days - days)) * DAY
    ends = float(first + days * DAY)
    names = scene.names(home if scene.happens(0.5) else language).first
    victims = [
        Victim(scene.who(SORT, "victim", network), scene.pick(names), 18 + int(scene.chance.random() ** 2 * 12))
        for _ in range(scene.between(SORT, "victims"))
    ]
    return Ring(
        careful=careful,
        controller=controller,
        recruiter=scene.who(SORT, "recruiter", network, careful) if scene.happens(0.7) else controller,
        victims=victims,
        language=language,
        home=home,
        origin=scene.pick(tuple(scene.family.origins[home])),
        towns=towns,
        begins=float(first),
        ends=ends,
        periods=_paid_in_crypto(scene, _periods(scene, country, language, (float(first), ends), careful)),
        wordings=[scene.wording("companion_run", language) for _ in range(scene.between(SORT, "templates"))],
        scenes=[scene.number() for _ in range(scene.between(SORT, "victims"))],
        front=scene.firm(language),
        bank=_iban(scene),
        brokers=_served_by(scene, network),
    )


def _periods(scene: Scene, country: str, language: str, life: tuple[float, float], careful: float) -> list[Period]:
    periods: list[Period] = []
    at, last = life
    while at < last:
        length = scene.between(SORT, "phone_days") * (1.4 - 0.8 * careful)
        at = min(last, at + max(4.0, length) * DAY)
        before = periods[-1] if periods else None
        periods.append(_period(scene, (country, language), before, at, careful))
    return periods


def _period(scene: Scene, where: tuple[str, str], before: Period | None, until: float, careful: float) -> Period:
    """The next number; who is careful also takes new accounts, names and devices, all at once or none."""
    contact = scene.contact(*where)
    if before is None or scene.happens(careful * scene.habit(SORT, "clean_break")):
        accounts = [scene.handle(where[1]) for _ in range(scene.between(SORT, "accounts"))]
        return Period(until, contact, accounts, f"dev-{scene.number():x}")
    contact.handles = before.contact.handles
    contact.email = before.contact.email
    if scene.happens(1 - careful):
        contact.second = before.contact.phone
    accounts = [name if scene.happens(0.7) else scene.handle(where[1]) for name in before.accounts]
    if not set(accounts) & set(before.accounts):
        accounts.append(before.accounts[0])
    return Period(until, contact, accounts, before.device)


def _paid_in_crypto(scene: Scene, periods: list[Period]) -> list[Period]:
    """Some networks have a wallet: the same until a clean break, when names and devices change too."""
    if scene.happens(toml("crypto.toml")["networks"]):
        for before, period in zip([None, *periods], periods, strict=False):
            kept = before is not None and before.device == period.device
            period.contact.wallet = before.contact.wallet if before and kept else scene.wallet()
    return periods


def _served_by(scene: Scene, network: str) -> list[Broker]:
    """The brokers of the network: now and then one that others have too."""
    if not scene.happens(scene.habit(SORT, "brokered")):
        return []
    if scene.brokers and len(scene.brokers[-1].serves) < scene.habit(SORT, "networks_a_broker"):
        broker = scene.brokers[-1]
    else:
        broker = _broker(scene)
        scene.brokers.append(broker)
    broker.serves.append(network)
    return [broker]


def _broker(scene: Scene) -> Broker:
    country = scene.town().country
    return Broker(scene.who("broker", "broker"), scene.contact(country, "en"), [])


def _iban(scene: Scene) -> str:
    """A well-formed account of a bank that does not exist."""
    rest = "ZZZZ" + "".join(str(int(scene.chance.random() * 10)) for _ in range(14))
    as_digits = "".join(str(int(sign, 36)) for sign in rest + "GB00")
    return f"GB{98 - int(as_digits) % 97:02}{rest}"

"""What moves through accounts: fees for advertisements, shows, what is taken from who earns it, what kin send home."""

from collections.abc import Iterator

from undertow.simulate.datafiles import toml
from undertow.simulate.drafts import Draft, Who
from undertow.simulate.family import Town
from undertow.simulate.ring import Ring
from undertow.simulate.scene import DAY, Scene

_WAYS = ("fees", "takings", "onward")


def of_ring(scene: Scene, ring: Ring) -> Iterator[Draft]:
    """Fees to sites in steps of a price list, takings within a day or two, and the sum of them passed on."""
    number = scene.between("trafficking", "payments")
    times = scene.instants(number, days=10_000, night=0.5, zone=ring.towns[0].zone)
    span = (ring.ends - ring.begins) / scene.family.days / DAY
    for at in times:
        moment = ring.begins + (at - scene.family.begins) * span
        yield _one(scene, ring, moment, scene.pick(_WAYS))
    if scene.happens(toml("payments.toml")["shows"]["networks"]):
        yield from _shows(scene, ring.controller, ring.bank, ring.towns[0].currency, (ring.begins, ring.ends))


def of_advertiser(scene: Scene, who: Who, name: str, town: Town, language: str) -> Iterator[Draft]:
    """What is seen of somebody who advertises alone: the fee, which a friend may pay, and shows of her own."""
    habits = toml("payments.toml")
    begins = float(scene.family.begins)
    life = (begins, begins + scene.family.days * DAY)
    if scene.happens(habits["fees"]["own"]):
        payer = scene.pick(scene.names(language).first) if scene.happens(habits["fees"]["friend"]) else name
        site = scene.pick(scene.family.sites_for("companion", town.country))
        amount = (12.0 * (1 + int(scene.chance.random() * 2)), town.currency)
        draft = scene.payment(
            who, life[0] + (life[1] - life[0]) * scene.chance.random(), (payer, site.name), amount, "ad"
        )
        draft.why = f"the fee of {who.person}"
        yield draft
    if scene.happens(habits["shows"]["advertisers"]):
        yield from _shows(scene, who, name, town.currency, life)


def _shows(scene: Scene, who: Who, payee: str, currency: str, life: tuple[float, float]) -> Iterator[Draft]:
    """Small payments by strangers from anywhere, within the hours of each show."""
    habits = toml("payments.toml")["shows"]
    for _ in range(_within(scene, habits["times"])):
        begins = life[0] + (life[1] - life[0]) * scene.chance.random()
        for _ in range(_within(scene, habits["payments"])):
            payer = scene.pick(scene.names(scene.language()).first)
            amount = 10.0 * _within(scene, habits["tens"])
            at = begins + 3600 * habits["hours"] * scene.chance.random()
            draft = scene.payment(who, at, (payer, payee), (amount, currency), "live")
            draft.why = f"somebody watches a show of {who.person}"
            yield draft


def _within(scene: Scene, span: tuple[int, int]) -> int:
    return span[0] + int(scene.chance.random() * (span[1] + 1 - span[0]))


def _one(scene: Scene, ring: Ring, at: float, way: str) -> Draft:
    own = ring.bank if scene.happens(0.5) else ring.front
    if way == "fees":
        site = scene.pick(scene.family.sites_for("companion_run", ring.towns[0].country))
        parties, amount, who = (own, site.name), 12.0 * (1 + int(scene.chance.random() * 4)), ring.controller
    elif way == "takings":
        victim = scene.pick(ring.victims)
        parties, amount, who = (victim.name, own), 50.0 * (2 + int(scene.chance.random() * 14)), victim.who
    else:
        parties, amount, who = (own, scene.firm(ring.home)), 900 + 1900 * scene.chance.random(), ring.controller
    currency = ring.towns[0].currency
    wallet = ring.period(at).contact.wallet
    if way != "fees" and wallet and scene.happens(toml("crypto.toml")["moved"]):
        parties, currency = (parties[0], wallet) if way == "takings" else (wallet, parties[1]), "USDT"
    draft = scene.payment(who, at, parties, (amount, currency), scene.memo("memo_run", ring.language))
    draft.why = f"{way} of {ring.network}"
    return draft


def of_people(scene: Scene, who: Who, name: str, language: str, number: int) -> Iterator[Draft]:
    """What people pay who only live: rent, school, a present, something sent home."""
    wallet = (
        scene.wallet() if who.sort == "family" and scene.happens(toml("payments.toml")["families"]["wallets"]) else ""
    )
    for at in scene.instants(number, days=scene.family.days, night=0.1):
        payee = scene.pick(scene.names(language).first) if scene.happens(0.6) else scene.firm(language)
        amount = (20 + 400 * scene.chance.random() ** 2, scene.pick(("USD", "GBP", "AUD")))
        if wallet:
            payee, amount = wallet, (amount[0], "USDT")  # to kin who keep it there
        draft = scene.payment(who, at, (name, payee), amount, scene.memo("memo", language))
        draft.why = f"{who.person} pays"
        yield draft

"""How adults who advertise for themselves do it: few posts, one number for long, their own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from undertow.simulate import money
from undertow.simulate.datafiles import toml
from undertow.simulate.drafts import Draft, Who
from undertow.simulate.family import Town
from undertow.simulate.scene import DAY, Scene
from undertow.simulate.writing import Contact


@dataclass(frozen=True, slots=True)
class Advertiser:
    """One adult: how she is reached, how she calls herself, and the towns where she is, in turn."""

    who: Who
    contact: Contact
    language: str
    name: str
    age: int
    towns: Sequence[Town]


def advertiser(scene: Scene, who: Who, towns: Sequence[Town]) -> Advertiser:
    """Somebody new."""
    language = scene.language()
    contact = scene.contact(towns[0].country, language, site=scene.happens(0.15))
    age = 20 + int(scene.chance.random() * 25)
    return Advertiser(who, contact, language, scene.pick(scene.names(language).first), age, towns)


def advertise(scene: Scene, she: Advertiser, number: int) -> Iterator[Draft]:
    """Her posts over the time, an account, and now and then a payment of her own."""
    wording = scene.wording("companion", she.language)
    sites = scene.family.sites_for("companion", she.towns[0].country)
    site, account = scene.pick(sites), scene.handle(she.language)
    days = scene.between("independent", "days")
    scenes = [scene.number() for _ in range(1 + int(scene.chance.random() * 3))]
    wallet = scene.wallet() if scene.happens(toml("crypto.toml")["advertisers"]) else ""
    times = scene.instants(number, days=days, night=0.4, zone=she.towns[0].zone)
    for at in times:
        if scene.happens(scene.habit("independent", "drift")):
            wording = scene.drifted(wording)
        town = she.towns[int((at - times[0]) / DAY / 8) % len(she.towns)]
        moment = scene.moment(she.contact, town, she.language)
        moment.name = moment.name2 = she.name
        moment.age = she.age
        moment.hidden = scene.habit("independent", "hidden")
        where = site if scene.happens(0.8) else scene.pick(sites)
        draft = scene.post(she.who, where, at, account=account, wording=wording, moment=moment)
        draft.why = "advertises herself"
        scene.asks_for_crypto(draft, wallet, "told")
        yield draft
        yield from scene.mirrored(draft)
        yield from scene.pictured(draft, scenes)
    if scene.happens(0.3):
        yield scene.account(site, she.who, account, she.contact, (times[0], f"dev-{scene.number():x}"))
    yield from money.of_advertiser(scene, she.who, she.name, she.towns[0], she.language)
    if scene.happens(0.1):
        yield from money.of_people(scene, she.who, she.name, she.language, 2)

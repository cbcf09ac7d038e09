"""Licensed agencies: several names under one number, by day and night, and nothing hidden."""

from collections.abc import Iterator

from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene

NAME = "agency"


def live(scene: Scene) -> Iterator[Draft]:
    """One agency."""
    town, language = scene.town(), scene.language()
    who = scene.who(NAME, "agency")
    contact = scene.contact(town.country, language, site=True)
    firm, licence = scene.firm(language), f"LA-{10_000 + scene.number() % 90_000}"
    names = [scene.pick(scene.names(language).first) for _ in range(scene.between(NAME, "people"))]
    wordings = [scene.wording(NAME, language) for _ in range(scene.between(NAME, "templates"))]
    site, account = scene.pick(scene.family.sites_for(NAME, town.country)), scene.handle(language)
    for at in scene.instants(scene.between(NAME, "ads"), days=scene.family.days, night=0.3, zone=town.zone):
        moment = scene.moment(contact, town, language)
        moment.name, moment.name2 = scene.pick(names), scene.pick(names)
        moment.firm, moment.licence = firm, licence
        draft = scene.post(who, site, at, account=account, wording=scene.pick(wordings), moment=moment)
        draft.why = "a licensed agency advertises"
        yield draft
        yield from scene.mirrored(draft)
    yield scene.account(site, who, account, contact, (float(scene.family.begins), f"dev-{scene.number():x}"))


SORT = Sort(name=NAME, live=live)

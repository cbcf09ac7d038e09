"""How honest firms look for people."""

from collections.abc import Iterator

from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene


def hire(scene: Scene, sort: str, genre: str) -> Iterator[Draft]:
    """The offers of one firm; wages in the money of the language's country, or of the place."""
    language = scene.language()
    town = scene.town()
    who = scene.who(sort, "firm")
    contact = scene.contact(town.country, language, site=True)
    firm, licence = scene.firm(language), f"RL-{10_000 + scene.number() % 90_000}"
    wordings = [scene.wording(genre, language) for _ in range(scene.between(sort, "templates"))]
    site, account = scene.pick(scene.family.sites_for(genre, town.country)), scene.handle(language)
    wages = scene.family.habits["wages"].get(language)
    for at in scene.instants(scene.between(sort, "offers"), days=scene.family.days, night=0.05, zone=town.zone):
        moment = scene.moment(contact, town, language)
        if wages and town.country != "AU":
            moment.wage, moment.wage_currency = int(moment.wage * wages["times"]), wages["currency"]
        moment.firm, moment.licence = firm, licence
        draft = scene.post(who, site, at, account=account, wording=scene.pick(wordings), moment=moment)
        draft.why, draft.place = "an honest offer of work", f"Jobs {language.upper()}"
        yield draft

"""Migrants and their kin, who write to each other and send money."""

from collections.abc import Iterator

from undertow.simulate import money
from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene

NAME = "family"


def live(scene: Scene) -> Iterator[Draft]:
    """One family: a chat, remittances, a journey now and then."""
    language = scene.language()
    town = scene.town()
    who = scene.who(NAME, "migrant")
    contact = scene.contact(town.country, language)
    names = [scene.pick(scene.names(language).first) for _ in range(2)]
    place = f"{names[1]} {scene.number()}"
    (site,) = scene.family.sites_for("chat_family", town.country)
    for at in scene.instants(scene.between(NAME, "messages"), days=scene.family.days, night=0.3, zone=town.zone):
        moment = scene.moment(contact, town, language)
        wording = scene.wording("chat_family", language)
        draft = scene.post(who, site, at, account=scene.pick(names), wording=wording, moment=moment)
        draft.template, draft.place, draft.why = "", place, "a family talks"
        yield draft
    yield from money.of_people(scene, who, names[0], language, scene.between(NAME, "payments"))


SORT = Sort(name=NAME, live=live)

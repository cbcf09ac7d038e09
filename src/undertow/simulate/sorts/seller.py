"""People who sell things, let rooms, give lessons."""

from collections.abc import Iterator

from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene

NAME = "seller"


def live(scene: Scene) -> Iterator[Draft]:
    """One seller, each thing in words of its own."""
    town, language = scene.town(), scene.language()
    who = scene.who(NAME, "seller")
    contact, account = scene.contact(town.country, language), scene.handle(language)
    site = scene.pick(scene.family.sites_for("sale", town.country))
    wording = scene.wording("sale", language)
    for at in scene.instants(scene.between(NAME, "ads"), days=60, night=0.2, zone=town.zone):
        wording = scene.wording("sale", language) if scene.happens(0.4) else wording
        moment = scene.moment(contact, town, language)
        draft = scene.post(who, site, at, account=account, wording=wording, moment=moment)
        draft.why = "sells something"
        yield draft


SORT = Sort(name=NAME, live=live)

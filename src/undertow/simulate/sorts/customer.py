"""People who write reviews, or just talk."""

from collections.abc import Iterator

from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene
from undertow.simulate.writing import Contact

NAME = "customer"


def live(scene: Scene) -> Iterator[Draft]:
    """One of them."""
    language, town = scene.language(), scene.town()
    who, account = scene.who(NAME, "customer"), scene.handle(language)
    site = scene.pick(scene.family.sites_for("review", town.country))
    for at in scene.instants(scene.between(NAME, "posts"), days=scene.family.days, night=0.4, zone=town.zone):
        moment = scene.moment(Contact(), town, language)
        wording = scene.wording("review", language)
        draft = scene.post(who, site, at, account=account, wording=wording, moment=moment)
        draft.template, draft.why = "", "says something"
        yield draft


SORT = Sort(name=NAME, live=live)

"""Campaigns: one text from many accounts, with contacts that change."""

from collections.abc import Iterator

from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene

_WITHOUT_NUMBERS = 0.7  # of campaigns: most have pages and names on a chat


def campaign(scene: Scene, sort: str) -> Iterator[Draft]:
    """All posts of one campaign."""
    language = scene.language()
    town = scene.town()
    who = scene.who(sort, "campaign")
    wording = scene.wording(sort, language)
    if sort == "spam":
        scene.wordings.setdefault(language, []).append(wording)
    contacts = [scene.contact(town.country, language, site=True) for _ in range(scene.between(sort, "contacts"))]
    if scene.happens(_WITHOUT_NUMBERS):
        for contact in contacts:
            contact.phone = None
    accounts = [scene.handle(language) for _ in range(scene.between(sort, "accounts"))]
    sites = scene.family.sites_for(sort, town.country)
    for at in scene.instants(scene.between(sort, "posts"), days=scene.between(sort, "days"), night=0.3):
        moment = scene.moment(scene.pick(contacts), town, language)
        moment.firm = scene.firm(language)
        draft = scene.post(who, scene.pick(sites), at, account=scene.pick(accounts), wording=wording, moment=moment)
        draft.why, draft.place = f"a {sort} campaign", "Deals"
        yield draft

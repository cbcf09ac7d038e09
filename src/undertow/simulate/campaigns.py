"""Campaigns: one text from many accounts, with contacts that change.

Its contacts have the ways to be reached that its text names; a text may name none, and wait for an answer.
"""

from collections.abc import Iterator

from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene, Wording

_WITHOUT_NUMBERS = 0.7  # of campaigns: most have pages and names on a chat
_DRAWS = 30  # of texts, until one names no other way
_NUMBERS = frozenset({"phone", "phone2", "whatsapp", "viber"})


def campaign(scene: Scene, sort: str) -> Iterator[Draft]:
    """All posts of one campaign."""
    language = scene.language()
    town = scene.town()
    who = scene.who(sort, "campaign")
    numbers = not scene.happens(_WITHOUT_NUMBERS)
    wording = _wording(scene, sort, language, numbers=numbers)
    if sort == "spam":
        scene.wordings.setdefault(language, []).append(wording)
    contacts = [scene.contact(town.country, language, site=True) for _ in range(scene.between(sort, "contacts"))]
    for contact in contacts:
        contact.wallet = scene.wallet()
        contact.phone = contact.phone if numbers else None
    accounts = [scene.handle(language) for _ in range(scene.between(sort, "accounts"))]
    sites = scene.family.sites_for(sort, town.country)
    for at in scene.instants(scene.between(sort, "posts"), days=scene.between(sort, "days"), night=0.3):
        moment = scene.moment(scene.pick(contacts), town, language)
        moment.firm = scene.firm(language)
        draft = scene.post(who, scene.pick(sites), at, account=scene.pick(accounts), wording=wording, moment=moment)
        draft.why, draft.place = f"a {sort} campaign", "Deals"
        yield draft


def _wording(scene: Scene, sort: str, language: str, *, numbers: bool) -> Wording:
    """A text that asks for nothing the campaign does not have; the last that was drawn where a family has none such."""
    lacking = frozenset[str]() if numbers else _NUMBERS
    for _ in range(_DRAWS):
        wording = scene.wording(sort, language)
        if lacking.isdisjoint(wording.text.slots):
            break
    return wording

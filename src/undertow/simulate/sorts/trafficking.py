"""Networks that recruit people by deceit, move them, advertise them and take what they earn."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from undertow.simulate import money
from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft, Who
from undertow.simulate.family import Site
from undertow.simulate.ring import SORT as NAME
from undertow.simulate.ring import Ring, Victim, gather
from undertow.simulate.scene import DAY, Scene, Wording
from undertow.simulate.writing import Contact, Moment


def live(scene: Scene) -> Iterator[Draft]:
    """Everything that one network leaves: advertisements, offers, chats, accounts, payments, bookings, a report."""
    ring = gather(scene)
    yield from _advertise(scene, ring)
    yield from _recruit(scene, ring)
    yield from _talk(scene, ring)
    yield from _sign_up(scene, ring)
    yield from _move(scene, ring)
    yield from money.of_ring(scene, ring)
    if scene.happens(scene.habit(NAME, "reported")):
        yield _reported(scene, ring)


def _advertise(scene: Scene, ring: Ring) -> Iterator[Draft]:
    wordings = list(ring.wordings)
    for at in _times(scene, ring, scene.between(NAME, "ads")):
        if scene.happens(scene.habit(NAME, "drift")):
            place = int(scene.chance.random() * len(wordings))
            wordings[place] = scene.drifted(wordings[place])
        draft = _advert(scene, ring, at, scene.pick(wordings))
        yield draft
        yield from scene.mirrored(draft)
        yield from scene.pictured(draft, ring.scenes)
        if scene.happens(scene.habit(NAME, "reappears")):
            yield _elsewhere(scene, draft)


def _advert(scene: Scene, ring: Ring, at: float, wording: Wording) -> Draft:
    victim = scene.pick(ring.victims)
    moment = _moment(scene, ring, at, victim)
    why = f"{ring.controller.person} advertises {victim.who.person}"
    copied = scene.wordings.get(ring.language)
    if copied and scene.happens(ring.careful * scene.habit(NAME, "hides_in_spam")):
        wording, why = scene.pick(copied), why + " in the words of a spam campaign"
    site = scene.pick(scene.family.sites_for("companion_run", moment.town.country))
    account = scene.pick(ring.period(at).accounts)
    draft = scene.post(ring.controller, site, at, account=account, wording=wording, moment=moment)
    draft.why = why
    scene.asks_for_crypto(draft, ring.period(at).contact.wallet, "told")
    return draft


def _moment(scene: Scene, ring: Ring, at: float, victim: Victim) -> Moment:
    moment = scene.moment(_contact(scene, ring, at), ring.town(at), ring.language)
    moment.name, moment.name2 = victim.name, scene.pick(ring.victims).name
    moment.age = victim.age + (1 if scene.happens(0.2) else 0)
    moment.town2 = scene.pick(ring.towns)
    start, growth = scene.habit(NAME, "hidden")
    share = start + growth * (at - scene.family.begins) / DAY / scene.family.days
    moment.hidden = share * (0.5 + ring.careful)
    return moment


def _contact(scene: Scene, ring: Ring, at: float) -> Contact:
    """The network's own, or now and then that of the broker whom it sends its callers to."""
    if ring.brokers and scene.happens(scene.habit(NAME, "broker_answers")):
        own = ring.period(at).contact
        theirs = ring.brokers[0].contact
        return Contact(theirs.phone, own.phone, theirs.handles, theirs.email)
    return ring.period(at).contact


def _elsewhere(scene: Scene, draft: Draft) -> Draft:
    sites = [s for s in scene.family.sites_for("companion_run", draft.country) if s.name != draft.site]
    site: Site = scene.pick(sites or scene.family.sites_for("companion_run", draft.country))
    fields = draft.fields | {"url": f"https://{site.name}/c/{scene.number()}"}
    later = draft.at + DAY * (1 + 6 * scene.chance.random())
    why = f"taken down on {draft.site}, it is posted here"
    return replace(draft, site=site.name, at=later, fields=fields, why=why)


def _recruit(scene: Scene, ring: Ring) -> Iterator[Draft]:
    """Offers that deceive, in the language of those who are to come, under a name of the recruiter's own."""
    wordings = [scene.wording("job_false", ring.home) for _ in range(scene.between(NAME, "offers_templates"))]
    contact = _recruiters(scene, ring)
    account = scene.handle(ring.home)
    currency = scene.family.habits["wages"][ring.home]
    for at in _times(scene, ring, scene.between(NAME, "offers")):
        moment = scene.moment(contact, ring.towns[0], ring.home)
        moment.wage, moment.wage_currency = int(moment.wage * currency["times"]), currency["currency"]
        moment.firm, moment.country = ring.front, ring.towns[0].name
        site = scene.pick(scene.family.sites_for("job_false", ring.towns[0].country))
        draft = scene.post(ring.recruiter, site, at, account=account, wording=scene.pick(wordings), moment=moment)
        draft.why = f"{ring.recruiter.person} lures people from {ring.origin}"
        draft.place = f"Jobs {ring.home.upper()}"
        yield draft


def _recruiters(scene: Scene, ring: Ring) -> Contact:
    """A contact of his own, except that who is careless gives the network's number or name."""
    contact = scene.contact(ring.towns[0].country, ring.home)
    used = ring.periods[0].contact
    if scene.happens(1 - ring.careful):
        contact.phone = used.phone
    if scene.happens(1 - ring.careful):
        contact.handles = used.handles
    return contact


def _talk(scene: Scene, ring: Ring) -> Iterator[Draft]:
    """What stands on telephones that somebody handed in."""
    if scene.happens(scene.habit(NAME, "chats")):
        target = scene.who(NAME, "target", ring.network)
        yield from _chat(scene, ring, "chat_recruit", (ring.recruiter, target), ring.home)
    if scene.happens(scene.habit(NAME, "chats")):
        driver = ring.brokers[0].who if ring.brokers else scene.who(NAME, "driver", ring.network)
        yield from _chat(scene, ring, "chat_control", (ring.controller, driver), ring.language)


def _chat(scene: Scene, ring: Ring, genre: str, people: tuple[Who, Who], language: str) -> Iterator[Draft]:
    names = [scene.pick(scene.names(language).first) for _ in people]
    place = f"{names[1]} {scene.number()}"
    (site,) = scene.family.sites_for(genre, ring.towns[0].country)
    for at in _times(scene, ring, scene.between(NAME, "messages")):
        side = int(scene.chance.random() * 2)
        moment = scene.moment(ring.period(at).contact, ring.town(at), language)
        draft = scene.post(
            ring.controller if people[side].network != ring.network else people[side],
            site,
            at,
            account=names[side],
            wording=scene.wording(genre, language),
            moment=moment,
        )
        draft.template, draft.place = "", place
        scene.asks_for_crypto(draft, moment.contact.wallet, "chatted")
        draft.why = f"{people[side].person} writes to {people[1 - side].person}"
        yield draft


def _sign_up(scene: Scene, ring: Ring) -> Iterator[Draft]:
    """The accounts behind the advertisements, as a platform keeps them."""
    sites = scene.family.sites_for("companion_run", ring.towns[0].country)
    for period in ring.periods:
        for account in period.accounts:
            if scene.happens(0.5):
                site = scene.pick(sites)
                yield scene.account(site, ring.controller, account, period.contact, (ring.begins, period.device))


def _move(scene: Scene, ring: Ring) -> Iterator[Draft]:
    """Journeys that somebody else pays for; every leg is in the truth, whether a booking shows it or not."""
    for victim in ring.victims:
        stops = [ring.origin, *(town.name for town in ring.towns)]
        at = ring.begins - DAY * (3 + 20 * scene.chance.random())
        for leg, (origin, destination) in enumerate(pairwise(stops)):
            if origin != destination:
                scene.leg(victim.who, leg, (origin, destination), at)
                if scene.happens(scene.habit(NAME, "booked")):
                    yield scene.booking(ring.controller, (victim.name, ring.front), (origin, destination), at)
            at += DAY * (4 + 10 * scene.chance.random())


def _reported(scene: Scene, ring: Ring) -> Draft:
    at = ring.begins + (ring.ends - ring.begins) * scene.chance.random()
    moment = scene.moment(ring.period(at).contact, ring.town(at), "en")
    return scene.incident(ring.controller, at, moment)


def _times(scene: Scene, ring: Ring, number: int) -> list[float]:
    times = scene.instants(number, days=10_000, night=scene.habit(NAME, "night"), zone=ring.towns[0].zone)
    begin, end = times[0], max(times[-1], times[0] + 1)
    stretch = (ring.ends - ring.begins) / (end - begin)
    hours = [(at - begin) * stretch for at in times]
    return [ring.begins + DAY * int(hour / DAY) + at % DAY for hour, at in zip(hours, times, strict=True)]


SORT = Sort(name=NAME, live=live)

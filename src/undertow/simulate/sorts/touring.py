"""Adults who advertise alone and travel: many places in a short time prove nothing by themselves."""

from collections.abc import Iterator

from undertow.simulate.advertising import advertise, advertiser
from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene

NAME = "touring"


def live(scene: Scene) -> Iterator[Draft]:
    """One of them, with journeys that she books herself."""
    first = scene.town()
    towns = [first, *(scene.town(first.country) for _ in range(scene.between(NAME, "towns")))]
    she = advertiser(scene, scene.who(NAME, "advertiser"), towns)
    posts = list(advertise(scene, she, scene.between(NAME, "ads")))
    yield from posts
    if scene.happens(0.3):
        yield scene.booking(she.who, (she.name, she.name), (towns[0].name, towns[1].name), posts[0].at)


SORT = Sort(name=NAME, live=live)

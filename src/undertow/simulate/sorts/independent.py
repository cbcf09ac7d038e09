"""Adults who advertise alone, in one place."""

from collections.abc import Iterator

from undertow.simulate.advertising import advertise, advertiser
from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene

NAME = "independent"


def live(scene: Scene) -> Iterator[Draft]:
    """One of them."""
    she = advertiser(scene, scene.who(NAME, "advertiser"), [scene.town()])
    yield from advertise(scene, she, scene.between(NAME, "ads"))


SORT = Sort(name=NAME, live=live)

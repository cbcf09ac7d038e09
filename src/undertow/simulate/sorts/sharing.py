"""Adults who advertise alone and share a driver, a flat or a telephone: what they share does not make them one."""

from collections.abc import Iterator

from undertow.simulate.advertising import advertise, advertiser
from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene

NAME = "sharing"


def live(scene: Scene) -> Iterator[Draft]:
    """A few friends; some give the number that they share as the second one."""
    town = scene.town()
    shared = scene.phone(town.country)
    for _ in range(scene.between(NAME, "friends")):
        she = advertiser(scene, scene.who(NAME, "advertiser"), [town])
        she.contact.second = shared
        for draft in advertise(scene, she, scene.between(NAME, "ads")):
            if draft.table == "posts" and shared and scene.happens(scene.habit(NAME, "gives_shared")):
                draft.add(scene.pick(("driver", "taxi", "flat", "front desk")) + ": ", "phone", shared.e164)
            yield draft


SORT = Sort(name=NAME, live=live)

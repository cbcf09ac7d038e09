"""Campaigns that want money or passwords."""

from collections.abc import Iterator

from undertow.simulate.campaigns import campaign
from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene

NAME = "scam"


def live(scene: Scene) -> Iterator[Draft]:
    """One campaign."""
    yield from campaign(scene, NAME)


SORT = Sort(name=NAME, live=live)

"""Campaigns that promote something."""

from collections.abc import Iterator

from undertow.simulate.campaigns import campaign
from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene

NAME = "spam"


def live(scene: Scene) -> Iterator[Draft]:
    """One campaign."""
    yield from campaign(scene, NAME)


SORT = Sort(name=NAME, live=live)

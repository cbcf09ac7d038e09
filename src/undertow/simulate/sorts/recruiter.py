"""Licensed recruiters who place people with several firms."""

from collections.abc import Iterator

from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.hiring import hire
from undertow.simulate.scene import Scene

NAME = "recruiter"


def live(scene: Scene) -> Iterator[Draft]:
    """One recruiter."""
    yield from hire(scene, NAME, NAME)


SORT = Sort(name=NAME, live=live)

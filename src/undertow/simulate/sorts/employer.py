"""Firms that look for staff."""

from collections.abc import Iterator

from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft
from undertow.simulate.hiring import hire
from undertow.simulate.scene import Scene

NAME = "employer"


def live(scene: Scene) -> Iterator[Draft]:
    """One firm."""
    yield from hire(scene, NAME, "job_true")


SORT = Sort(name=NAME, live=live)

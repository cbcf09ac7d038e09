"""What a sort of actor is: one file that ends in one constant."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from undertow.simulate.drafts import Draft
from undertow.simulate.scene import Scene


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of actor (a key of `undertow.truth.SORTS`); `live` gives all records of one more of them.

    The world meets actors until the sort has its share of the posts, so `live` need not know how many there are.
    """

    name: str
    live: Callable[[Scene], Iterator[Draft]]

"""What a peer gives, and the clock that all are timed by."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Phone(NamedTuple):
    """A telephone number in the text of a post: the post's place in the list, characters, and E.164."""

    post: int
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one peer says of the posts; None where it says nothing of that.

    `networks` and `templates` hold a number for every post: equal numbers are together. `stages` are those of Undertow
    that do the same part of the work, against whose CPU seconds `seconds` is held.
    """

    name: str
    seconds: float
    stages: tuple[str, ...]
    networks: Sequence[int] | None = None
    templates: Sequence[int] | None = None
    phones: Sequence[Phone] | None = None


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds that the work took in this process and in those that it started and ended, and what it gave."""
    began = _spent()
    given = work()
    return _spent() - began, given


def _spent() -> float:
    return sum(os.times()[:4])

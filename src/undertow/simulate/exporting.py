"""What an export is: one file that ends in one constant, and says how a site's records are written for a user."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from undertow.simulate.drafts import Draft

Placed = Iterator[tuple[Draft, str, str]]
"""Each record with the name of its file and its position there, as `undertow collect` counts."""


@dataclass(frozen=True, slots=True)
class Export:
    """`write` is given a folder, the beginning of a file's name, and the records of one site in order of time."""

    name: str
    write: Callable[[Path, str, Sequence[Draft]], Placed]
    spans: bool = True  # whether the texts stand in the file as they were written, letter by letter
    titles: bool = True  # whether a post has a heading beside its text

"""What a format of hash lists is: a reader that yields entries as they stand, and says what it could not read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal

HEAD = 1 << 16  # bytes that `sniff` sees

State = Literal["active", "disputed", "withdrawn", "harmless"]
"""What the source itself says of an entry: it stands, a member disagrees, it is taken back, or it is known harmless."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One hash as the file says it; nothing of it is checked yet (see `undertow.match.hygiene`).

    `algorithm` is the file's own word, "" where it names none. `entry_id` is the source's id, "" where it gives none.
    An entry that takes an earlier one back may have no `value`.
    """

    position: str
    algorithm: str
    value: str
    entry_id: str = ""
    label: str = ""
    quality: int | None = None
    state: State = "active"
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be read: where, and why. It never holds what stood there: that may be a hash."""

    position: str
    reason: str


Item = Entry | Fault


@dataclass(frozen=True, slots=True)
class ListFormat:
    """A reader of one format of hash lists, in one file that ends in this constant.

    `sniff` gives how sure it is that it can read a file, 0 to 1, from its name and its first `HEAD` bytes; the surest
    reads. `read` streams from a seekable file and never raises for what stands in it. `examples` hold a file name, its
    bytes, and the (algorithm, value, state) of every entry in it; `None` where the format must not claim the file.
    """

    name: str
    version: int
    sniff: Callable[[str, bytes], float]
    read: Callable[[BinaryIO], Iterator[Item]]
    examples: Sequence[tuple[str, bytes, Sequence[tuple[str, str, State]] | None]]
    media_type: str = "application/json"

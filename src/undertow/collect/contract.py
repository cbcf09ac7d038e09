"""What a source is: a reader of one file format, which yields rows of named fields, and says what it could not read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from undertow.collect.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from undertow.pictures.hashing import PictureHash


@dataclass(frozen=True, slots=True)
class Opened:
    """One thing to read: a file as received, or a member of an archive, unpacked.

    `name` is the file's name without the ending of its compression, a hint and no more; `member` is the path inside the
    original, "" for the file itself; `head` holds the first 64 KiB; `open` gives a new stream from the start, each
    time; `path` is set where the bytes lie plain on the disk. A stream never raises for broken or endless compressed
    data: it ends, and `trouble` says why. `hash` hashes a picture in it, from a memo; None is without one.
    """

    name: str
    head: bytes
    open: Callable[[], BinaryIO]
    path: Path | None = None
    member: str = ""
    limits: Limits = DEFAULT
    trouble: list["Reject"] = field(default_factory=list)
    hash: "Callable[[bytes], PictureHash] | None" = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Some records read together, by column: every list is as long as `positions`.

    `table` is a record table (`undertow.tables.RECORDS`) where the format itself says what its fields are: columns that
    bear the name of one of its fields are that field, the others go to `extra`. It is "" where the columns are the
    file's own headers, to be mapped. `part` names the sheet or list the rows are from, each mapped on its own.
    """

    positions: Sequence[str]
    columns: Mapping[str, Sequence[object]]
    table: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """What could not be read: where it stands, why, and its beginning."""

    position: str
    reason: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a source assumed, which the user must be able to see: an encoding, a delimiter, the order of a date."""

    text: str


Item = Rows | Reject | Note


@dataclass(frozen=True, slots=True)
class Source:
    """A reader of one format, in one file that ends in this constant.

    `sniff` gives how sure it is that it can read a thing, 0 to 1, from the name and the head alone; the surest reads.
    `read` streams: memory does not grow with the file. Positions are "12" for the twelfth record, counted from 1
    without a header, or "sheet!12". `examples` hold a file name, its bytes and the texts of the records in it: at least
    one that it reads and one that it must not claim (`None`).
    """

    name: str
    version: int
    sniff: Callable[[Opened], float]
    read: Callable[[Opened], Iterator[Item]]
    examples: Sequence[tuple[str, bytes, Sequence[str] | None]] = field(default_factory=tuple)
    media_type: str = "application/octet-stream"

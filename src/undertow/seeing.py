"""The door to seeing a picture: its file is found among the originals and opened in the process that may crash.

Nothing is written: what was decoded is held in memory, small and in grey, for the pictures that were seen last.
"""

import atexit
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from undertow.collect import originals
from undertow.collect.contract import Reject
from undertow.collect.limits import DEFAULT
from undertow.collect.opening import open_original
from undertow.collect.reading import choose
from undertow.pictures.aligning import Aligned, aligned
from undertow.pictures.hashing import PictureError, PictureHash
from undertow.pictures.viewing import Pixels, png, stand_in
from undertow.pictures.worker import Hasher

if TYPE_CHECKING:
    from undertow.workspace import Workspace

__all__ = ["PART_OF", "Aligned", "Seer", "aligned", "held", "png", "stand_in"]

MOST = 64  # pictures that are held, of a quarter of a megabyte at most
PART_OF = 500_000_000  # bytes of a mail box or archive that is looked through for one picture: a guess

Row = Mapping[str, Any]


def held(row: Row) -> bool:
    """Whether the file of a row of `pictures` came here: hashes that a list brought have none."""
    return bool(row["sha256"]) and str(row["pipeline"]).startswith("undertow-")


@dataclass(slots=True)
class Seer:
    """The pictures of one workspace; threads may share it."""

    workspace: "Workspace"
    _greys: OrderedDict[tuple[str, float], Pixels] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def grey(self, row: Row, seconds: float = 0.0) -> Pixels:
        """A picture, or a video at that second, in grey; raises `PictureError` where its file cannot be shown."""
        name = row["sha256"], seconds
        with self._lock:
            if name in self._greys:
                self._greys.move_to_end(name)
                return self._greys[name]
        seen = _view(self._bytes(row), colour=False, seconds=seconds)
        with self._lock:
            self._greys[name] = seen
            while len(self._greys) > MOST:
                self._greys.popitem(last=False)
        return seen

    def colour(self, row: Row, seconds: float = 0.0) -> Pixels:
        """The same in its colours, which are not held."""
        return _view(self._bytes(row), colour=True, seconds=seconds)

    def _bytes(self, row: Row) -> bytes:
        if not held(row):
            raise PictureError("of this picture its hash alone is here", hint="the list that brought it had no file")
        path = originals.verify(self.workspace.root / "originals", row["original_id"])
        found = path.read_bytes() if row["original_id"] == row["sha256"] else _part(path, row["sha256"])
        if found is None:
            raise PictureError("the picture was not found again in its file", hint="collect the file again")
        return found


def _part(path: Path, wanted: str) -> bytes | None:
    """The picture of that sha256 in a mail, a chat or an archive: it is read once more, as it was collected."""
    if path.stat().st_size > PART_OF:
        raise PictureError("the picture lies in a file too large to look through", hint=f"at most {PART_OF:,} bytes")
    found: list[bytes] = []

    def take(data: bytes) -> PictureHash:
        if sha256(data).hexdigest() == wanted:
            found.append(data)
        raise PictureError("read to be seen, not to be hashed")

    for thing in open_original(path, path.name, DEFAULT):
        if isinstance(thing, Reject):
            continue
        source = choose(thing)
        for _ in source.read(replace(thing, hash=take)) if source else ():
            if found:
                return found[0]
    return found[0] if found else None


_WORKER = Lock()  # one picture at a time


def _view(data: bytes, *, colour: bool, seconds: float) -> Pixels:
    with _WORKER:
        return _hasher().view(data, colour=colour, seconds=seconds)


@cache
def _hasher() -> Hasher:
    """Ended with this process."""
    made = Hasher()
    atexit.register(made.close)
    return made

"""Which files in a folder are whole: a file that still grows waits until two looks in a row see the same."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

STEADY = 2.0  # seconds for which a file is to stay as it is that was seen to change
_SHORTEST = 0.01  # seconds between two looks

Seen = Mapping[Path, tuple[int, int]]
"""Size and time of change (nanoseconds) of every file."""


def look(folder: Path) -> Seen:
    """Every file below `folder` as it is now; links, and names that begin with a dot, are no files here.

    A name with a dot is what programs use while they copy.
    """
    seen: dict[Path, tuple[int, int]] = {}
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(root) / name for name in files if not name.startswith(".")):
            try:
                about = path.lstat()
            except OSError:  # gone since
                continue
            if path.is_file() and not path.is_symlink():
                seen[path] = (about.st_size, about.st_mtime_ns)
    return seen


def whole(now: Seen, before: Seen, done: Seen) -> list[Path]:
    """The files that did not change since the look before and were not handled as they are, sorted."""
    return sorted(path for path, about in now.items() if before.get(path) == about and done.get(path) != about)


@dataclass(slots=True)
class Lookout:
    """Looks at a folder at an even pace, beside the work on what was found.

    A file that was seen to change is written where it stands, perhaps slowly: it waits until `STEADY`.
    """

    folder: Path
    every: float
    steady: float = STEADY
    _two: tuple[Seen, Seen] = ({}, {})
    _looked: Event = field(default_factory=Event)
    _over: Event = field(default_factory=Event)

    def start(self) -> None:
        """Begins to look."""
        Thread(target=self._work, name="lookout", daemon=True).start()

    def stop(self) -> None:
        """Looks no more."""
        self._over.set()

    def latest(self) -> tuple[Seen, Seen]:
        """The latest look, and the one before without what is not steady; waits for one that was not given yet."""
        self._looked.wait()
        self._looked.clear()
        return self._two

    def _work(self) -> None:
        now, changed = look(self.folder), dict[Path, float]()
        while not self._over.wait(max(self.every, _SHORTEST)):
            before, now, at = now, look(self.folder), time.monotonic()
            changed |= {path: at for path, about in now.items() if before.get(path, about) != about}
            changed = {path: when for path, when in changed.items() if path in now and at - when < self.steady}
            self._two = now, {path: about for path, about in before.items() if path not in changed}
            self._looked.set()

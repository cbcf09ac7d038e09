"""Which files in a folder are whole: a file that still grows waits until two looks in a row see the same."""

import os
from collections.abc import Mapping
from pathlib import Path

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

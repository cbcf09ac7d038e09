"""Hashes that were made already: what a killed collection hashed is not hashed again by the next one.

A file of SQLite, one row a picture: each is whole once it is written, also where the process is killed the next moment.
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from undertow.pictures.hashing import PictureHash, pipeline

if TYPE_CHECKING:
    from sqlite3 import Connection

Hash = Callable[[bytes], PictureHash]


@dataclass(slots=True)
class Memo:
    """Hashes by the sha256 of the bytes and by pipeline: another pipeline's are hashed anew.

    `fresh` counts what was hashed. What cannot be hashed is not kept: a limit of time may be met once and not again.
    """

    path: Path
    make: Hash
    fresh: int = 0
    _line: "Connection | None" = field(default=None, init=False)

    def hash(self, data: bytes) -> PictureHash:
        """As `make`, from the memo where it is there."""
        key = f"{sha256(data).hexdigest()} {pipeline()}"
        held = self._open().execute("SELECT said FROM hashes WHERE picture = ?", (key,)).fetchone()
        if held is not None:
            return PictureHash.of(json.loads(zlib.decompress(held[0])))
        made = self.make(data)
        self.fresh += 1
        said = zlib.compress(json.dumps(made.plain()).encode(), 1)
        self._open().execute("INSERT OR REPLACE INTO hashes VALUES (?, ?)", (key, said))
        return made

    def close(self) -> None:
        """Lets the file go; it stays for the next collection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def forget(self) -> None:
        """Removes the file: what it holds was written to tables."""
        self.close()
        for path in (self.path, *(self.path.with_name(self.path.name + end) for end in ("-wal", "-shm"))):
            path.unlink(missing_ok=True)

    def _open(self) -> "Connection":
        if self._line is None:
            self._line = _opened(self.path)
        return self._line


def _opened(path: Path) -> "Connection":
    """The file, made where it is not there, and anew where it is damaged: it can be made again."""
    import sqlite3

    path.parent.mkdir(parents=True, exist_ok=True)
    for again in (False, True):
        line = sqlite3.connect(path, isolation_level=None)
        try:
            line.execute("PRAGMA journal_mode = WAL")
            line.execute("PRAGMA synchronous = OFF")  # a kill loses nothing; a power cut may, and a damaged file goes
            line.execute("CREATE TABLE IF NOT EXISTS hashes (picture TEXT PRIMARY KEY, said BLOB) WITHOUT ROWID")
            line.execute("SELECT picture FROM hashes LIMIT 1").fetchone()
            return line
        except sqlite3.DatabaseError:
            line.close()
            if again:
                raise
            path.unlink()
    raise AssertionError

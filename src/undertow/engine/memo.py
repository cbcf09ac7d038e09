"""Results of batches, kept between runs: what was mapped once is not mapped again while nothing that matters changed.

Rows that were collected never change, and neither does what a pure function makes of them. So a run after new files
works on these alone, and a run that was killed goes on where it stopped; the tables are those of a run from scratch,
since nothing but a result's own file stands in for it. A file is kept as a second name of the table's (a hard link).
"""

import os
import platform
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path

from undertow.engine.batches import Job
from undertow.ids import digest

PACKAGE = Path(__file__).parents[1]

Work = tuple[Job, list[Path]]
"""Some batches, and the file that each is mapped into."""


@cache
def code() -> str:
    """A digest of this package's files, of Python, and of every library installed: a result of others is not used."""
    held = blake2b(digest_size=16)
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            held.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    installed = sorted({f"{one.name} {one.version}" for one in distributions()})
    return digest(held.hexdigest(), platform.python_version(), *installed)


@dataclass(frozen=True, slots=True)
class Memo:
    """Kept results in `folder`, and those of them that this run used."""

    folder: Path
    used: set[Path] = field(default_factory=set)

    def sweep(self, stages: Sequence[str], began: float) -> None:
        """Removes what these stages had kept and this run, which `began` then (seconds since 1970), did not use.

        What is younger than the run is of rows that it has not seen.
        """
        for stage in stages:
            for path in sorted((self.folder / stage).glob("*.parquet")):
                if path not in self.used and path.stat().st_mtime < began:
                    path.unlink()


@dataclass(frozen=True, slots=True)
class Recalled:
    """Jobs that are left, each with its targets, and for each target where its result is to be kept, if anywhere."""

    left: Sequence[Work]
    keep: Mapping[Path, Path]

    def remember(self, targets: Sequence[Path]) -> None:
        """Keeps finished results."""
        for target in targets:
            if target in self.keep:
                self.keep[target].parent.mkdir(parents=True, exist_ok=True)
                _link(target, self.keep[target])


def recall(memo: Memo | None, stage: str, key: str | None, work: Sequence[Work]) -> Recalled:
    """Puts results that are known at their targets, and says what is left; `key` as `memo` in `Engine.map_batches`."""
    if memo is None or key is None:
        return Recalled(work, {})
    left: list[Work] = []
    keep: dict[Path, Path] = {}
    for job, targets in work:
        about = (code(), key, *job.path.parts[-3:], str(job.group), *(job.columns or ("*",)))
        unknown = []
        for start, target in zip(job.starts, targets, strict=True):
            kept = memo.folder / stage / f"{digest(*about, str(start))}.parquet"
            memo.used.add(kept)
            if not _link(kept, target):
                unknown.append((start, target))
                keep[target] = kept
        if unknown:
            left.append((replace(job, starts=[start for start, _ in unknown]), [target for _, target in unknown]))
    return Recalled(left, keep)


def _link(source: Path, target: Path) -> bool:
    """Gives a file, where it exists, a second name; a copy where the file system has no second names."""
    if not source.exists():
        return False
    if target.exists():
        return True
    try:
        os.link(source, target)
    except OSError:
        beside = target.with_name(f".{target.name}.new")
        shutil.copyfile(source, beside)
        beside.replace(target)
    return True

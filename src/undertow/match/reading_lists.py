"""Reads the files of one version of a hash list into rows of the table `list_entries`, and says what was left out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from undertow import plugins, tables
from undertow.errors import PluginError, UserError
from undertow.match.contract import HEAD, Fault, Item, ListFormat
from undertow.match.hygiene import COMPARED, Door

FOLDER = "undertow.match.list_formats"
STAGE = "match"
REJECTS_SHOWN = 1000  # of one reason in one file; a last row says how many more there are

_BATCH = 200_000


@dataclass(frozen=True, slots=True)
class File:
    """A file of a list: its id among the originals, the name it came under, where it lies."""

    original_id: str
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Version:
    """What names a version of a list, and what its reader needs to know that the files may not say.

    `formats` are those of the files, one each, where they were read before; else `format` is that of all, "" not said.
    """

    list_id: str
    list_version: str
    now: datetime
    format: str = ""
    algorithm: str = ""
    formats: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A version as read: `entries` and `rejects` as tables, the format and size of every file, what was left out."""

    entries: Sequence[pa.Table]
    rejects: pa.Table
    formats: Sequence[ListFormat]
    kept: Mapping[str, int]
    left_out: Mapping[str, int]


def read(version: Version, files: Sequence[File]) -> Read:
    """Reads the files in their order; raises `UserError` where no format fits one, or nothing can be compared."""
    if version.algorithm not in ("", *COMPARED):
        raise UserError(f"{version.algorithm} is not compared", hint="there are " + ", ".join(COMPARED))
    door = Door(version.algorithm, version.now)
    said = version.formats or [version.format] * len(files)
    formats = [choose(file, one) for file, one in zip(files, said, strict=True)]
    rejects: list[dict[str, str]] = []
    for number, (file, chosen) in enumerate(zip(files, formats, strict=True)):
        rejects += _faults(file, door.take(number, _items(file, chosen)))
    if not door.kept:
        raise UserError(
            f"no hash in {files[-1].name} can be compared: {_most(door.counts)}",
            hint="`undertow lists add` takes a hash list; --format and --algorithm say how to read it",
        )
    left = dict(sorted(door.counts.items()))
    held = pa.Table.from_pylist(rejects, tables.TABLES["rejects"].schema)
    kept = dict(sorted(Counter(one.algorithm for one in door.kept.values()).items()))
    return Read(list(_tables(version, files, door)), held, formats, kept, left)


def choose(file: File, said: str = "") -> ListFormat:
    """The format that is surest of a file, or the one that was said."""
    formats = plugins.load(FOLDER, ListFormat)
    if said:
        if said not in formats:
            raise UserError(f"no format {said} of hash lists", hint="there are " + ", ".join(formats))
        return formats[said]
    with file.path.open("rb") as stream:
        head = stream.read(HEAD)
    sure = {name: one.sniff(file.name, head) for name, one in formats.items()}
    best = max(sure, key=lambda name: sure[name])
    if sure[best] <= 0.2:
        raise UserError(f"{file.name} is no hash list that is recognised", hint="say how to read it with --format")
    return formats[best]


def _items(file: File, chosen: ListFormat) -> Iterator[Item]:
    with file.path.open("rb") as stream:
        try:
            yield from chosen.read(stream)
        except OSError:
            raise
        except Exception as error:
            raise PluginError(
                f"the format {chosen.name} failed on {file.name}: {type(error).__name__}",
                hint="read it with another --format; the file itself is kept",
            ) from error


def _faults(file: File, faults: Iterator[Fault]) -> Iterator[dict[str, str]]:
    """Rows of rejects; they name places and reasons, and never what stood there."""
    seen: Counter[str] = Counter()
    for fault in faults:
        seen[fault.reason] += 1
        if seen[fault.reason] <= REJECTS_SHOWN:
            yield _reject(file, fault.position, fault.reason)
    for reason, count in sorted(seen.items()):
        if count > REJECTS_SHOWN:
            yield _reject(file, "", f"{count - REJECTS_SHOWN:,} more like these: {reason}")


def _reject(file: File, position: str, reason: str) -> dict[str, str]:
    return {"original_id": file.original_id, "position": position, "stage": STAGE, "reason": reason, "excerpt": ""}


def _tables(version: Version, files: Sequence[File], door: Door) -> Iterator[pa.Table]:
    held = list(door.kept.values())
    for start in range(0, len(held), _BATCH):
        some = held[start : start + _BATCH]
        yield pa.table(
            {
                "list_id": [version.list_id] * len(some),
                "list_version": [version.list_version] * len(some),
                "entry_id": [one.entry_id for one in some],
                "algorithm": [one.algorithm for one in some],
                "value": [one.value for one in some],
                "quality": [-1 if one.quality is None else one.quality for one in some],
                "label": [one.label for one in some],
                "disputed": [one.disputed for one in some],
                "expires_at": [one.expires for one in some],
                "original_id": [files[one.file].original_id for one in some],
                "position": [one.position for one in some],
            },
            tables.TABLES["list_entries"].schema,
        )


def _most(counts: Counter[str]) -> str:
    return counts.most_common(1)[0][0] if counts else "the file holds none"

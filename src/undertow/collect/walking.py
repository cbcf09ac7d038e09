"""Finds the files among the paths a user gives: folders are walked in order, and what is passed over is said."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from undertow.collect.contract import Reject
from undertow.errors import UserError


@dataclass(frozen=True, slots=True)
class Received:
    """A file to collect, and the name it is known by: its own, with the folders below the one that was given."""

    path: Path
    name: str


def walk(paths: Sequence[Path]) -> Iterator[Received | Reject]:
    """Every file in `paths`, sorted, so that the order of the paths does not matter; a file is given once.

    Raises `UserError` before the first file where a path does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise UserError(f"there is no {path}", hint="check the path; a pattern that matches nothing stays as it is")
    seen: set[Path] = set()
    for path in sorted(paths, key=lambda path: str(path.absolute())):
        for found in _folder(path) if path.is_dir() else [_file(path, path.name)]:
            if isinstance(found, Reject) or found.path.absolute() not in seen:
                yield found
            if isinstance(found, Received):
                seen.add(found.path.absolute())


def _file(path: Path, name: str) -> Received | Reject:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Reject(name, "the file cannot be opened", error.strerror or "")
    return Received(path, name) if stat.S_ISREG(mode) else Reject(name, "not a file: a pipe, socket or device")


def _folder(root: Path) -> Iterator[Received | Reject]:
    troubles: list[OSError] = []
    empty = True
    for folder, folders, files in os.walk(root, onerror=troubles.append):
        folders.sort()
        for name in sorted([*files, *(name for name in folders if (Path(folder) / name).is_symlink())]):
            empty = False
            yield _inside(root, Path(folder) / name)
    for trouble in troubles:
        yield Reject(_name(root, Path(trouble.filename)), "the folder cannot be opened", trouble.strerror or "")
    if empty and not troubles:
        yield Reject(root.name or str(root), "the folder holds no file")


def _inside(root: Path, path: Path) -> Received | Reject:
    name = _name(root, path)
    if path.is_symlink():
        if path.is_dir():
            return Reject(name, "refused: a link to a folder")
        if not path.resolve().is_relative_to(root.resolve()):
            return Reject(name, "refused: a link that leads out of the folder")
    return _file(path, name)


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path != root else root.name or str(root)

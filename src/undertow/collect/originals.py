"""The store of originals: every file as received, under its sha256, written once and never changed."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from undertow.errors import OutsideError

_CHUNK = 1 << 20
_HALF_MADE = ".new"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as the store holds it: its sha256, where it lies, how many bytes it has."""

    original_id: str
    path: Path
    size: int


def digest(path: Path) -> Kept:
    """What `put` would say of a file, without keeping it; raises `OSError` where it cannot be read."""
    original_id, size = _hash(path)
    return Kept(original_id, path, size)


def sweep(store: Path) -> None:
    """Removes half-made copies that a killed run left."""
    for path in store.glob(f".*{_HALF_MADE}"):
        path.unlink(missing_ok=True)


def put(store: Path, path: Path) -> Kept:
    """Copies a file into `store/<ab>/<sha256>`; one that is there already is verified and left as it is.

    Raises `OSError` where `path` cannot be read, `OutsideError` where what the store holds is not what its name says.
    """
    store.mkdir(parents=True, exist_ok=True)
    fresh = store / f".{secrets.token_hex(8)}{_HALF_MADE}"
    try:
        original_id, size = _copy(path, fresh)
        target = store / original_id[:2] / original_id
        if target.exists():
            verify(store, original_id)
        else:
            _sync(fresh)
            _place(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    return Kept(original_id, target, size)


def verify(store: Path, original_id: str) -> Path:
    """Where an original lies, after its bytes were checked against its name; raises `OutsideError` if they differ."""
    path = store / original_id[:2] / original_id
    try:
        found, _ = _hash(path)
    except FileNotFoundError as error:
        raise OutsideError(f"original {original_id} is gone", hint="restore originals/ from a backup") from error
    if found != original_id:
        raise OutsideError(
            f"original {original_id} was changed after it was kept",
            hint="keep the changed file aside as evidence, then restore originals/ from a backup",
        )
    return path


def _copy(path: Path, target: Path) -> tuple[str, int]:
    hasher, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as source, target.open("xb", buffering=0) as copy:
        while chunk := source.read(_CHUNK):
            hasher.update(chunk)
            _write_all(copy.fileno(), chunk)
            size += len(chunk)
    return hasher.hexdigest(), size


def _write_all(number: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(number, rest) :]


def _place(fresh: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    fresh.chmod(0o444)
    fresh.replace(target)
    if os.name == "posix":  # elsewhere a folder cannot be opened
        _sync(target.parent)


def _sync(path: Path) -> None:
    """What a file or a folder holds is on the disk before this returns."""
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _hash(path: Path) -> tuple[str, int]:
    hasher, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            hasher.update(chunk)
            size += len(chunk)
    return hasher.hexdigest(), size

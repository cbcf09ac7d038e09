"""The store of originals: write-once, verified, never changed."""

import hashlib
import stat
from pathlib import Path

import pytest

from undertow.collect import originals
from undertow.errors import OutsideError


def put(folder: Path, data: bytes) -> originals.Kept:
    (folder / "given").write_bytes(data)
    return originals.put(folder / "store", folder / "given")


def test_a_file_is_kept_under_its_hash(tmp_path: Path) -> None:
    kept = put(tmp_path, b"a letter")
    assert kept.original_id == hashlib.sha256(b"a letter").hexdigest()
    assert kept.path == tmp_path / "store" / kept.original_id[:2] / kept.original_id
    assert kept.path.read_bytes() == b"a letter"


def test_a_kept_file_may_be_read_and_not_written(tmp_path: Path) -> None:
    assert stat.S_IMODE(put(tmp_path, b"a letter").path.stat().st_mode) == 0o444


def test_a_file_kept_twice_is_written_once(tmp_path: Path) -> None:
    first = put(tmp_path, b"a letter").path.stat()
    assert put(tmp_path, b"a letter").path.stat().st_ino == first.st_ino


def test_nothing_else_stays_in_the_store(tmp_path: Path) -> None:
    put(tmp_path, b"a letter")
    put(tmp_path, b"a letter")
    assert len([path for path in (tmp_path / "store").rglob("*") if path.is_file()]) == 1


def test_an_original_that_was_changed_is_an_alarm(tmp_path: Path) -> None:
    kept = put(tmp_path, b"a letter")
    kept.path.chmod(0o644)
    kept.path.write_bytes(b"another letter")
    with pytest.raises(OutsideError, match="was changed"):
        put(tmp_path, b"a letter")
    assert kept.path.read_bytes() == b"another letter"


def test_an_original_that_is_gone_is_an_alarm(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="is gone"):
        originals.verify(tmp_path, "ab" * 32)


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    kept = put(tmp_path, b"a letter")
    (tmp_path / "store" / ".0123.new").write_bytes(b"half a let")
    originals.sweep(tmp_path / "store")
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == [kept.path]

"""What was hashed is not hashed again: not after a kill, and not by another way of hashing."""

from pathlib import Path

import pytest

from undertow.pictures import hashing, memo
from undertow.pictures.hashing import PictureError, hash_picture
from undertow.pictures.memo import Memo
from undertow.simulate.pictures import draw

PICTURE = draw(4, "as it was")


def never(data: bytes) -> hashing.PictureHash:
    raise AssertionError(len(data))


def test_the_next_one_gives_the_same_without_hashing(tmp_path: Path) -> None:
    first = Memo(tmp_path / "m" / "pictures.sqlite", hash_picture)
    assert first.hash(PICTURE) == hash_picture(PICTURE)  # and it is not closed: a kill does not either
    assert Memo(first.path, never).hash(PICTURE) == hash_picture(PICTURE)
    assert first.fresh == 1


def test_another_pipeline_hashes_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pictures.sqlite"
    Memo(path, hash_picture).hash(PICTURE)
    monkeypatch.setattr(memo, "pipeline", lambda: "another")
    with pytest.raises(AssertionError):
        Memo(path, never).hash(PICTURE)


def test_what_could_not_be_hashed_is_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "pictures.sqlite"
    with pytest.raises(PictureError):
        Memo(path, hash_picture).hash(b"no picture")
    with pytest.raises(AssertionError):
        Memo(path, never).hash(b"no picture")


def test_a_damaged_memo_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "pictures.sqlite"
    path.write_bytes(b"no database " * 100)
    assert Memo(path, hash_picture).hash(PICTURE).quality > 50


def test_it_leaves_no_file_once_it_is_forgotten(tmp_path: Path) -> None:
    held = Memo(tmp_path / "pictures.sqlite", hash_picture)
    held.hash(PICTURE)
    held.forget()
    assert list(tmp_path.iterdir()) == []

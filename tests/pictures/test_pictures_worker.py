"""What breaks a decoder costs one picture: the next one is hashed as if nothing had been."""

import os
import signal
import struct
import zlib
from collections.abc import Iterator

import pytest

from undertow.pictures.hashing import PictureError, hash_picture
from undertow.pictures.worker import Hasher
from undertow.simulate.pictures import draw

PICTURE = draw(3, "as it was")


@pytest.fixture(scope="module")
def hasher() -> Iterator[Hasher]:
    with Hasher() as made:
        yield made


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds black in a few bytes."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    squeeze, row = zlib.compressobj(9), b"\0" * (1 + 3 * width)
    black = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", black) + part(b"IEND", b"")


def test_it_gives_what_hashing_here_gives(hasher: Hasher) -> None:
    assert hasher.hash(PICTURE) == hash_picture(PICTURE)


def test_a_bomb_is_refused_by_what_its_header_says(hasher: Hasher) -> None:
    with pytest.raises(PictureError, match="400,000,000 pixels"):
        hasher.hash(png(20_000, 20_000)[:200])
    assert hasher.hash(PICTURE).quality > 50


def test_a_bomb_within_the_pixels_meets_the_limit_of_memory() -> None:
    bomb = png(9000, 9000)
    assert len(bomb) < 500_000
    with Hasher(memory=120_000_000) as small:
        with pytest.raises(PictureError, match="refused"):
            small.hash(bomb)
        assert small.hash(PICTURE).quality > 50


def test_a_picture_that_takes_too_long_is_refused_and_the_next_one_is_hashed() -> None:
    with Hasher(seconds=30) as slow:
        slow.hash(PICTURE)
        first = slow.process
        slow.seconds = 0.001
        with pytest.raises(PictureError, match="takes more than"):
            slow.hash(png(4000, 4000))
        slow.seconds = 30
        assert slow.hash(PICTURE).quality > 50
        assert first is not None
        assert first.returncode == -signal.SIGKILL


def test_a_worker_that_is_killed_costs_nothing_but_a_start() -> None:
    with Hasher() as killed:
        killed.hash(PICTURE)
        assert killed.process is not None
        os.kill(killed.process.pid, signal.SIGKILL)
        killed.process.wait()
        assert killed.hash(PICTURE).quality > 50


def test_a_worker_that_dies_over_a_picture_costs_that_picture() -> None:
    with Hasher() as dying:
        dying.hash(PICTURE)
        assert dying.process is not None
        os.kill(dying.process.pid, signal.SIGSTOP)  # it takes the bytes, and never answers
        dying.seconds = 0.2
        with pytest.raises(PictureError):
            dying.hash(PICTURE)
        dying.seconds = 30
        assert dying.hash(PICTURE).quality > 50


@pytest.mark.parametrize("wrong", [b"", b"no picture", PICTURE[:1500]])
def test_a_broken_file_is_refused_in_words_and_the_process_lives(hasher: Hasher, wrong: bytes) -> None:
    hasher.hash(PICTURE)
    before = hasher.process
    with pytest.raises(PictureError):
        hasher.hash(wrong)
    hasher.hash(PICTURE)
    assert hasher.process is before


def test_no_process_is_left_behind() -> None:
    with Hasher() as made:
        made.hash(PICTURE)
        process = made.process
    assert process is not None
    assert process.poll() is not None

"""A video is hashed like pictures, one frame a second; what is broken, endless or too large costs one reject."""

import sys
from io import BytesIO

import pytest
from tests.films import film

from undertow.pictures import video
from undertow.pictures.hashing import PictureError, hash_picture
from undertow.pictures.worker import Hasher
from undertow.simulate.pictures import draw

FILM = film((3, 9, 5))


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.mark.parametrize(
    ("kind", "codec"),
    [
        ("mp4", "mpeg4"),
        ("mov", "mpeg4"),
        ("matroska", "mpeg4"),
        ("avi", "mpeg4"),
        ("flv", "flv"),
        ("mpegts", "mpeg2video"),
    ],
)
def test_each_second_of_a_video_is_hashed_as_the_picture_that_it_shows(kind: str, codec: str) -> None:
    made = hash_picture(film((3, 9, 5), kind=kind, codec=codec))
    whole = {face.what: face.pdq for face in made.faces if "bars" not in face.what}
    for seconds, scene in ((2, 9), (4, 5)):
        assert apart(whole[f"frame at {seconds} s"], hash_picture(draw(scene, "as it was")).pdq) <= 10
    assert apart(made.pdq, hash_picture(draw(3, "as it was")).pdq) <= 10
    assert (made.width, made.height, made.about["seconds"]) == (320, 240, "5")


def test_the_hashes_are_those_of_the_reference_library_for_the_same_frames() -> None:
    import av
    import numpy as np
    import pdqhash

    ours = hash_picture(FILM)
    with av.open(BytesIO(FILM)) as opened:
        frames = [one.to_ndarray(format="rgb24") for one in opened.decode(video=0)]
    bits, quality = pdqhash.compute(frames[0])
    assert apart(ours.pdq, np.packbits(bits).tobytes().hex()) <= 10
    assert abs(ours.quality - quality) <= 1


@pytest.mark.parametrize("brand", ["heic", "avif", "mif1"])
def test_a_still_picture_in_the_same_box_is_no_video(brand: str) -> None:
    assert video.container(b"\0\0\0\x18ftyp" + brand.encode() + b"\0" * 40) == ""


def test_a_play_list_that_names_other_files_is_no_video() -> None:
    for text in (b"#EXTM3U\nfile:///etc/hostname\n", b"ffconcat version 1.0\nfile /etc/hostname\n"):
        assert video.container(text.ljust(600)) == ""
        with pytest.raises(PictureError):
            hash_picture(text)


def test_a_broken_video_is_one_error_and_the_next_one_is_hashed() -> None:
    with Hasher() as hasher:
        for broken in (FILM[:2000], FILM[:40] + b"\0" * 4000, b"\x1a\x45\xdf\xa3" + b"\xff" * 2000):
            with pytest.raises(PictureError):
                hasher.hash(broken)
        assert hasher.hash(FILM) == hash_picture(FILM)


def test_a_video_that_ends_too_early_says_what_is_missing() -> None:
    whole = film((3, 9, 5), kind="flv", codec="flv")
    made = hash_picture(whole[: len(whole) // 2])
    assert "the file says that it lasts 6 s" in made.about["left_out"]


def test_a_long_video_is_hashed_up_to_the_limit_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "FRAMES", 3)
    made = hash_picture(FILM)
    assert {face.what.split(",")[0] for face in made.faces} <= {"frame at 0 s", "frame at 1 s", "frame at 2 s"}
    assert "after 3 frames" in made.about["left_out"]


def test_a_video_that_takes_too_long_is_refused_and_the_next_one_is_hashed() -> None:
    with Hasher() as hasher:
        hasher.hash(draw(3, "as it was"))
        hasher.film = 0.001
        with pytest.raises(PictureError, match="takes more than"):
            hasher.hash(FILM)
        hasher.film = 30.0
        assert hasher.hash(FILM).width == 320


def test_frames_of_too_many_pixels_are_refused() -> None:
    with pytest.raises(PictureError, match="refused: a frame has 76,800 pixels"):
        hash_picture(FILM, pixels=1000)


def test_a_frame_is_seen_at_its_second() -> None:
    with Hasher() as hasher:
        seen = hasher.view(FILM, seconds=4)
        assert abs(seen.astype(int) - hasher.view(draw(5, "as it was")).astype(int)).mean() < 4
        assert hasher.view(FILM, seconds=4, colour=True).shape == (240, 320, 3)
        with pytest.raises(PictureError, match="ends before"):
            hasher.view(FILM, seconds=60)


def test_where_the_extra_is_missing_a_video_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(PictureError, match="extra package") as told:
        hash_picture(FILM)
    assert told.value.hint == 'pip install "undertow[video]"'

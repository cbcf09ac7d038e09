"""A picture has one hash, however its file lays, packs or paints it; what is no picture is refused in words."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFile, ImageOps

from undertow.pictures.hashing import DISTANCE, ORIENTATIONS, PictureError, PictureHash, hash_picture
from undertow.simulate.pictures import draw


def drawn(scene: int = 5) -> Any:
    return Image.open(BytesIO(draw(scene, "as it was"))).convert("RGB")


def stored(image: Any, form: str = "PNG", **how: Any) -> bytes:
    held = BytesIO()
    image.save(held, form, **how)
    return held.getvalue()


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


PLAIN = hash_picture(stored(drawn()))
TURNS = {  # Exif's tag 274, and what a camera that writes it did to the upright picture
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("turn", TURNS)
def test_what_exif_says_of_its_lay_is_undone(turn: int) -> None:
    exif = Image.Exif()
    exif[274] = turn
    lying = hash_picture(stored(drawn().transpose(TURNS[turn]), exif=exif))
    assert (lying.pdq, lying.width, lying.height) == (PLAIN.pdq, PLAIN.width, PLAIN.height)


def test_what_is_transparent_is_seen_over_white() -> None:
    clear = drawn().convert("RGBA")
    hole = Image.new("L", clear.size, 255)
    hole.paste(0, (0, 0, 160, 240))
    clear.putalpha(hole)
    white = drawn()
    white.paste((255, 255, 255), (0, 0, 160, 240))
    assert hash_picture(stored(clear)).pdq == hash_picture(stored(white)).pdq


def test_sixteen_bits_a_pixel_are_the_same_picture() -> None:
    grey = np.asarray(drawn().convert("L"), np.uint16) * 257
    assert apart(hash_picture(stored(Image.fromarray(grey))).pdq, PLAIN.pdq) <= 2


def test_one_bit_a_pixel_is_the_same_picture() -> None:
    one = hash_picture(stored(drawn().convert("1")))
    assert one.quality > 50
    assert apart(one.pdq, PLAIN.pdq) <= 20  # one bit takes tones away, and these are large flat shapes


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "CMYK"), ("PNG", "P"), ("TIFF", "YCbCr"), ("WEBP", "RGB")])
def test_ink_palette_and_other_formats_are_the_same_picture(form: str, mode: str) -> None:
    assert apart(hash_picture(stored(drawn().convert(mode), form)).pdq, PLAIN.pdq) <= 8


def test_a_moving_picture_is_known_by_its_first_middle_and_last_frame() -> None:
    scenes = [drawn(number) for number in range(5)]
    moving = hash_picture(stored(scenes[0], "GIF", save_all=True, append_images=scenes[1:], duration=100))
    looks = {"first frame": moving.pdq, **{face.what: face.pdq for face in moving.faces}}
    for scene, what in ((0, "first frame"), (2, "middle frame"), (4, "last frame")):
        assert apart(hash_picture(stored(scenes[scene])).pdq, looks[what]) <= 12


@pytest.mark.parametrize("colour", ["black", "white", (90, 20, 20)])
@pytest.mark.parametrize("bars", [(0, 12), (0, 60), (40, 0), (20, 20)])
def test_bars_are_cut_and_the_picture_between_them_is_found(colour: Any, bars: tuple[int, int]) -> None:
    framed = hash_picture(stored(ImageOps.expand(drawn(), bars, colour)))
    assert [face.what for face in framed.faces] == ["without its bars"]
    assert apart(framed.faces[0].pdq, PLAIN.pdq) <= 8


def test_a_flat_picture_has_no_bars_and_no_quality() -> None:
    flat = hash_picture(stored(Image.new("RGB", (200, 200), "white")))
    assert (flat.faces, flat.quality) == ((), 0)


@pytest.mark.parametrize("number", range(8))
def test_each_orientation_is_the_hash_of_the_picture_laid_so(number: int) -> None:
    ways = [None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270]
    ways += [Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.FLIP_LEFT_RIGHT]
    ways += [Image.Transpose.TRANSPOSE, Image.Transpose.TRANSVERSE]
    way = ways[number]
    laid = hash_picture(stored(drawn() if way is None else drawn().transpose(way)))
    far = [apart(laid.pdq, pdq) for pdq in PLAIN.orientations]
    assert len(far) == len(ORIENTATIONS)
    assert far[number] <= DISTANCE < 80 < min(far[:number] + far[number + 1 :])


def test_a_hash_has_128_ones_so_distances_are_even() -> None:
    looks = [pdq for scene in range(8) for pdq in hash_picture(stored(drawn(scene))).orientations]
    assert {int(pdq, 16).bit_count() for pdq in looks} == {128}


def test_a_hash_comes_back_from_json() -> None:
    import json

    framed = hash_picture(stored(ImageOps.expand(drawn(), (0, 30), "black")))
    assert PictureHash.of(json.loads(json.dumps(framed.plain()))) == framed


@pytest.mark.parametrize("wrong", [b"", b"no picture", stored(drawn())[:400], stored(drawn(), "JPEG")[:700]])
def test_what_is_no_whole_picture_is_refused_in_words(wrong: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    with pytest.raises(PictureError):
        hash_picture(wrong)


def test_too_many_pixels_are_refused_before_one_is_decoded() -> None:
    with pytest.raises(PictureError, match="76,800 pixels"):
        hash_picture(stored(drawn()), pixels=1000)

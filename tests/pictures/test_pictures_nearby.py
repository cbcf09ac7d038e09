"""A crop or a small turn that PDQ alone misses is found by a second look, and different pictures stay far apart."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from undertow.pictures.hashing import DISTANCE, PictureHash, hash_picture
from undertow.simulate.pictures import draw

SCENES = (3, 5, 9)


def changed(scene: int, how: Any) -> PictureHash:
    image = Image.open(BytesIO(draw(scene, "as it was"))).convert("RGB").resize((640, 480))
    held = BytesIO()
    how(image).save(held, "JPEG", quality=88)
    return hash_picture(held.getvalue())


def inner(share: float) -> Any:
    return lambda im: im.crop((im.width * share, im.height * share, im.width * (1 - share), im.height * (1 - share)))


def apart(one: PictureHash, other: PictureHash) -> tuple[int, int]:
    """Bits between the two as they are, and the fewest once one or both were cropped or turned a little."""
    left, right = ([each.pdq, *(pdq for _, pdq in each.nearby)] for each in (one, other))
    far = [(int(a, 16) ^ int(b, 16)).bit_count() for a in left for b in right]
    return far[0], min(far)


CHANGES = {
    "4 % at each side": inner(0.04),
    "6 % at each side": inner(0.06),
    "5 % at the left": lambda image: image.crop((image.width // 20, 0, image.width, image.height)),
    "2 degrees": lambda image: image.rotate(2),
    "3 degrees over grey": lambda image: image.rotate(3, fillcolor=(128, 128, 128)),
}


@pytest.mark.parametrize("how", CHANGES.values(), ids=CHANGES)
def test_what_pdq_alone_misses_is_found(how: Any) -> None:
    pairs = [apart(changed(scene, lambda im: im), changed(scene, how)) for scene in SCENES]
    assert min(plain for plain, _ in pairs) > DISTANCE
    assert max(nearest for _, nearest in pairs) <= DISTANCE


def test_different_pictures_stay_far_apart() -> None:
    made = [hash_picture(draw(scene, "as it was")) for scene in range(30)]
    assert min(apart(one, other)[1] for number, one in enumerate(made) for other in made[:number]) > DISTANCE + 10


def test_a_picture_without_quality_has_no_second_look() -> None:
    held = BytesIO()
    Image.new("RGB", (200, 200), "white").save(held, "PNG")
    assert hash_picture(held.getvalue()).nearby == ()


@pytest.mark.parametrize("size", [(1, 400), (400, 1), (9, 9), (2000, 30)])
def test_the_oddest_sides_are_hashed(size: tuple[int, int]) -> None:
    grain = Image.effect_noise(size, 90)
    held = BytesIO()
    grain.save(held, "PNG")
    assert len(hash_picture(held.getvalue()).pdq) == 64

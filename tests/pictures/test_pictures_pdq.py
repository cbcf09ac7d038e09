"""The hash by matrices is the hash: bit for bit what the authors' own arithmetic gives, whatever the sides."""

from io import BytesIO

import numpy as np
import pdqhash
import pytest
from PIL import Image

from undertow.pictures import pdq
from undertow.pictures.hashing import face_of, hash_picture
from undertow.simulate.pictures import draw

SIDES = [(320, 240), (64, 64), (63, 65), (129, 127), (512, 512), (1024, 11), (7, 900), (1, 1), (2, 300), (1024, 683)]


def grey(width: int, height: int, scene: int = 5) -> pdq.Luma:
    image = Image.open(BytesIO(draw(scene, "as it was"))).convert("L").resize((width, height))
    grain = np.random.default_rng(scene).integers(0, 9, (height, width))
    return np.asarray(np.clip(np.asarray(image, np.int64) + grain, 0, 255), np.uint8)


@pytest.mark.parametrize(("width", "height"), SIDES)
def test_cosines_and_quality_are_those_of_the_running_boxes(width: int, height: int) -> None:
    luma = grey(width, height)
    theirs, quality = pdqhash.compute_float(np.repeat(luma[:, :, None], 3, axis=2))
    values, own = pdq.values(luma)
    assert np.abs(values - np.asarray(theirs)[::-1].reshape(16, 16)).max() < 0.02  # of values up to 1,000
    assert abs(own - quality) <= 1


def test_the_bits_are_the_same() -> None:
    far = []
    for scene in range(40):
        luma = grey(200 + 13 * scene, 150 + 17 * scene, scene)
        bits, _ = pdqhash.compute(np.repeat(luma[:, :, None], 3, axis=2))
        theirs = int.from_bytes(np.packbits(bits).tobytes())
        far.append((theirs ^ int(face_of("whole", luma).pdq, 16)).bit_count())
    assert max(far) <= 2  # two values a millionth apart may change places
    assert far.count(0) >= 38


@pytest.mark.parametrize("sides", [(4032, 3024), (2048, 1365), (1500, 2600)])
def test_a_large_picture_that_is_shrunk_while_decoded_keeps_its_hash_within_6_bits(sides: tuple[int, int]) -> None:
    held = BytesIO()
    Image.fromarray(grey(*sides)).convert("RGB").save(held, "JPEG", quality=90)
    bits, _ = pdqhash.compute(np.asarray(Image.open(held).convert("RGB")))
    theirs = int.from_bytes(np.packbits(bits).tobytes())
    assert (theirs ^ int(hash_picture(held.getvalue()).pdq, 16)).bit_count() <= 6

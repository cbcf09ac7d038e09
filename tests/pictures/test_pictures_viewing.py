"""What a person sees of two pictures that match: small blurs first, then one laid over the other."""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from undertow.pictures import aligning, viewing
from undertow.pictures.decoding import decode, seen
from undertow.pictures.hashing import ORIENTATIONS, PictureError, face_of
from undertow.pictures.worker import Hasher
from undertow.simulate.pictures import WAYS, draw

PLAIN = draw(3, "as it was")


@pytest.fixture(scope="module")
def hasher() -> Iterator[Hasher]:
    with Hasher() as made:
        yield made


@pytest.mark.parametrize("way", ORIENTATIONS)
def test_a_picture_is_laid_as_the_hash_of_that_orientation_has_it(way: str) -> None:
    luma = seen(PLAIN)
    wanted = face_of("whole", luma).orientations[ORIENTATIONS.index(way)]
    made = face_of("whole", aligning.laid(luma, way)).pdq
    assert (int(made, 16) ^ int(wanted, 16)).bit_count() <= 20


@pytest.mark.parametrize("way", [name for name in WAYS if name not in ("with a logo", "mirrored")])
def test_what_was_done_to_a_picture_is_undone_where_it_is_laid_over_the_other(way: str) -> None:
    same = aligning.aligned(seen(draw(3, way)), seen(PLAIN), "as it is")
    turned = aligning.aligned(aligning.laid(seen(draw(3, way)), "mirrored"), seen(PLAIN), "mirrored")
    other = aligning.aligned(seen(draw(4, way)), seen(PLAIN), "as it is")
    assert max(same.apart, turned.apart) < other.apart / 2


def test_bars_are_taken_off_before_two_pictures_are_laid_over_each_other() -> None:
    barred = np.pad(seen(PLAIN), ((40, 40), (0, 0)))
    found = aligning.aligned(barred, seen(PLAIN), "as it is")
    assert (found.done_to_one, found.done_to_other) == ("without its bars", "")


def test_what_is_the_same_is_white_in_the_difference_and_what_is_not_is_dark() -> None:
    changed = seen(PLAIN).copy()
    changed[:100, :100] = 255 - changed[:100, :100]
    difference = aligning.aligned(changed, seen(PLAIN), "as it is").difference
    assert difference[200:, 200:].min() == 255
    assert difference[10:60, 10:60].mean() < 200


def test_a_stand_in_is_small_grey_and_holds_no_more_than_a_few_places() -> None:
    made = viewing.stand_in(seen(PLAIN, colour=True))
    assert max(made.shape) == 96
    assert made.ndim == 2
    fine = made.astype(float)
    assert np.abs(np.diff(fine, axis=1)).max() < 12  # no edge is left
    assert viewing.stand_in(seen(draw(4, "as it was"))).tobytes() != made.tobytes()


def test_the_worker_gives_what_is_seen_here_in_grey_and_in_colour(hasher: Hasher) -> None:
    assert np.array_equal(hasher.view(PLAIN), seen(PLAIN))
    assert np.array_equal(hasher.view(PLAIN, colour=True), seen(PLAIN, colour=True))
    assert hasher.view(PLAIN, colour=True).shape == (240, 320, 3)


def test_what_cannot_be_seen_is_said_and_the_next_one_is_seen(hasher: Hasher) -> None:
    with pytest.raises(PictureError):
        hasher.view(b"no picture at all")
    assert hasher.view(PLAIN).shape == (240, 320)


def test_a_large_picture_is_seen_small_and_the_right_way_up() -> None:
    held, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.open(BytesIO(PLAIN)).resize((3200, 2400)).save(held, "JPEG", exif=exif)
    for colour in (False, True):
        shown = seen(held.getvalue(), colour=colour)
        assert shown.shape[:2] == (512, 384)
    assert decode(held.getvalue()).width == 2400


def test_a_picture_for_the_page_is_a_png_of_its_size() -> None:
    assert Image.open(BytesIO(viewing.png(seen(PLAIN)))).size == (320, 240)

"""The hash's authors' own pictures: their hashes come out, whatever way a picture was stored, turned or framed."""

import csv
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps

from undertow.pictures.hashing import DISTANCE, PictureHash, hash_picture

# Upstream's own tests allow 10 bits between two implementations, and 16 to the plain Python one.
VECTORS = [
    ("PDQMD5TestData_wasm.csv", "FilePath", "Hash", 10),
    ("reference_hashes_python_impl.csv", "path_under_pdq_data", "pdq_hex", 16),
    ("pdqhash_0.2.8_outputs.csv", "file", "pdq_hex", 10),
]
MODES = ["1.png", "CMYK.jpg", "L.png", "LA.png", "P.png", "PA.webp", "RGB.jpg", "RGBA.png", "YCbCr.jpg"]
LAID = [
    *("1-original", "2-rotate-90", "3-rotate-180", "4-rotate-270"),
    *("5-flipx", "6-flipy", "7-flip-plus-1", "8-flip-minus-1"),
]
FRAMES = {"letterbox of 5 %": (0, 0.05), "letterbox of 15 %": (0, 0.15), "pillarbox": (0.125, 0)}


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def nearest(one: PictureHash, other: PictureHash) -> int:
    return min(apart(one.pdq, pdq) for pdq in (other.pdq, *(face.pdq for face in other.faces)))


def jpeg(image: Any) -> bytes:
    held = BytesIO()
    image.convert("RGB").save(held, "JPEG", quality=90)
    return held.getvalue()


@pytest.fixture(scope="module")
def images(shared: Path) -> Path:
    return shared / "pictures" / "pdq" / "images"


@pytest.mark.parametrize(("file", "path", "value", "most"), VECTORS)
def test_reference_hashes_come_out(images: Path, file: str, path: str, value: str, most: int) -> None:
    here = {found.name: found for found in images.rglob("*.*")}
    with (images.parent / "vectors" / file).open(encoding="utf-8") as stream:
        rows = [(here[row[path].split("/")[-1]], row[value]) for row in csv.DictReader(stream) if _is(here, row[path])]
    assert len(rows) >= 10
    assert {
        found.name: far for found, pdq in rows if (far := apart(hash_picture(found.read_bytes()).pdq, pdq)) > most
    } == {}


def _is(here: dict[str, Path], path: str) -> bool:
    return path.rsplit("/", maxsplit=1)[-1] in here


@pytest.mark.parametrize("mode", MODES)
def test_every_way_to_store_a_picture_gives_its_hash_within_2_bits(images: Path, mode: str) -> None:
    plain = hash_picture((images / "modes" / "original.jpg").read_bytes())
    stored = hash_picture((images / "modes" / mode).read_bytes())
    assert apart(plain.pdq, stored.pdq) <= 2
    assert stored.quality == 100


@pytest.mark.parametrize("number", range(8))
def test_a_turned_or_mirrored_picture_is_near_one_orientation_alone(images: Path, number: int) -> None:
    original = hash_picture((images / "dih" / "bridge-1-original.jpg").read_bytes())
    laid = hash_picture((images / "dih" / f"bridge-{LAID[number]}.jpg").read_bytes())
    assert [at for at, pdq in enumerate(original.orientations) if apart(laid.pdq, pdq) <= DISTANCE] == [number]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", ["bridge-mods/aaa-orig.jpg", "misc/pen-and-coaster.png", "misc/c.png"])
def test_bars_around_a_picture_do_not_hide_it(images: Path, name: str, frame: str) -> None:
    image = Image.open(images / name).convert("RGB")
    across, down = (int(share * side) for share, side in zip(FRAMES[frame], image.size, strict=True))
    framed = hash_picture(jpeg(ImageOps.expand(image, (across, down), "black")))
    plain = hash_picture(jpeg(image))
    assert nearest(plain, framed) <= 10 < DISTANCE < apart(plain.pdq, framed.pdq)


def test_different_photographs_are_far_apart(shared: Path) -> None:
    hashes = [hash_picture(path.read_bytes()) for path in sorted((shared / "pictures" / "perception").glob("*.jpg"))]
    looks = [[*one.orientations, *(pdq for face in one.faces for pdq in face.orientations)] for one in hashes]
    pairs = [(one, other) for one in range(len(looks)) for other in range(one)]
    assert len(pairs) == 45
    assert min(apart(a, b) for one, other in pairs for a in looks[one][:1] for b in looks[other]) > 2 * DISTANCE

"""The hash of a picture, PDQ, after everything was undone that changes the bits and not the picture.

PDQ: Davis and Rosen, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (Facebook, 2019).
Hashes compare only where one pipeline made them, or nearly: `PIPELINE` is kept beside every hash.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import md5, sha256
from importlib.metadata import version
from itertools import chain
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from undertow.errors import UndertowError
from undertow.pictures import pdq

ORIENTATIONS = (
    "as it is",
    "turned left",
    "turned round",
    "turned right",
    "upside down",
    "mirrored",
    "mirrored on the falling diagonal",
    "mirrored on the rising diagonal",
)
QUALITY = 50  # below it a hash is noise: the mean distance between two decoders is 36 (upstream: discard up to 49)
PIXELS = 200_000_000  # the largest cameras make 150 million
DISTANCE = 30  # of 256 bits; every hash has 128 ones, so distances are even and the published 31 means 30

Floats = npt.NDArray[np.float32]
Luma = npt.NDArray[np.uint8]


class PictureError(UndertowError):
    """These bytes are no picture that can be hashed."""


@dataclass(frozen=True, slots=True)
class Face:
    """One look of a picture: `what` is "whole", "without its bars", or a frame; hashes are 64 hex digits.

    `orientations` are the hashes of the eight ways to lay it, in the order of `ORIENTATIONS`; the first is `pdq`.
    """

    what: str
    pdq: str
    quality: int
    orientations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PictureHash:
    """Everything by which a picture is compared; `faces` are its further looks. `quality` is 0 to 100."""

    pdq: str
    quality: int
    pipeline: str
    orientations: tuple[str, ...]
    sha256: str
    md5: str
    width: int
    height: int
    faces: tuple[Face, ...] = ()
    nearby: tuple[tuple[str, str], ...] = ()  # what was done to it, and its hash then; of a picture of some quality
    about: dict[str, str] = field(default_factory=dict)
    """What its Exif says: taken, latitude, longitude; may be false. Of a video seconds, and what was left out."""

    def plain(self) -> dict[str, Any]:
        """As JSON holds it; `of` reads it back."""
        return asdict(self)

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Self:
        """What `plain` gave."""
        faces = tuple(Face(**{**face, "orientations": tuple(face["orientations"])}) for face in plain["faces"])
        nearby = tuple((what, hashed) for what, hashed in plain["nearby"])
        return cls(**{**plain, "orientations": tuple(plain["orientations"]), "faces": faces, "nearby": nearby})


@cache
def pipeline() -> str:
    """Name and version of what makes the bits: ours, and the library that decodes."""
    return f"undertow-2 pillow-{version('pillow')}"


def hash_picture(data: bytes, pixels: int = PIXELS) -> PictureHash:
    """The hashes of a picture file's bytes, decoded in this process.

    Raises `PictureError` where they are no picture or it is refused. For files of strangers use
    `undertow.pictures.worker.Hasher`, which a bomb or a crash of a decoder does not reach.
    """
    from undertow.pictures import decoding

    picture = decoding.decode(data, pixels)
    frames = iter(picture.frames)
    first = next(frames)
    faces = list(_faces(chain([first], frames), (picture.height, picture.width)))
    return PictureHash(
        faces[0].pdq,
        faces[0].quality,
        pipeline(),
        faces[0].orientations,
        sha256(data).hexdigest(),
        md5(data, usedforsecurity=False).hexdigest(),
        picture.width,
        picture.height,
        tuple(_others(faces)),
        _nearby(first[1]) if faces[0].quality >= QUALITY else (),
        picture.about,
    )


def _faces(frames: "Iterable[tuple[str, Luma]]", full: pdq.Shape) -> Iterator[Face]:
    """`full` are the rows and columns of the picture before it was shrunk."""
    from undertow.pictures import boxes

    for what, luma in frames:
        yield face_of(what, luma, full)
        inner = boxes.without_bars(luma)
        if inner is not None:
            had = tuple(round(left * of / side) for left, of, side in zip(inner.shape, full, luma.shape, strict=True))
            yield face_of(f"{what}, without its bars" if what != "whole" else "without its bars", inner, had)


def _nearby(luma: Luma) -> tuple[tuple[str, str], ...]:
    from undertow.pictures import nearby

    done, values = zip(*nearby.values(luma), strict=True)
    return tuple(zip(done, _bits(np.stack(values)), strict=True))


def _others(faces: list[Face]) -> Iterator[Face]:
    """All but the first, each hash once."""
    seen = {faces[0].pdq}
    for face in faces[1:]:
        if face.pdq not in seen:
            seen.add(face.pdq)
            yield face


def face_of(what: str, luma: Luma, full: pdq.Shape | None = None) -> Face:
    """The hashes of one grey picture, rows by columns; `full` as in `pdq.values`."""
    values, quality = pdq.values(luma, full)
    orientations = _eight(values)
    return Face(what, orientations[0], quality, orientations)


def _eight(values: Floats) -> tuple[str, ...]:
    """The hashes of a picture's eight orientations, from its 16 x 16 cosine values: a turn moves and negates them."""
    odd = np.where(np.arange(16) % 2, np.float32(1), np.float32(-1))
    down, across = odd[:, None], odd[None, :]
    turned = values.T
    first = (values, turned * down, values * down * across, turned * across)
    second = (values * down, values * across, turned, turned * down * across)
    return _bits(np.stack(first + second))


def _bits(values: Floats) -> tuple[str, ...]:
    """Hashes of some tables of 16 x 16 cosine values."""
    laid = values.reshape(-1, 256)
    middle = np.partition(laid, 127, axis=1)[:, 127:128]  # the lower median: 128 bits are set
    bits = np.packbits((laid > middle)[:, ::-1], axis=1)
    return tuple(row.tobytes().hex() for row in bits)

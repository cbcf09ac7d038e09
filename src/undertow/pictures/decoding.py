"""From the bytes of a picture file to grey pixels, whatever way they were stored: what a viewer would show.

Exif orientation is applied; ink, palette, one bit, sixteen bits and transparency (over white) become grey; of moving
pictures the first, the middle and the last frame are taken; what has twice 1,024 pixels is shrunk to about that,
a JPEG while it is decoded: that takes a twentieth of the time, and `pdq` moves by up to 4 bits, as it is told the size.
"""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile

from undertow.pictures import video, viewing
from undertow.pictures.exif import said
from undertow.pictures.hashing import PIXELS, PictureError

SIDE = 1024  # larger pictures are shrunk by whole numbers until the longer side is this and less than twice this
_NEARLY = 896
FRAMES = 600  # of a moving picture that are looked through for its last one

_TURN = 0x0112

Luma = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Grey frames by what they are, the picture's size as it is to be seen, and what its Exif says.

    The frames of a video are decoded as they are asked for; once all were, `about` says what was left out.
    """

    frames: Iterable[tuple[str, Luma]]
    width: int
    height: int
    about: dict[str, str]


def decode(data: bytes, pixels: int = PIXELS) -> Decoded:
    """The frames of a picture or video; raises `PictureError` where it is none, is damaged or above `pixels`."""
    if video.container(data[: video.HEAD]):
        return video.decode(data, pixels)
    with _named():
        return _decode(_opened(data, pixels))


def seen(data: bytes, pixels: int = PIXELS, *, colour: bool = False, seconds: float = 0.0) -> Luma:
    """The first frame, small, for a person to look at; raises `PictureError` as `decode` does.

    Of a video it is the one at so many `seconds`.
    """
    if video.container(data[: video.HEAD]):
        return viewing.smaller(video.frame(data, seconds, pixels, colour=colour))
    with _named():
        image = _opened(data, pixels)
        turn = image.getexif().get(_TURN, 1)
        if not colour:
            return viewing.smaller(_luma(next(_frames(image))[1], turn))
        image.draft("RGB", (2 * viewing.SIDE, 2 * viewing.SIDE))
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        return _turned(viewing.smaller(np.asarray(Image.alpha_composite(paper, clear).convert("RGB"))), turn)


@contextmanager
def _named() -> Iterator[None]:
    """Whatever a decoder raises becomes a `PictureError` that says what it was."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except PictureError:
        raise
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, AttributeError, TypeError) as error:
        raise PictureError(f"the picture cannot be decoded: {type(error).__name__}", hint=str(error)[:200]) from error
    except (MemoryError, Image.DecompressionBombError) as error:
        raise PictureError("refused: the picture needs too much memory") from error


def _opened(data: bytes, pixels: int) -> Any:
    Image.MAX_IMAGE_PIXELS = None  # ours is checked below, before a pixel is decoded
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # a library that makes PDFs turns it on for the whole process
    image: Any = Image.open(BytesIO(data))
    width, height = image.size
    if width * height > pixels:
        raise PictureError(f"refused: the picture has {width * height:,} pixels", hint=f"at most {pixels:,}")
    if min(width, height) < 1:
        raise PictureError("the picture has no pixels")
    return image


def _decode(image: Any) -> Decoded:
    width, height = image.size
    turn = image.getexif().get(_TURN, 1)
    about = said(image)
    frames = [(what, _luma(frame, turn)) for what, frame in _frames(image)]
    if turn in (5, 6, 7, 8):
        width, height = height, width
    return Decoded(frames, width, height, about)


def _frames(image: Any) -> Iterator[tuple[str, Any]]:
    """Each frame as it is reached: the image is one object that moves on."""
    count = getattr(image, "n_frames", 1)
    if count == 1 or image.format == "MPO":  # an MPO's second frame is the other eye's, or a preview
        _shrink_while_decoding(image)
        yield "whole", image
        return
    last = min(count, FRAMES) - 1
    seen = set[int]()
    for what, number in (("first frame", 0), ("middle frame", last // 2), ("last frame", last)):
        if number not in seen:
            seen.add(number)
            image.seek(number)
            yield what, image


def _shrink_while_decoding(image: Any) -> None:
    longer = max(image.size)
    if image.format in ("JPEG", "MPO"):
        size = tuple(max(1, side * _NEARLY // longer) for side in image.size) if longer > SIDE else None
        image.draft("L" if image.mode == "RGB" else None, size)


def as_luma(image: Any) -> Luma:
    """A frame in grey, shrunk where it is large."""
    return _luma(image, 1)


def _luma(image: Any, turn: int) -> Luma:
    grey = _grey(image)
    together = max(grey.size) // SIDE
    if together > 1:
        grey = grey.reduce(together)
    pixels = np.asarray(grey, np.uint8)
    return np.ascontiguousarray(_turned(pixels, turn))


def _grey(image: Any) -> Any:
    """8-bit grey of any mode, what is transparent over white."""
    mode = image.mode
    if mode in ("I", "F") or mode.startswith("I;16"):
        return _from_deep(image)
    if mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, clear).convert("L")
    if mode in ("L", "RGB"):
        return image.convert("L")
    return image.convert("RGB").convert("L")  # ink, palette, one bit, YCbCr, Lab


def _from_deep(image: Any) -> Any:
    """16 bits by their upper 8; whole and broken numbers by what they span."""
    values = np.asarray(image, np.float64)
    if image.mode.startswith("I") and values.size and values.max() > 255:
        values = values / 257
    elif image.mode == "F" and values.size and np.isfinite(values).all() and values.max() > values.min():
        values = (values - values.min()) * (255 / (values.max() - values.min()))
    return Image.fromarray(np.clip(np.nan_to_num(values), 0, 255).astype(np.uint8))


def _turned(pixels: Luma, turn: int) -> Luma:
    """Exif's eight ways to lay a picture (its tag 274) undone."""
    ways = {
        2: lambda: pixels[:, ::-1],
        3: lambda: pixels[::-1, ::-1],
        4: lambda: pixels[::-1],
        5: lambda: np.swapaxes(pixels, 0, 1),
        6: lambda: np.swapaxes(pixels, 0, 1)[:, ::-1],
        7: lambda: np.swapaxes(pixels[::-1, ::-1], 0, 1),
        8: lambda: np.swapaxes(pixels, 0, 1)[::-1],
    }
    return ways[turn]() if turn in ways else pixels

"""Pictures for a person's eye: a small blurred one first, and the whole only where somebody asked for it.

Decoded by `undertow.pictures.worker`, as for hashing; what is here takes pixels, and no file of a stranger.
"""

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Pixels = npt.NDArray[np.uint8]
"""Rows by columns of grey, or with three colours."""

SIDE = 512  # of the longer side of what is shown
STAND_IN = 96  # of a blurred one
_CELLS = 12  # a blurred one has so many different places each way: light and dark, and no shape of a person; a guess


def smaller(pixels: Pixels, side: int = SIDE) -> Pixels:
    """The picture with its longer side at most so long."""
    longer = max(pixels.shape[:2])
    if longer <= side:
        return pixels
    height, width = (max(1, round(length * side / longer)) for length in pixels.shape[:2])
    return sized(pixels, height, width)


def sized(pixels: Pixels, height: int, width: int) -> Pixels:
    """The picture at just this size."""
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BOX), np.uint8)


def stand_in(pixels: Pixels) -> Pixels:
    """A small grey blur that stands for a picture: it tells two groups apart and shows nothing."""
    grey = Image.fromarray(smaller(pixels, STAND_IN)).convert("L")
    cells = grey.resize((_CELLS, _CELLS), Image.Resampling.BOX)
    blurred = cells.resize(grey.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(STAND_IN // _CELLS))
    return np.asarray(blurred, np.uint8)


def png(pixels: Pixels) -> bytes:
    """The picture as a file that a browser shows."""
    held = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(held, "PNG")
    return held.getvalue()

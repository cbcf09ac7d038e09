"""A second look at a picture, for what PDQ alone misses: its hashes after it was cropped or turned a little.

PDQ bears a crop of 1 % and a turn of 1 degree. Two copies meet where what was done to the one, or to both, makes them
alike again. A small copy is enough for that, so each of these hashes costs a fraction of the first.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from PIL import Image

from undertow.pictures import pdq

Luma = npt.NDArray[np.uint8]

_SIDE = 80  # of the small copy, at least
_CROPS = (2, 4, 6, 8)  # per cent at each side
_SIDES = ("left", "right", "top", "bottom")
_OF_SIDE = 5  # per cent at one side
_TURNS = (-3.0, -1.5, 1.5, 3.0)  # degrees


def versions(luma: Luma) -> Iterator[tuple[str, Luma]]:
    """What was done to the picture, and the picture then."""
    small = _small(luma)
    for share in _CROPS:
        yield f"cropped by {share} %", _without(small, dict.fromkeys(_SIDES, share))
    for side in _SIDES:
        yield f"{_OF_SIDE} % less at the {side}", _without(small, {side: _OF_SIDE})
    image, mean = Image.fromarray(small), int(small.mean())
    for degrees in _TURNS:
        turned = image.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=mean)
        yield f"turned by {degrees:g} degrees", np.asarray(turned, np.uint8)


def values(luma: Luma) -> Iterator[tuple[str, pdq.Floats]]:
    """What was done, and the cosine values then."""
    for what, changed in versions(luma):
        yield what, pdq.cosines(changed)


def _small(luma: Luma) -> Luma:
    together = min(luma.shape) // _SIDE
    return np.asarray(Image.fromarray(luma).reduce(together), np.uint8) if together > 1 else luma


def _without(luma: Luma, shares: dict[str, int]) -> Luma:
    """The picture without so many per cent at these sides; at least a pixel is left."""
    height, width = luma.shape
    off = {side: round(shares.get(side, 0) * (height if side in ("top", "bottom") else width) / 100) for side in _SIDES}
    return np.ascontiguousarray(luma[off["top"] : height - off["bottom"], off["left"] : width - off["right"]])

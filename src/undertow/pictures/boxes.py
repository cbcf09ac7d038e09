"""Bars above and below, or at the sides: what makes one film two. A picture is hashed with them and without."""

import numpy as np
import numpy.typing as npt

Luma = npt.NDArray[np.uint8]

_FLAT = 12  # of 255: how far a pixel of a bar may be from the bar's colour; JPEG noise moves it by less
_SHARE = 0.985  # of a line's pixels that must be so
_LEAST = 0.01  # of the side, for both bars together
_LEFT = 0.3  # of the picture that must be left; both found so on the pictures of `../shared/data/pictures`


def without_bars(luma: Luma) -> Luma | None:
    """What is between the bars; None where there are none."""
    top, bottom = _inside(luma)
    left, right = _inside(luma[top:bottom].T)
    height, width = luma.shape
    if (height - (bottom - top)) < _LEAST * height and (width - (right - left)) < _LEAST * width:
        return None
    if (bottom - top) < _LEFT * height or (right - left) < _LEFT * width:
        return None
    return np.ascontiguousarray(luma[top:bottom, left:right])


def _inside(luma: Luma) -> tuple[int, int]:
    """The first line that is in no bar, and the first one behind it that is again."""
    first = _bar(luma)
    return (first, len(luma) - _bar(luma[::-1])) if first < len(luma) else (0, len(luma))


def _bar(luma: Luma) -> int:
    """How many lines from the first on are of one colour, the same for all."""
    colour = int(np.median(luma[0])) if len(luma) else 0
    low, high = np.uint8(max(0, colour - _FLAT)), np.uint8(min(255, colour + _FLAT))
    step, at = 16, 0
    while at < len(luma):  # most pictures have none: look at one line before looking at all
        some = luma[at : at + (step if at else 1)]
        flat = ((some >= low) & (some <= high)).mean(axis=1) >= _SHARE
        if not flat.all():
            return at + int(flat.argmin())
        at += len(some)
    return at

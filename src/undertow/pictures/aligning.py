"""Two pictures that match, laid over each other, so that a person sees what is the same and what is not.

A match says that some look of the one is near some look of the other. Which they are is found by laying them over each
other in every way that the hashes allow: turned and mirrored as the match says, with and without bars, cropped or
turned a little; the way in which they differ least is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from undertow.pictures import boxes, nearby, viewing
from undertow.pictures.hashing import ORIENTATIONS

Luma = npt.NDArray[np.uint8]

SIDE = 256  # of both, once they are laid over each other
_ROUGH = 64  # of the copies by which ways are compared
_ENOUGH = 6.0  # grey levels of 255 by which pictures that are laid right differ at most, after JPEG: a guess

_LAID = (
    lambda pixels: pixels,
    lambda pixels: np.rot90(pixels, 1),
    lambda pixels: np.rot90(pixels, 2),
    lambda pixels: np.rot90(pixels, 3),
    lambda pixels: pixels[::-1],
    lambda pixels: pixels[:, ::-1],
    lambda pixels: np.swapaxes(pixels, 0, 1),
    lambda pixels: np.swapaxes(pixels, 0, 1)[::-1, ::-1],
)  # in the order of ORIENTATIONS


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two grey pictures of `SIDE` by `SIDE`, the first laid to be like the second; what was done to each.

    `apart` is by how many grey levels, of 255, they differ on average.
    """

    one: Luma
    other: Luma
    done_to_one: str
    done_to_other: str
    apart: float

    @property
    def difference(self) -> Luma:
        """White where they are the same, the darker the more they differ."""
        apart = np.abs(self.one.astype(np.int16) - self.other.astype(np.int16))
        return np.asarray(255 - np.minimum(255, 2 * apart), np.uint8)


def laid(pixels: Luma, orientation: str) -> Luma:
    """A picture laid in one of the eight ways of `ORIENTATIONS`; as it is where the word is none of them."""
    way = ORIENTATIONS.index(orientation) if orientation in ORIENTATIONS else 0
    return np.ascontiguousarray(_LAID[way](pixels))


def aligned(one: Luma, other: Luma, orientation: str) -> Aligned:
    """Two pictures laid over each other; `orientation` is how the first is to be laid."""
    looks = [(what, laid(pixels, orientation)) for what, pixels in _looks(one)]
    found = _nearest(looks, list(_looks(other)))
    if found.apart > _ENOUGH:
        little = [*looks, *nearby.versions(looks[0][1])], [*_looks(other), *nearby.versions(other)]
        found = min(found, _nearest(*little), key=lambda way: way.apart)
    return found


def _looks(luma: Luma) -> Iterator[tuple[str, Luma]]:
    yield "", luma
    inner = boxes.without_bars(luma)
    if inner is not None:
        yield "without its bars", inner


def _nearest(ones: list[tuple[str, Luma]], others: list[tuple[str, Luma]]) -> Aligned:
    rough = [viewing.sized(luma, _ROUGH, _ROUGH).astype(np.int16) for _, luma in (*ones, *others)]
    apart = np.array([[np.abs(a - b).mean() for b in rough[len(ones) :]] for a in rough[: len(ones)]])
    first, second = np.unravel_index(int(apart.argmin()), apart.shape)
    (done, one), (done_other, other) = ones[first], others[second]
    shown = [viewing.sized(luma, SIDE, SIDE) for luma in (one, other)]
    return Aligned(shown[0], shown[1], done, done_other, float(apart[first, second]))

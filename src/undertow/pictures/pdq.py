"""PDQ's numbers by matrices: its smoothing, its 64 x 64 samples and its cosines are linear, so each is a product.

Davis and Rosen, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (Facebook, 2019): two box
filters each way, a 128th of the side wide, every 64th part sampled, then 16 x 16 cosines without the constant one.
Smoothing every pixel and then throwing all but 4,096 away gives the same samples and takes ten times as long; a test
holds the bits beside those of `pdqhash`. A picture that was shrunk is weighed as if its pixels were still there: boxes
and samples lie where they would in the full one, so its hash hardly moves.
"""

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Luma = npt.NDArray[np.uint8]
Shape = tuple[int, ...]

SAMPLES, KEPT = 64, 16
_SLOPE = 90  # steps between neighbouring samples, in hundredths of full brightness, that are one point of quality
_SIZES = 128  # sides whose weights are kept: 256 KB for one of 1,024 pixels


def values(luma: Luma, full: Shape | None = None) -> tuple[Floats, int]:
    """The 16 x 16 cosine values of a grey picture, rows by columns, and its quality, 0 to 100.

    `full` are the rows and columns that it had before it was shrunk.
    """
    samples = sampled(luma, full or luma.shape)
    cosines = _cosines()
    made: Floats = np.asarray(cosines @ samples @ cosines.T, np.float32)
    return made, _quality(samples)


def sampled(luma: Luma, full: Shape) -> Floats:
    """The picture smoothed and sampled to 64 x 64; brightness is 0 to 255."""
    rows, columns = (_weights(had, side) for had, side in zip(full, luma.shape, strict=True))
    made: Floats = rows @ luma.astype(np.float32) @ columns.T
    return made


def _quality(samples: Floats) -> int:
    """How much is to be seen: flat colour has none."""
    steps = [np.abs((np.diff(samples, axis=axis) * np.float32(100 / 255)).astype(np.int32)).sum() for axis in (0, 1)]
    return int(min(100, sum(steps) // _SLOPE))


@cache
def _cosines() -> Floats:
    number, place = np.arange(1, KEPT + 1)[:, None], np.arange(SAMPLES)[None, :]
    made = np.sqrt(2 / SAMPLES) * np.cos(np.pi / (2 * SAMPLES) * number * (2 * place + 1))
    return np.asarray(made, np.float32)


@lru_cache(_SIZES)
def _weights(full: int, side: int) -> Floats:
    """By how much each pixel of a line counts for each of its samples, 64 by `side`: two boxes, one over the other.

    The line had `full` pixels, of which so many became one each: their weights are added up.
    """
    lowest, highest = _boxes(full)
    wide = highest - lowest + 1
    taken = ((np.arange(SAMPLES) + 0.5) * full / SAMPLES).astype(np.int64)
    steps = np.zeros((SAMPLES, full + 1))
    for step in range(int(wide.max())):
        inner = np.minimum(lowest[taken] + step, full - 1)
        share = np.where(lowest[taken] + step <= highest[taken], 1 / (wide[taken] * wide[inner]), 0.0)
        steps[np.arange(SAMPLES), lowest[inner]] += share
        steps[np.arange(SAMPLES), highest[inner] + 1] -= share
    until = np.cumsum(np.cumsum(steps, axis=1), axis=1)  # of the first pixels, from one on
    edges = np.minimum(np.arange(1, side + 1) * -(-full // side), full)
    return np.ascontiguousarray(np.diff(until[:, edges - 1], axis=1, prepend=0), np.float32)


def _boxes(side: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The first and last pixel of the box around each pixel; at the ends a box is cut."""
    width = (side + 2 * SAMPLES - 1) // (2 * SAMPLES)
    ahead = (width + 2) // 2 - 1
    place = np.arange(side)
    return np.maximum(place - (width - 1 - ahead), 0), np.minimum(place + ahead, side - 1)

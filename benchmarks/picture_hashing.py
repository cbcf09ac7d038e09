"""What hashing a picture costs, decoding included: ours beside bare Pillow and pdqhash, in one run, on one core.

python -m benchmarks.picture_hashing PICTURES

PICTURES are photographs, or folders of them; each is stored in every form of the table at its own proportions, larger
than it was with a little grain so that a JPEG has something to decode. *Bare* is Pillow's `convert("RGB")` and
pdqhash's `compute`: one hash. *Ours* is everything a record holds: eight orientations, what is between bars, Exif,
sha256 and md5. *In the worker* adds the other process, its pipe and its JSON. Times are medians of CPU milliseconds.
"""

import argparse
import os
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from PIL import Image

from undertow.pictures.hashing import hash_picture
from undertow.pictures.worker import Hasher

FORMS = (
    ("JPEG", 256, 9),
    ("JPEG", 512, 9),
    ("PNG", 512, 5),
    ("WEBP", 512, 5),
    ("JPEG", 1024, 5),
    ("PNG", 1024, 3),
    ("JPEG", 2048, 3),
    ("JPEG", 4032, 3),
)
_TICK = os.sysconf("SC_CLK_TCK")


def stored(image: Any, form: str, side: int) -> bytes:
    """The picture as a file whose longer side is `side`, with grain of one or two steps of brightness."""
    share = side / max(image.size)
    size = tuple(max(1, round(length * share)) for length in image.size)
    grain = np.random.default_rng(3).normal(0, 1.5, (size[1], size[0], 1))
    pixels = np.asarray(image.resize(size, Image.Resampling.LANCZOS), np.float64) + grain
    held = BytesIO()
    how = {"quality": 90} if form != "PNG" else {}
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(held, form, **how)
    return held.getvalue()


def bare(data: bytes) -> str:
    """The hash as most tools make it."""
    import pdqhash

    bits, _ = pdqhash.compute(np.asarray(Image.open(BytesIO(data)).convert("RGB")))
    return bytes(np.packbits(bits)).hex()


def _milliseconds(work: Callable[[], object], times: int) -> float:
    work()
    took = []
    for _ in range(times):
        began = process_time()
        work()
        took.append(process_time() - began)
    return 1000 * median(took)


def _in_worker(hasher: Hasher, files: list[bytes], times: int) -> float:
    """CPU of both processes, for each picture: the other one's clock ticks are coarse, so over all of them."""
    for data in files:
        hasher.hash(data)
    before, began = _theirs(hasher), process_time()
    for _ in range(times):
        for data in files:
            hasher.hash(data)
    return 1000 * (process_time() - began + _theirs(hasher) - before) / (times * len(files))


def _theirs(hasher: Hasher) -> float:
    assert hasher.process is not None
    said = Path(f"/proc/{hasher.process.pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return (int(said[11]) + int(said[12])) / _TICK


def main() -> None:
    """Prints the table."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", type=Path, nargs="+")
    said = parser.parse_args()
    paths = [found for path in said.pictures for found in (sorted(path.iterdir()) if path.is_dir() else [path])]
    images = [Image.open(path).convert("RGB") for path in paths if path.suffix in (".jpg", ".png")]
    print(f"| stored as ({len(images)} pictures) | bare ms | ours ms | times faster | in the worker ms | bits apart |")
    print("|---|---|---|---|---|---|")
    with Hasher() as hasher:
        for form, side, times in FORMS:
            files = [stored(image, form, side) for image in images]
            plain = median(_milliseconds(partial(bare, data), times) for data in files)
            ours = median(_milliseconds(partial(hash_picture, data), times) for data in files)
            worker = _in_worker(hasher, files, times)
            far = [_apart(bare(data), hash_picture(data).pdq) for data in files]
            print(
                f"| {form}, {side} pixels | {plain:.1f} | {ours:.1f} | {plain / ours:.1f} | {worker:.1f} "
                f"| {min(far)}-{max(far)} |",
                flush=True,
            )


def _apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


if __name__ == "__main__":
    main()

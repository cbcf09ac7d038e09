"""How far a change moves a picture's hash, and how often what was changed is still found: within 30 bits.

python -m benchmarks.picture_changes PICTURES

PICTURES is a folder of photographs; those of the page are the public ones of two hash libraries, 3 and 10. *Plain* is
one hash a picture, as other tools compare; *ours* is all looks of both, whatever way they lie.
"""

import argparse
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from undertow.pictures.hashing import DISTANCE, PictureHash, hash_picture


def _inner(image: Any, share: float) -> Any:
    across, down = (int(side * share) for side in image.size)
    return image.crop((across, down, image.width - across, image.height - down))


def _logo(image: Any) -> Any:
    image = image.copy()
    width, height = image.size
    ImageDraw.Draw(image).rectangle((width * 0.7, height * 0.88, width * 0.97, height * 0.96), fill="white")
    return image


def _band(image: Any) -> Any:
    image = image.copy()
    ImageDraw.Draw(image).rectangle((0, image.height * 0.85, image.width, image.height), fill="black")
    return image


def _again(image: Any, quality: int) -> Any:
    return Image.open(BytesIO(_stored(image, quality)))


def _stored(image: Any, quality: int = 90) -> bytes:
    held = BytesIO()
    image.convert("RGB").save(held, "JPEG", quality=quality)
    return held.getvalue()


CHANGES: Mapping[str, Callable[[Any], Any]] = {
    "JPEG of quality 20": lambda image: _again(image, 20),
    "grey": lambda image: image.convert("L"),
    "half the size": lambda image: image.resize((image.width // 2, image.height // 2)),
    "squashed to a square": lambda image: image.resize((256, 256)),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(1.5)),
    "mirrored": ImageOps.mirror,
    "turned by 90 degrees": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "letterbox of 5 %": lambda image: ImageOps.expand(image, (0, image.height // 20), "black"),
    "letterbox of 15 %": lambda image: ImageOps.expand(image, (0, image.height * 15 // 100), "black"),
    "pillarbox of 12 %": lambda image: ImageOps.expand(image, (image.width // 8, 0), "white"),
    "a logo in the corner": _logo,
    "a band over the lowest 15 %": _band,
    "cropped by 1 % at each side": lambda image: _inner(image, 0.01),
    "cropped by 2 % at each side": lambda image: _inner(image, 0.02),
    "cropped by 5 % at each side": lambda image: _inner(image, 0.05),
    "cropped by 8 % at each side": lambda image: _inner(image, 0.08),
    "5 % cut off at the left": lambda image: image.crop((image.width // 20, 0, image.width, image.height)),
    "10 % cut off at the top": lambda image: image.crop((0, image.height // 10, image.width, image.height)),
    "rotated by 1 degree": lambda image: image.rotate(1),
    "rotated by 3 degrees": lambda image: image.rotate(3),
    "rotated by 3 degrees, no corners": lambda image: _inner(image.rotate(3, Image.Resampling.BICUBIC), 0.04),
    "rotated by 5 degrees": lambda image: image.rotate(5),
}


def _apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def nearest(one: PictureHash, other: PictureHash) -> int:
    """The least distance of any look of one to any look of the other, however that lies."""
    looks = [one.pdq, *(face.pdq for face in one.faces)]
    others = [*other.orientations, *(pdq for face in other.faces for pdq in face.orientations)]
    return min(_apart(look, laid) for look in looks for laid in others)


def second(one: PictureHash, other: PictureHash) -> int:
    """As `nearest`, or the least distance once one or both were cropped or turned a little."""
    little, others = ([pdq for _, pdq in each.nearby] for each in (one, other))
    looks, laid = [one.pdq, *little, *(face.pdq for face in one.faces)], [*other.orientations, *others]
    back = [_apart(turned, pdq) for turned in one.orientations for pdq in others]
    return min(nearest(one, other), *(_apart(a, b) for a in looks for b in laid), *back)


def rows(pictures: list[Any]) -> list[tuple[str, list[int], list[int], list[int]]]:
    """Of each change: the distances of the plain hashes, the least of all looks, and the least with `nearby` too."""
    plain = [hash_picture(_stored(image)) for image in pictures]
    made = []
    for name, change in CHANGES.items():
        changed = [hash_picture(_stored(change(image))) for image in pictures]
        pairs = list(zip(plain, changed, strict=True))
        plainly = [_apart(one.pdq, two.pdq) for one, two in pairs]
        made.append((name, plainly, [nearest(*pair) for pair in pairs], [second(*pair) for pair in pairs]))
    return made


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", type=Path, nargs="+", help="pictures, or folders of them")
    files = [
        file for path in parser.parse_args().pictures for file in (sorted(path.iterdir()) if path.is_dir() else [path])
    ]
    pictures = [Image.open(file).convert("RGB") for file in files if file.suffix in (".jpg", ".png")]
    print(
        f"| change ({len(pictures)} photographs) | plain: bits | found | looks: bits | found | nearby: bits | found |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, *ways in rows(pictures):
        cells = [f"{min(far)}-{max(far)} | {sum(bits <= DISTANCE for bits in far)}" for far in ways]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

"""Harmless pictures: shapes drawn from a number, and what people do to a picture before they post it again."""

from collections.abc import Callable, Mapping
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageOps

SIZE = (320, 240)
_QUALITY = 88


def draw(scene: int, way: str) -> bytes:
    """The scene of this number, altered in one of `WAYS`, as a JPEG."""
    image = WAYS[way](_scene(scene), Random(f"{scene} {way}"))
    held = BytesIO()
    image.save(held, "JPEG", quality=_QUALITY)
    return held.getvalue()


def _scene(number: int) -> Image.Image:
    """Sky, ground, and a dozen shapes: enough that no two numbers look alike."""
    chance = Random(number)
    width, height = SIZE
    image = Image.new("RGB", SIZE, _colour(chance))
    pen = ImageDraw.Draw(image)
    horizon = int(height * (0.3 + 0.5 * chance.random()))
    pen.rectangle((0, horizon, width, height), fill=_colour(chance))
    for _ in range(12):
        x, y = int(chance.random() * width), int(chance.random() * height)
        box = (x, y, x + 10 + int(chance.random() * 90), y + 10 + int(chance.random() * 70))
        shape = (pen.ellipse, pen.rectangle)[int(chance.random() * 2)]
        shape(box, fill=_colour(chance))
    return image


def _colour(chance: Random) -> tuple[int, int, int]:
    return int(chance.random() * 256), int(chance.random() * 256), int(chance.random() * 256)


def _cropped(image: Image.Image, chance: Random) -> Image.Image:
    left, top = int(image.width * 0.06 * chance.random()), int(image.height * 0.06 * chance.random())
    return image.crop((left, top, image.width - left // 2, image.height - top // 2))


def _scaled(image: Image.Image, chance: Random) -> Image.Image:
    share = 0.5 + chance.random()
    return image.resize((int(image.width * share), int(image.height * share)))


def _with_logo(image: Image.Image, chance: Random) -> Image.Image:
    pen = ImageDraw.Draw(image)
    x = int((image.width - 80) * chance.random())
    pen.rectangle((x, image.height - 24, x + 80, image.height - 6), fill=(250, 250, 250))
    pen.text((x + 4, image.height - 22), "pier ads", fill=(20, 20, 20))
    return image


WAYS: Mapping[str, Callable[[Image.Image, Random], Image.Image]] = {
    "as it was": lambda image, _: image,
    "cropped": _cropped,
    "scaled": _scaled,
    "with a logo": _with_logo,
    "mirrored": lambda image, _: ImageOps.mirror(image),
}

"""Tiny harmless videos: drawn scenes, each shown for some seconds."""

import os
from collections.abc import Sequence
from io import BytesIO

import pytest
from PIL import Image

from undertow.simulate.pictures import draw

if os.environ.get("CI"):
    import av  # a check that skips there would check nothing
else:
    av = pytest.importorskip("av", reason='videos need the extra: pip install "undertow[video]"')

RATE = 5  # frames a second


def film(scenes: Sequence[int], *, seconds: int = 2, kind: str = "mp4", codec: str = "mpeg4", logo: int = 0) -> bytes:
    """The scenes one after the other, as a file of that kind; `logo` is a scene shown for a second before."""
    held = BytesIO()
    with av.open(held, "w", format=kind) as made:
        rate = 25 if codec == "mpeg2video" else RATE  # which knows few rates
        stream = made.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 320, 240, "yuv420p", 2_000_000
        shown = [(logo, 1)] * bool(logo) + [(scene, seconds) for scene in scenes]
        for scene, lasts in shown:
            image = Image.open(BytesIO(draw(scene, "as it was"))).convert("RGB")
            for _ in range(lasts * rate):
                made.mux(stream.encode(av.VideoFrame.from_image(image)))
        made.mux(stream.encode())
    return held.getvalue()

"""Videos as pictures in a row: one frame a second, each hashed like a picture (the idea of vPDQ, ThreatExchange/vpdq).

A container is opened as what its first bytes say and as nothing else: FFmpeg also knows play lists, which name other
files and addresses. How long, how large and how many frames is limited here, time and memory in the worker.
"""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from undertow.pictures.hashing import PictureError

if TYPE_CHECKING:
    from undertow.pictures.decoding import Decoded

Luma = npt.NDArray[np.uint8]

FRAMES = 900  # hashed: a quarter of an hour; of a longer video the rest is left out, and that is said
DECODED = 60_000  # frames that are decoded for that: 60 a second for a quarter of an hour, and some
INSTALL = 'pip install "undertow[video]"'
AT = "frame at {seconds:g} s"  # what a look of a video is called

_FAMILIES = ("heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif", "avis")  # still pictures in the same box
_MATROSKA, _FLASH, _PROGRAM = b"\x1a\x45\xdf\xa3", b"FLV\x01", b"\0\0\x01\xba"
_SLACK = 2.0  # seconds by which a header may say too much: sound outlasts the last frame; a guess
_BLOCK = 188  # bytes of a packet of a transport stream, each of which begins with G
HEAD = 3 * _BLOCK  # bytes by which a container is told


def container(head: bytes) -> str:
    """What FFmpeg calls the container that these bytes begin; "" where they begin no video."""
    if head[4:8] == b"ftyp":
        return "" if head[8:12].decode("latin-1") in _FAMILIES else "mov"
    if head[4:8] in (b"moov", b"mdat") and head[:4] != b"\0\0\0\0":
        return "mov"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "avi"
    if head[:1] == b"G" and len(head) > 2 * _BLOCK and head[_BLOCK] == head[2 * _BLOCK] == ord("G"):
        return "mpegts"
    return {_MATROSKA: "matroska", _FLASH: "flv", _PROGRAM: "mpeg"}.get(head[:4], "")


def decode(data: bytes, pixels: int) -> "Decoded":
    """The frames of a video, decoded one by one as they are asked for.

    `about` says how many seconds were read, and, once all were asked for, what was left out. Raises `PictureError`
    where it is none, is damaged from the start, has more than `pixels`, or the extra is not installed.
    """
    from undertow.pictures.decoding import Decoded

    opened, stream = _opened(data, pixels)
    about: dict[str, str] = {}
    frames = _frames(opened, stream, pixels, about)
    first = next(frames, None)
    if first is None:
        raise PictureError("the video has no frame that can be decoded", hint=about.get("left_out", ""))
    context = stream.codec_context
    return Decoded(_after(first, frames), context.width, context.height, about)


def frame(data: bytes, seconds: float, pixels: int, *, colour: bool) -> Luma:
    """The frame that `decode` calls by this second, for a person to look at."""
    opened, stream = _opened(data, pixels)
    for at, image in _images(opened, stream, pixels, {}):
        if at >= seconds:
            return np.asarray(image.convert("RGB" if colour else "L"), np.uint8)
    raise PictureError("the video ends before that second")


def _after(first: tuple[str, Luma], rest: Iterator[tuple[str, Luma]]) -> Iterator[tuple[str, Luma]]:
    yield first
    yield from rest


def _opened(data: bytes, pixels: int) -> tuple[Any, Any]:
    try:
        import av
    except ImportError as error:
        raise PictureError("videos need an extra package that is not installed", hint=INSTALL) from error
    try:
        opened = av.open(BytesIO(data), format=container(data[:HEAD]), options={"protocol_whitelist": "none"})
        stream = next((one for one in opened.streams.video), None)
    except (av.FFmpegError, ValueError, OSError) as error:
        raise PictureError(f"the video cannot be opened: {type(error).__name__}", hint=str(error)[:200]) from error
    if stream is None:
        raise PictureError("there is no picture in this video", hint="it holds sound alone")
    if stream.codec_context is None:
        raise PictureError("the video is of a kind that cannot be decoded")
    _check(stream.codec_context.width, stream.codec_context.height, pixels)
    stream.codec_context.thread_count = 1
    return opened, stream


def _check(width: int, height: int, pixels: int) -> None:
    if width * height > pixels:
        raise PictureError(f"refused: a frame has {width * height:,} pixels", hint=f"at most {pixels:,}")


def _frames(opened: Any, stream: Any, pixels: int, about: dict[str, str]) -> Iterator[tuple[str, Luma]]:
    from undertow.pictures.decoding import as_luma

    for seconds, image in _images(opened, stream, pixels, about):
        about["seconds"] = f"{seconds:g}"
        yield AT.format(seconds=seconds), as_luma(image)


def _images(opened: Any, stream: Any, pixels: int, about: dict[str, str]) -> Iterator[tuple[float, Any]]:
    """The first frame of every second, with the second at which it is shown after the first one, to the tenth."""
    import av

    begins, due, kept, number, seconds = 0.0, 0.0, 0, 0, 0.0
    try:
        for number, shown in enumerate(opened.decode(stream)):
            if kept >= FRAMES or number >= DECODED:
                about["left_out"] = f"what follows after {kept} frames that were hashed"
                return
            _check(shown.width, shown.height, pixels)
            at = float(shown.time) if shown.time is not None else number / _rate(stream)
            begins = begins if number else at
            seconds = max(at - begins, 0.0)
            if seconds + 1e-6 >= due:
                kept, due = kept + 1, np.floor(seconds + 1e-6) + 1
                yield round(seconds, 1), shown.to_image()
        if (says := (opened.duration or 0) / av.time_base) > seconds + _SLACK:
            about["left_out"] = f"the file says that it lasts {says:.0f} s; {seconds:.0f} are there"
    except (av.FFmpegError, ValueError, OSError) as error:
        about["left_out"] = f"what follows after {number} frames: {type(error).__name__} {error}"[:200]
    finally:
        with suppress(av.FFmpegError):
            opened.close()


def _rate(stream: Any) -> float:
    """Frames a second, where frames do not say when they are shown; a guess where the file says nothing."""
    return float(stream.average_rate or 25)

"""Picture files: each is a record of its hashes, made in another process; the picture itself is never shown.

A file is a reject where it is damaged, or asks for more time, memory or pixels than `undertow.pictures.worker` allows.
"""

import atexit
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from typing import Any

from undertow.collect.batches import One, batched
from undertow.collect.cells import to_json
from undertow.collect.contract import Item, Opened, Reject, Source

_SIGNS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  \r\n")
_BMP, _RIFF, _WEBP = b"BM", b"RIFF", b"WEBP"
_LEAST = 26  # bytes of a bitmap's headers


def sniff(opened: Opened) -> float:
    """Sure by the first bytes; what a file is called says nothing."""
    head = opened.head
    if head.startswith(_SIGNS) or (head.startswith(_RIFF) and head[8:12] == _WEBP) or _is_bitmap(head):
        return 0.97
    return 0.0


def _is_bitmap(head: bytes) -> bool:
    """`BM`, then four bytes that are nought, then where the pixels begin."""
    return head.startswith(_BMP) and len(head) >= _LEAST and not any(head[6:10]) and 26 <= head[10] <= 200


def read(opened: Opened) -> Iterator[Item]:
    """One picture, one record; its position is 1."""
    if not sniff(opened):
        yield Reject("1", "not the beginning of a picture")
        return
    limit = opened.limits.message_bytes
    with opened.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        yield Reject("1", "refused: a picture without end")
        return
    yield from batched([_record(data)], "pictures")


def _record(data: bytes) -> One | Reject:
    from undertow.pictures.hashing import Face, PictureError

    try:
        made = _hasher().hash(data)
    except PictureError as error:
        return Reject("1", str(error), error.hint)
    faces = (Face("whole", made.pdq, made.quality, made.orientations), *made.faces)
    fields: dict[str, object] = {
        "sha256": made.sha256,
        "md5": made.md5,
        "pdq": made.pdq,
        "quality": made.quality,
        "pipeline": made.pipeline,
        "faces": to_json([asdict(face) for face in faces]),
        "width": made.width,
        "height": made.height,
    }
    said = {"taken_at" if name == "taken" else name: value for name, value in made.about.items()}
    return One("1", fields | said)


@cache
def _hasher() -> Any:
    """One other process for all pictures of this one, ended with it."""
    from undertow.pictures.worker import Hasher

    made = Hasher()
    atexit.register(made.close)
    return made


_SQUARES = bytes.fromhex(  # sixteen by sixteen grey pixels, in squares
    "89504e470d0a1a0a0000000d49484452000000100000001008000000003a98a0bd000000214944415478da63146180802d509a89010dd0"
    "4780f1049431898181216fe0dc0100c66f02afa56686d80000000049454e44ae426082"
)


SOURCE = Source(
    name="picture",
    version=1,
    sniff=sniff,
    read=read,
    media_type="image/*",
    examples=(
        ("squares.png", _SQUARES, [""]),
        ("squares.txt", b"BMW for sale, one owner, no rust; ask for Ana on 020 7946 0123", None),
    ),
)

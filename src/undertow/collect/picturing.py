"""Pictures and videos, wherever they lie: each is a record of its hashes, made in another process. None is shown.

One is a reject where it is damaged, or asks for more time, memory or pixels than `undertow.pictures.worker` allows.
"""

import atexit
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from undertow.collect.batches import One
from undertow.collect.cells import to_json
from undertow.collect.contract import Opened, Reject
from undertow.pictures.video import HEAD, container

if TYPE_CHECKING:
    from undertow.pictures.hashing import PictureHash
    from undertow.pictures.worker import Hasher

PICTURE = "picture"  # the source of files that are pictures
_SIGNS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  \r\n")
_BMP, _RIFF, _WEBP = b"BM", b"RIFF", b"WEBP"
_LEAST = 26  # bytes of a bitmap's headers


def is_picture(head: bytes) -> bool:
    """Whether bytes begin as a picture or a video does; what a file is called says nothing."""
    return is_still(head) or bool(container(head))


def is_still(head: bytes) -> bool:
    """Whether bytes begin as a picture that is no video does."""
    return head.startswith(_SIGNS) or (head.startswith(_RIFF) and head[8:12] == _WEBP) or _is_bitmap(head)


def _is_bitmap(head: bytes) -> bool:
    """`BM`, then four bytes that are nought, then where the pixels begin."""
    return head.startswith(_BMP) and len(head) >= _LEAST and not any(head[6:10]) and 26 <= head[10] <= 200


def most_bytes(opened: Opened) -> int:
    """How many bytes of a picture or of a video are read."""
    return opened.limits.video_bytes if container(opened.head) else opened.limits.message_bytes


def record(opened: Opened, data: bytes, position: str, **known: object) -> One | Reject:
    """A picture's bytes as a record of the table `pictures`; `known` are more of its fields.

    Of these, `part_of` is the position of the post, in the same file, that shows it.
    """
    from undertow.pictures.hashing import Face, PictureError

    if len(data) > (opened.limits.video_bytes if container(data[:HEAD]) else opened.limits.message_bytes):
        return Reject(position, "refused: a picture without end")
    try:
        made = (opened.hash or in_worker)(data)
    except PictureError as error:
        return Reject(position, str(error), error.hint)
    faces = (Face("whole", made.pdq, made.quality, made.orientations), *made.faces)
    fields: dict[str, object] = {
        "sha256": made.sha256,
        "md5": made.md5,
        "pdq": made.pdq,
        "quality": made.quality,
        "pipeline": made.pipeline,
        "faces": to_json([asdict(face) for face in faces]),
        "nearby": to_json(made.nearby) if made.nearby else "",
        "width": made.width,
        "height": made.height,
    }
    said = {"taken_at" if name == "taken" else name: value for name, value in made.about.items()}
    return One(position, fields | said | known, "pictures")


def in_worker(data: bytes) -> "PictureHash":
    """The hashes of a picture, made by the one other process of this one."""
    return _hasher().hash(data)


@cache
def _hasher() -> "Hasher":
    """Ended with this process."""
    from undertow.pictures.worker import Hasher

    made = Hasher()
    atexit.register(made.close)
    return made

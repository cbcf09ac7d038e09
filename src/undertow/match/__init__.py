"""match: brings together texts that were cut from one template, and pictures that are the same."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from undertow.match.hamming import HammingIndex
    from undertow.match.read import group_texts
    from undertow.pictures.hashing import PictureHash, hash_picture

__all__ = ["HammingIndex", "PictureHash", "group_texts", "hash_picture"]

_WHERE = {
    "HammingIndex": "undertow.match.hamming",
    "PictureHash": "undertow.pictures.hashing",
    "group_texts": "undertow.match.read",
    "hash_picture": "undertow.pictures.hashing",
}


def __getattr__(name: str) -> Any:
    """Loads what is asked for when it is first asked for: compiled parts take a second."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'undertow.match' has no attribute {name!r}")

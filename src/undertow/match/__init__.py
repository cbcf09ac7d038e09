"""match: brings together texts that were cut from one template."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from undertow.match.read import group_texts

__all__ = ["group_texts"]


def __getattr__(name: str) -> Any:
    """Loads the compiled parts when they are first asked for."""
    if name == "group_texts":
        from undertow.match.read import group_texts

        return group_texts
    raise AttributeError(f"module 'undertow.match' has no attribute {name!r}")

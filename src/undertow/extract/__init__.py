"""extract: finds what is named in a text: selectors, places, prices, ages, dates, cues."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from undertow.extract.contract import Mention
    from undertow.extract.read import find

__all__ = ["Mention", "find"]


def __getattr__(name: str) -> Any:
    """Loads the finders when they are first asked for."""
    if name == "find":
        from undertow.extract.read import find

        return find
    if name == "Mention":
        from undertow.extract.contract import Mention

        return Mention
    raise AttributeError(f"module 'undertow.extract' has no attribute {name!r}")

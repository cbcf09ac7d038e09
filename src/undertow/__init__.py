"""Undertow finds organised human trafficking in material that its user lawfully holds, and explains what it found."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from undertow.workspace import Workspace

__all__ = ["Workspace", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Loads `Workspace` when it is first asked for, so that `undertow --help` stays light."""
    if name == "Workspace":
        from undertow.workspace import Workspace

        return Workspace
    raise AttributeError(f"module 'undertow' has no attribute {name!r}")

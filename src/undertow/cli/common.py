"""Parameters that many commands share, and the door through which they reach a workspace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from undertow.workspace import Workspace

Where = Annotated[
    Path | None, Parameter(name=["--workspace", "-w"], help="the workspace; else the nearest one upwards")
]
Json = Annotated[bool, Parameter(name="--json", negative=(), help="print JSON instead of a table")]


def workspace(where: Path | None) -> "Workspace":
    """The workspace that a command works in; loads the engine only now."""
    from undertow.workspace import Workspace

    return Workspace.open(where)

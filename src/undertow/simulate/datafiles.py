"""Data files that ship with the simulation."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def toml(name: str) -> dict[str, Any]:
    """A TOML file of the folder `data`."""
    return tomllib.loads((FOLDER / "data" / name).read_text("utf-8"))

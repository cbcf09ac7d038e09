"""Reads the data files of this stage, each once a process."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def toml(name: str) -> dict[str, Any]:
    """The TOML file `name` of the data folder; callers share it and do not change it."""
    return tomllib.loads((FOLDER / name).read_text("utf-8"))

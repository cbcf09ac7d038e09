"""Reads the data files of the finders, each once a process."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def toml(name: str) -> dict[str, Any]:
    """The TOML file `name` of the data folder; callers share it and do not change it."""
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of the file `name` of the data folder, without empty ones."""
    return tuple(filter(None, (FOLDER / name).read_text("utf-8").splitlines()))

"""Real public data: tests here skip, with the reason shown, where it is absent."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that holds the public data; named by UNDERTOW_SHARED, or `shared` beside the project."""
    folder = Path(os.environ.get("UNDERTOW_SHARED", BESIDE)) / "data"
    if not folder.is_dir():
        pytest.skip(f"no public data in {folder}: set UNDERTOW_SHARED to read it")
    return folder

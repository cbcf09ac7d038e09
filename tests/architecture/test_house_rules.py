"""Rules of the house that a reviewer would otherwise have to remember."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = [path for folder in ("src", "tests", "benchmarks", "docs") for path in sorted((ROOT / folder).rglob("*.py"))]
TEXT_ENDINGS = {".py", ".md", ".toml", ".txt", ".cfg", ".sh", ".html", ".css", ".csv", ".json", ".j2", ""}
PLACES = [re.escape(str(path)) for path in (ROOT, Path.home())] + [r"/home/\w", r"/Users/\w"]
REGISTRIES = [r"--(?:extra-)?index-url", r"https?://[^\s\"'/]+/simple\b"]
FOREIGN = re.compile("|".join([*PLACES, *REGISTRIES]), re.IGNORECASE)


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_stays_below_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_no_file_names_a_machine_or_a_registry() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    named = [
        name
        for name in tracked
        if name and Path(name).suffix in TEXT_ENDINGS
        if FOREIGN.search((ROOT / name).read_text("utf-8", "replace"))
    ]
    assert named == []


@pytest.mark.parametrize(
    "text", [f"open {ROOT}/x", "pip install --extra-" + "index-url y", "https://host.example" + "/simple/"]
)
def test_a_machine_or_a_registry_is_seen(text: str) -> None:
    assert FOREIGN.search(text)


def test_help_loads_neither_engine_nor_kernels() -> None:
    heavy = ("duckdb", "pyspark", "numba", "numpy", "pyarrow", "fastapi", "jinja2")
    code = f"import sys; from undertow.cli import app; print([m for m in {heavy} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_version_is_said_once_as_in_the_package() -> None:
    from undertow import __version__

    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__


def test_a_lock_holds_hashes_and_names_no_registry() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        lines = lock.read_text().splitlines()
        pinned = [line for line in lines if re.match(r"^[a-z0-9]", line)]
        assert pinned
        assert all("==" in line for line in pinned)
        assert not [line for line in lines if "://" in line or "index" in line]


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[<>=\[ ]", line)[0].lower() for line in project["dependencies"]}
    locked = {
        line.split("==")[0] for line in (ROOT / "requirements" / "base.txt").read_text().splitlines() if "==" in line
    }
    assert wanted - locked == set()

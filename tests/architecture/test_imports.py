"""The import rules hold, and each was broken on purpose to see it fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BROKEN = {
    "a stage imports another stage": ("match/run.py", "from undertow.extract import contract as _x"),
    "a stage imports an engine's library": ("link/run.py", "import duckdb as _x"),
    "the command line imports a machine stage": ("cli/common.py", "from undertow.assess import contract as _x"),
    "share imports the engine": ("share/contract.py", "from undertow.engine import base as _x"),
    "evaluate imports a stage": ("evaluate/run.py", "from undertow.assess import weights as _x"),
    "a page imports the engine": ("web/desk.py", "from undertow.engine import base as _x"),
    "the match service imports a stage": ("service/state.py", "from undertow.match import lists as _x"),
    "a stage imports the web's library": ("match/rules.py", "import fastapi as _x"),
    "a plug-in imports a plug-in": ("extract/finders/email.py", "from undertow.extract.finders import phone as _x"),
}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--no-cache",
        "--config",
        str(root / "pyproject.toml"),
    ]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_rules_hold() -> None:
    assert lint(ROOT).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize(("file", "line"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_rule_is_seen(tmp_path: Path, file: str, line: str) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / "src" / "undertow" / file
    target.write_text(
        line + "\n" + target.read_text("utf-8").replace("from __future__ import annotations\n", ""), "utf-8"
    )
    found = lint(tmp_path)
    assert found.returncode == 1
    assert "BROKEN" in found.stdout

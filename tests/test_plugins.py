"""A plug-in is one file that ends in one constant named like it."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from undertow import plugins
from undertow.errors import PluginError


@dataclass(frozen=True)
class Bell:
    name: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    name = "bells_" + "".join(filter(str.isalnum, request.node.name.lower()))
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys.modules[__name__], "Bell", Bell)
    return tmp_path / name


def put(folder: Path, name: str, body: str) -> None:
    (folder / f"{name}.py").write_text(f"from tests.test_plugins import Bell\n{body}\n")


def test_plugins_come_sorted_by_name(folder: Path) -> None:
    put(folder, "low", "BELL = Bell('low')")
    put(folder, "high", "BELL = Bell('high')")
    assert list(plugins.load(folder.name, Bell)) == ["high", "low"]


def test_a_file_without_a_constant_is_named(folder: Path) -> None:
    put(folder, "mute", "")
    with pytest.raises(PluginError, match=r"\.mute holds 0"):
        plugins.load(folder.name, Bell)


def test_a_file_with_two_constants_is_named(folder: Path) -> None:
    put(folder, "twins", "ONE = Bell('twins')\nTWO = Bell('twins')")
    with pytest.raises(PluginError, match=r"\.twins holds 2"):
        plugins.load(folder.name, Bell)


def test_a_constant_named_unlike_its_file_is_named(folder: Path) -> None:
    put(folder, "right", "BELL = Bell('wrong')")
    with pytest.raises(PluginError, match="'wrong'"):
        plugins.load(folder.name, Bell)


def test_a_file_that_begins_with_an_underscore_is_no_plugin(folder: Path) -> None:
    put(folder, "_shared", "")
    assert list(plugins.load(folder.name, Bell)) == []

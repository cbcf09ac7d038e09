"""The reference is what the code says, links lead somewhere, and every command in the guides exists."""

import re
from pathlib import Path

import pytest
from docs.make_reference import FOLDER, pages

from undertow.cli.app import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PROSE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", pages())
def test_a_page_of_the_reference_says_what_the_code_says(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == pages()[name], "run `make docs`"


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_every_command_that_is_written_down_exists(path: Path) -> None:
    code = " ".join(re.findall(r"`[^`]*`|```[\s\S]*?```", path.read_text("utf-8")))
    named = set(re.findall(r"\bundertow ([a-z]+(?:-[a-z]+)*)\b(?=[^a-z-])", code))
    assert named - set(COMMANDS) - {"in", "finds", "import"} == set()

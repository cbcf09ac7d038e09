"""Files that arrive one after the other, with a run after each, lead where all of them at once lead."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from undertow.match import templates
from undertow.simulate import Options, simulate
from undertow.workspace import Workspace

ALIKE = ("mentions", "templates", "template_posts", "ties", "hubs")
NAMED = ("leads", "brokers", "networks")  # rows that hold a network's id, which tells when it was first seen


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("world")
    simulate(folder, Options(800, 5, "harbour", pictures=0))
    return sorted((folder / "files").iterdir())


@pytest.fixture(scope="module")
def at_once(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return arrived(tmp_path_factory.mktemp("whole") / "ws", [files])


def arrived(root: Path, parts: Sequence[Sequence[Path]]) -> Workspace:
    """A workspace that was handed these files part by part, with a run after each."""
    workspace = Workspace.start(root)
    (root / "secret.key").write_text("00" * 32, "ascii")  # digests of accounts are compared between workspaces
    for part in parts:
        workspace.collect(part)
        workspace.run()
    return workspace


def rows(workspace: Workspace, table: str) -> list[str]:
    return sorted(map(str, workspace.table(table).to_pylist()))


def members(workspace: Workspace) -> dict[str, frozenset[str]]:
    """The records of each network, by its id."""
    held: dict[str, set[str]] = {}
    for row in workspace.table("network_members").select(["network_id", "record_id"]).to_pylist():
        held.setdefault(row["network_id"], set()).add(row["record_id"])
    return {name: frozenset(records) for name, records in held.items()}


def unnamed(workspace: Workspace, table: str) -> list[str]:
    """Rows of a table with the members of each network in place of its id."""
    of = members(workspace)
    return sorted(str(_unnamed(row, of)) for row in workspace.table(table).to_pylist())


def _unnamed(row: dict[str, Any], of: dict[str, frozenset[str]]) -> dict[str, Any]:
    kept = [key for key in row if key not in ("lead_id", "digest")]  # both are made of the network's id
    return {key: sorted(of[row[key]]) if key == "network_id" else row[key] for key in kept}


@pytest.mark.parametrize("seed", range(2))
def test_order_and_portions_of_arrival_do_not_matter(
    files: list[Path], at_once: Workspace, tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    shuffled = chance.sample(files, len(files))
    cuts = sorted(chance.sample(range(1, len(files)), 3))
    parts = [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(files)], strict=True)]
    workspace = arrived(tmp_path / "ws", parts)
    assert set(members(workspace).values()) == set(members(at_once).values())
    assert {name: rows(workspace, name) for name in ALIKE} == {name: rows(at_once, name) for name in ALIKE}
    assert {name: unnamed(workspace, name) for name in NAMED} == {name: unnamed(at_once, name) for name in NAMED}


def test_a_run_after_a_new_file_reads_no_old_record_again(files: list[Path], tmp_path: Path) -> None:
    workspace = arrived(tmp_path / "ws", [files[:-1]])
    kept = set((workspace.root / "tables" / ".memo").rglob("*.parquet"))
    times = {path: path.stat().st_mtime_ns for path in kept}
    workspace.collect(files[-1:])
    workspace.run()
    now = set((workspace.root / "tables" / ".memo").rglob("*.parquet"))
    assert now > kept
    assert {path: path.stat().st_mtime_ns for path in kept} == times


@pytest.fixture
def aligned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many groups each run since has aligned."""
    counts: list[int] = []
    whole = templates.align

    def counting(data: Any, offsets: Any, members: Any, starts: Any) -> templates.Aligned:
        counts.append(len(starts) - 1)
        return whole(data, offsets, members, starts)

    monkeypatch.setattr(templates, "align", counting)
    return counts


def test_templates_that_got_no_new_post_are_not_made_again(
    files: list[Path], tmp_path: Path, aligned: list[int]
) -> None:
    workspace = arrived(tmp_path / "ws", [files])
    held = workspace.table("templates").num_rows
    workspace.run()
    assert held > 0
    assert aligned == [aligned[0], aligned[0] - held]


def test_what_other_code_or_other_settings_made_is_made_again(
    files: list[Path], tmp_path: Path, aligned: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = arrived(tmp_path / "ws", [files[:4]])
    monkeypatch.setattr("undertow.workspace.code", lambda: "other")
    workspace.run(("match",))
    about = workspace.settings.about.model_copy(update={"country": "GB"})
    changed = Workspace(workspace.root, workspace.settings.model_copy(update={"about": about}))
    changed.run(("match",))
    assert aligned == [aligned[0]] * 3

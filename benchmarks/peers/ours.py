"""Undertow on the exports, stage by stage."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks.peers.contract import timed
from undertow.simulate import Options, simulate
from undertow.workspace import Workspace

STAGES = ("extract", "match", "link")


def warm(folder: Path) -> None:
    """Runs everything once on a small world, so that what is compiled or read once is not in the figures."""
    simulate(folder / "world", Options(300, 1))
    workspace = collected(folder / "workspace", folder / "world" / "files")
    workspace.run(STAGES)


def collected(folder: Path, files: Path) -> Workspace:
    """A new workspace, with the settings that it comes with, that has read the files."""
    workspace = Workspace.start(folder)
    workspace.collect([files])
    return workspace


def seconds(workspace: Workspace) -> Mapping[str, float]:
    """Runs the stages; CPU seconds of each, with reading and writing its tables."""
    return {stage: timed(partial(workspace.run, (stage,)))[0] for stage in STAGES}

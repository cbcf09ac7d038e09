"""The curve from score to chance, fitted on made-up worlds for tuning, and what it is worth on a family left out.

`python -m benchmarks calibration --keep FOLDER` makes the worlds; those that FOLDER holds already are assessed anew and
no more, so that a refit after a change of indicators or weights takes a minute or two. Name a new FOLDER after a change
of an earlier stage. What it prints goes into `[calibration]` of `src/undertow/assess/data/weights.toml`, whose version
is raised.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from undertow.assess import calibrate, weights
from undertow.assess.weights import Calibration
from undertow.evaluate import run as evaluate
from undertow.simulate import Options, simulate
from undertow.workspace import Workspace

FAMILIES = ("harbour", "delta", "mesa")  # for tuning; the fourth is held out
ON = "made-up worlds of the families harbour, delta and mesa"
BINS, DRAWS = 10, 200


@dataclass(frozen=True, slots=True)
class World:
    """The leads of a made-up world: their scores, and whether they are true."""

    name: str
    family: str
    scores: Sequence[int]
    true: Sequence[bool]


def command(arguments: Sequence[str]) -> None:
    """`calibration --keep FOLDER [--posts N] [--seeds N...]`."""
    parser = ArgumentParser("python -m benchmarks calibration")
    parser.add_argument("--keep", type=Path, required=True, help="folder of worlds, made where they are not there")
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[42, 43, 44, 45])
    said = parser.parse_args(arguments)
    print(table([_world(said.keep, family, seed, said.posts) for family in FAMILIES for seed in said.seeds]))


def _world(keep: Path, family: str, seed: int, posts: int) -> World:
    folder = keep / f"{family}{seed}"
    if (folder / "case" / "workspace.toml").exists():
        workspace = Workspace.open(folder / "case")
        workspace.run(("assess",))
    else:
        simulate(folder / "world", Options(posts, seed, family))
        workspace = Workspace.start(folder / "case")
        workspace.collect([folder / "world" / "files"])
        workspace.run()
    _, organised = evaluate.organised(workspace.catalogue, folder / "world" / "truth")
    rows = [(one["network_id"], one["score"]) for one in workspace.leads().to_pylist()]
    judged = [(score, organised[network]) for network, score in rows if network in organised]
    return World(folder.name, family, [score for score, _ in judged], [true for _, true in judged])


def table(worlds: Sequence[World]) -> str:
    """A row a world: the error by a curve of the other families, and by chance were it right; then the curve of all."""
    rows = ["| world | leads | true | curve of | error | error of a right curve |", "|---|---|---|---|---|---|"]
    for one in worlds:
        curve = fitted([other for other in worlds if other.family != one.family])
        error, least = errors(curve, one)
        others = " ".join(sorted({other.family for other in worlds} - {one.family}))
        rows.append(f"| {one.name} | {len(one.true)} | {sum(one.true)} | {others} | {error:.3f} | {least:.3f} |")
    held, leads, true = fitted(worlds), sum(len(one.true) for one in worlds), sum(sum(one.true) for one in worlds)
    rows += [
        "",
        f"of all {leads} leads, {true} of them true:",
        f"slope = {held.slope}",
        f"intercept = {held.intercept}",
    ]
    rows.append(f"floor = {held.floor}")
    return "\n".join(rows)


def fitted(worlds: Sequence[World]) -> Calibration:
    """The curve of these worlds together."""
    scores = [score for one in worlds for score in one.scores]
    return calibrate.fit_above(scores, [true for one in worlds for true in one.true], ON)


def errors(curve: Calibration, world: World) -> tuple[float, float]:
    """The expected calibration error, and what it would be on average with as many leads if every chance were right."""
    held = replace(weights.load(), calibration=curve)
    stated = np.array([calibrate.chance(score, held) or 0 for score in world.scores]) / 1000
    draws = np.random.default_rng(0).random((DRAWS, len(stated))) < stated
    return _error(stated, np.array(world.true)), float(np.mean([_error(stated, drawn) for drawn in draws]))


def _error(stated: npt.NDArray[np.float64], true: npt.NDArray[np.bool_]) -> float:
    tenth = np.minimum((stated * BINS).astype(int), BINS - 1)
    return float(np.abs(np.bincount(tenth, stated - true, BINS)).sum() / len(stated))

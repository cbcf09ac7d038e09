"""Keeps every evaluation beside the run that it measured, finds one again, and names what moved between two."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import orjson

from undertow.errors import UserError
from undertow.evaluate.contract import About, Coverage, Evaluation, Figure, LeftOut
from undertow.runs import replace_file

_KIND = ".evaluation."
_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that differs between two evaluations: beyond chance where each value is outside the other's interval.

    `verdict` is better or worse by the figure's own direction, changed where it has none or nothing could be counted.
    """

    name: str
    group: str
    before: float | None
    after: float | None
    verdict: Literal["better", "worse", "changed"]
    beyond: bool
    note: str = ""


def keep(folder: Path, evaluation: Evaluation) -> Path:
    """Writes an evaluation into the folder of runs; the same one twice is one file. Gives its path."""
    content = orjson.dumps(as_dict(evaluation), option=orjson.OPT_SORT_KEYS)
    name = f"{evaluation.about.run or 'no-run'}{_KIND}{sha256(content).hexdigest()[:12]}.json"
    path = folder / name
    if not path.exists():
        said = {"kept_at": datetime.now(UTC).isoformat(timespec="microseconds"), **as_dict(evaluation)}
        replace_file(path, orjson.dumps(said, option=_OPTIONS))
    return path


def as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as JSON holds it."""
    return asdict(evaluation)


def read(path: Path) -> Evaluation:
    """An evaluation from its file, or from what `undertow evaluate --json` printed."""
    try:
        raw = orjson.loads(path.read_bytes())
        about = raw["about"] | {"broken": tuple(raw["about"]["broken"])}
        coverage = raw["coverage"] | {"notes": tuple(raw["coverage"]["notes"])}
        return Evaluation(
            About(**about),
            Coverage(**coverage),
            tuple(Figure(**one) for one in raw["figures"]),
            tuple(LeftOut(**one) for one in raw["left_out"]),
        )
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise UserError(
            f"{path} holds no evaluation: {error!r}", hint="give a run's id or a kept evaluation"
        ) from error


def find(folder: Path, named: str, truth: str) -> Evaluation:
    """The evaluation in a file, or the last one kept of a run, against the same truth if there is one."""
    if Path(named).is_file():
        return read(Path(named))
    held = [(path, orjson.loads(path.read_bytes())) for path in folder.glob(f"{_escaped(named)}{_KIND}*.json")]
    if not held:
        hint = "every evaluation is kept in the folder runs/ of the workspace, under the id of the run that it measured"
        raise UserError(f"no evaluation of {named}", hint=hint)
    best = max(held, key=lambda one: (one[1]["about"]["truth"] == truth, str(one[1].get("kept_at", "")), one[0].name))
    return read(best[0])


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name.replace("/", "_"))


def moved(before: Evaluation, after: Evaluation) -> Iterator[Moved]:
    """Every figure that differs, in the order of `after`; those beyond chance first."""
    old: Mapping[tuple[str, str], Figure] = {(one.name, one.group): one for one in before.figures}
    differ = [
        _moved(old[one.name, one.group], one)
        for one in after.figures
        if (one.name, one.group) in old and old[one.name, one.group].value != one.value
    ]
    yield from sorted(differ, key=lambda one: not one.beyond)


def _moved(before: Figure, after: Figure) -> Moved:
    if before.value is None or after.value is None:
        return Moved(after.name, after.group, before.value, after.value, "changed", True, after.note or before.note)
    rose = after.value > before.value
    verdict: Literal["better", "worse", "changed"] = "changed"
    if after.better:
        verdict = "better" if rose == (after.better == "up") else "worse"
    bare = after.low is None or before.low is None
    beyond = bare or (_outside(after.value, before) and _outside(before.value, after))
    note = "it has no interval" if bare else ""
    return Moved(after.name, after.group, before.value, after.value, verdict, beyond, note)


def _outside(value: float, other: Figure) -> bool:
    return other.low is not None and other.high is not None and not other.low <= value <= other.high

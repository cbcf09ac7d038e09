"""One evaluation: reads the truth, reads what was found on its records, and makes every measure that both allow."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from undertow import plugins, tables
from undertow.errors import OutsideError, PluginError, UndertowError, UserError
from undertow.evaluate import found as found_
from undertow.evaluate import labels, ranking, world
from undertow.evaluate.contract import About, Coverage, Evaluation, Figure, Found, LeftOut, Measure, Truth
from undertow.evaluate.reading import Tables
from undertow.events import Emit, Event, silent
from undertow.runs import Catalogue

_PLACES = 9
_HIDDEN = {"organised": "who is organised", "spans": "what stands in the texts", "brokers": "who the brokers are"}


def evaluate(catalogue: Catalogue, truth: Path, *, top_band: str = "", emit: Emit = silent) -> Evaluation:
    """Holds the current tables against a truth: a folder of a made-up world, or a CSV of labels.

    Raises `UserError` where there is no truth at `truth`.
    """
    held = Tables(catalogue.files)
    about, known, coverage = _read(truth, held)
    runs = {name: catalogue.current_run(name) for name in tables.TABLES if catalogue.files(name)}
    about = replace(about, runs=runs, run=max(runs.values(), default=""), version=version("undertow"))
    seen = found_.read(known, held, top_band)
    figures: list[Figure] = []
    left: list[LeftOut] = []
    for name, measure in measures().items():
        emit(Event("evaluate", name))
        why = _missing(measure, known, held)
        if why:
            left.append(LeftOut(name, why))
        else:
            figures += _made(measure, known, seen)
    return Evaluation(about, coverage, tuple(map(_rounded, figures)), tuple(left))


def organised(catalogue: Catalogue, truth: Path) -> tuple[About, Mapping[str, bool]]:
    """Of every found network that the truth can judge, whether it is about organised actors.

    Raises `UserError` where there is no truth at `truth`.
    """
    held = Tables(catalogue.files)
    about, known, _ = _read(truth, held)
    seen = found_.read(known, held)
    judged = ranking.networks(known, seen)
    rows = zip(seen.networks.to_pylist(), judged.true.tolist(), judged.judged.tolist(), strict=True)
    return about, {network: true for network, true, counts in rows if counts}


def _rounded(figure: Figure) -> Figure:
    """Without the last digits, in which sums of fractions differ between machines."""

    def short(value: float | None) -> float | None:
        return None if value is None else round(value, _PLACES)

    return replace(figure, value=short(figure.value), low=short(figure.low), high=short(figure.high))


def measures() -> Mapping[str, Measure]:
    """Every measure by name, in their order."""
    held = plugins.load("undertow.evaluate.measures", Measure)
    return dict(sorted(held.items(), key=lambda one: (one[1].order, one[0])))


def _read(truth: Path, held: Tables) -> tuple[About, Truth, Coverage]:
    if truth.is_dir():
        try:
            return world.about(truth), *world.read(truth, held)
        except pa.ArrowInvalid as error:
            hint = "its files are damaged: make the world again, or copy it anew"
            raise OutsideError(f"{truth} cannot be read: {error}", hint=hint) from error
    if truth.is_file():
        return labels.about(truth), *labels.read(truth, held)
    raise UserError(f"no truth at {truth}", hint="give the folder `truth` of a made-up world, or a CSV of labels")


def _missing(measure: Measure, truth: Truth, held: Tables) -> str:
    unknown = [_HIDDEN.get(facet, facet) for facet in measure.asks if facet not in truth.knows]
    absent = [table for table in measure.needs if not held.has(table)]
    said = []
    if unknown:
        said.append("the truth does not say: " + ", ".join(unknown))
    if absent:
        said.append("no run has made the tables: " + ", ".join(absent))
    return "; ".join(said)


def _made(measure: Measure, truth: Truth, seen: Found) -> Iterator[Figure]:
    try:
        yield from measure.figures(truth, seen)
    except UndertowError:
        raise
    except Exception as error:  # the edge of a plug-in
        raise PluginError(f"the measure {measure.name} failed: {error!r}", hint="report it to its author") from error

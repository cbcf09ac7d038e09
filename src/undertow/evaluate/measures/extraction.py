"""Values found in texts: precision and recall by kind, and for phones by how they are written and in which language."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from undertow import tables
from undertow.evaluate import chance, mentions
from undertow.evaluate.contract import Coded, Figure, Found, Measure, Truth
from undertow.evaluate.mentions import Flags, Outcome

Floats = NDArray[np.float64]

_DETAILED = "phone"
_KINDS = (*tables.SELECTORS, "price", "age", "date", "place", "cue")
_ABSENT = "not in this truth: it lists none"


def figures(truth: Truth, found: Found) -> Iterator[Figure]:
    """Precision, recall and F1 of every kind that the truth lists; other kinds are named without a value."""
    outcome = mentions.compare(truth, found)
    kinds = outcome.spans.kind.names
    everything = np.ones(len(outcome.right), np.bool_), np.ones(len(outcome.hit), np.bool_)
    yield from _both(truth, outcome, "", everything)
    for kind in sorted(kinds):
        at = list(kinds).index(kind)
        yield from _both(truth, outcome, f"kind={kind}", (outcome.kind == at, outcome.spans.kind.codes == at))
    for kind in _KINDS:
        if kind not in kinds:
            yield Figure("extraction.recall", None, f"kind={kind}", better="up", note=_ABSENT)
    if _DETAILED in kinds:
        yield from _phones(truth, outcome, list(kinds).index(_DETAILED))


def _phones(truth: Truth, outcome: Outcome, at: int) -> Iterator[Figure]:
    phones, found = outcome.spans.kind.codes == at, outcome.kind == at
    for name, group in _groups(outcome.spans.disguise, phones):
        yield _recall(truth, outcome, f"kind={_DETAILED},disguise={name}", group)
    for name, group in _groups(outcome.spans.language, phones):
        yield _recall(truth, outcome, f"kind={_DETAILED},language={name}", group)
    language = Coded(truth.language.codes[outcome.record], truth.language.names)
    for name, group in _groups(language, found):
        yield _precision(truth, outcome, f"kind={_DETAILED},language={name}", group)


def _groups(column: Coded, wanted: Flags) -> Iterator[tuple[str, Flags]]:
    held = np.unique(column.codes[wanted])
    for name in sorted(column.names[code] for code in held if code >= 0):
        yield name, wanted & (column.codes == list(column.names).index(name))


def _both(truth: Truth, outcome: Outcome, group: str, wanted: tuple[Flags, Flags]) -> Iterator[Figure]:
    found, true = wanted
    yield _precision(truth, outcome, group, found)
    yield _recall(truth, outcome, group, true)
    rows = np.zeros((int(found.sum()) + int(true.sum()), 4))
    cut = int(found.sum())
    rows[:cut, 0], rows[:cut, 1] = outcome.right[found], 1
    rows[cut:, 2], rows[cut:, 3] = outcome.hit[true], 1
    record = np.concatenate([outcome.record[found], outcome.spans.record[true]])
    yield _figure(truth, record, rows, ("extraction.f1", group), "nothing was found and nothing is there")


def _precision(truth: Truth, outcome: Outcome, group: str, wanted: Flags) -> Figure:
    rows = np.column_stack([outcome.right[wanted], np.ones(int(wanted.sum()))]).astype(np.float64)
    return _figure(truth, outcome.record[wanted], rows, ("extraction.precision", group), "none was found")


def _recall(truth: Truth, outcome: Outcome, group: str, wanted: Flags) -> Figure:
    rows = np.column_stack([outcome.hit[wanted], np.ones(int(wanted.sum()))]).astype(np.float64)
    return _figure(truth, outcome.spans.record[wanted], rows, ("extraction.recall", group), "none is there")


def _figure(truth: Truth, record: NDArray[np.integer], rows: Floats, named: tuple[str, str], nothing: str) -> Figure:
    value = float(_shares(rows.sum(axis=0)))
    if not np.isfinite(value):
        return Figure(named[0], None, named[1], better="up", note=nothing)
    units = chance.per_unit(truth.actor[record], rows)
    ((low, high),) = chance.bootstrap(units, lambda sums: _shares(sums)[:, None])
    return Figure(named[0], value, named[1], low, high, len(rows), "up")


def _shares(sums: Floats) -> Floats:
    """Hits of all from two columns, or F1 from the hits and all of precision and of recall from four."""
    with np.errstate(invalid="ignore", divide="ignore"):
        first = sums[..., 0] / sums[..., 1]
        if sums.shape[-1] == 2:
            return first
        second = sums[..., 2] / sums[..., 3]
        harmonic = 2 * first * second / (first + second)
        nothing_right = (sums[..., 0] == 0) & (sums[..., 1] + sums[..., 3] > 0)
        return np.where(nothing_right, 0.0, harmonic)


MEASURE = Measure(
    name="extraction",
    version=1,
    order=10,
    title="Values found in texts",
    says=(
        "A mention is right where record, field, kind and value agree with the truth and both stand at the same place. "
        "Mentions of a confidence below 0.5 are not counted: they tie nothing. Counted are fields in which the truth "
        "lists anything. Recall by language goes by the language in which a value is written, precision by that of the "
        "record."
    ),
    needs=("mentions",),
    asks=("spans",),
    figures=figures,
)

"""Renders an evaluation into one HTML file that opens anywhere and loads nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from undertow.evaluate import plots, telling
from undertow.evaluate.contract import Evaluation, Figure, Measure
from undertow.evaluate.keeping import Moved
from undertow.evaluate.run import measures

# the figures that a reader looks for first, and what they are called
HEADLINES: tuple[tuple[str, str, str], ...] = (
    ("extraction.precision", "kind=phone", "phones: precision"),
    ("extraction.recall", "kind=phone", "phones: recall"),
    ("templates.pairwise_f1", "", "templates: pairwise F1"),
    ("networks.bcubed_f1", "", "networks: B-cubed F1"),
    ("networks.largest_holds", "", "true networks in the largest found one"),
    ("brokers.recall", "k=2x", "brokers among twice as many middlemen"),
    ("leads.precision", "k=50", "precision of the first 50 leads"),
    ("leads.random_lead", "", "the same of leads in random order"),
    ("calibration.error", "", "expected calibration error"),
    ("workload.records_per_true_lead", "k=50", "records to read per true lead of the first 50"),
    ("false_alarms.top_band", "", "harmless actors in the top band"),
)
ALARMS = {
    "top_band": "in the top band",
    "any_band": "in any band",
    "top_50": "among the first 50",
    "wrong_lead": "in the top band, in a lead that is not true",
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A row of the table of false alarms: a group, its actors, and by kind of alarm its figure."""

    group: str
    actors: int
    by: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Section:
    """One measure on the page."""

    measure: Measure
    figures: Sequence[Figure]


def render(made: Evaluation, before: Evaluation | None = None, moved: Sequence[Moved] = ()) -> str:
    """The page: what was measured, the main figures, what moved, then every measure with its plots and tables."""
    environment = _environment()
    style, _, _ = environment.loader.get_source(environment, "style.css")  # type: ignore[union-attr]
    held = {(one.name, one.group): one for one in made.figures}
    text = environment.get_template("evaluation.html.j2").render(
        made=made,
        before=before,
        moved=moved,
        style=Markup(style),
        sentences=[*telling.about(made.about), *telling.coverage(made.coverage)],
        headlines=[(said, held[name, group]) for name, group, said in HEADLINES if (name, group) in held],
        sections=list(_sections(made)),
        alarms=list(alarms(made)),
        unequal=[one for one in made.figures if one.name == "false_alarms.language_ratio"],
        kinds=ALARMS,
    )
    return "\n".join(line for line in text.splitlines() if line.strip()) + "\n"


def _sections(made: Evaluation) -> Iterator[Section]:
    for name, measure in measures().items():
        held = [one for one in made.figures if one.name.startswith(f"{name}.")]
        if held:
            yield Section(measure, held)


def alarms(made: Evaluation) -> Iterator[Alarm]:
    """The false alarms as a table, a row a group, in the order of the figures."""
    rows: dict[str, dict[str, Figure]] = {}
    for one in made.figures:
        kind = one.name.removeprefix("false_alarms.")
        if kind in ALARMS and one.name != kind:
            rows.setdefault(one.group, {})[kind] = one
    for group, by in rows.items():
        yield Alarm(group or "all harmless actors", max(one.n for one in by.values()), by)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("undertow.evaluate"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(number=telling.number, row=telling.row, plots=plots)
    return made

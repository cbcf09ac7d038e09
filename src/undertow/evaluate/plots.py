"""Where the marks of the plots stand: numbers on a canvas, which the templates draw. Each says its figures in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from undertow.evaluate.contract import Evaluation, Figure

WIDTH, LABELS, ROW = 640, 170, 26  # of bars: the canvas, the room for names, a row
SIDE, EDGE = 300, 44  # of square plots: the inner side, the room for the scale

_RANDOM = (("leads.random_lead", "leads at random", "7 4"), ("leads.random_network", "networks at random", "2 4"))
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar from the names' right edge, with the ends of its interval; lengths in units of the canvas."""

    label: str
    value: float
    n: int
    y: int
    width: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a square plot with the ends of its interval."""

    label: str
    value: float
    n: int
    x: float
    y: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Level:
    """A line across a plot, with what it stands for; lines differ by their dashes."""

    label: str
    value: float
    y: float
    dashes: str


@dataclass(frozen=True, slots=True)
class Ranks:
    """Precision down the ranking, and what random orders would give."""

    dots: Sequence[Dot]
    levels: Sequence[Level]


def bars(made: Evaluation, name: str, prefix: str) -> list[Bar]:
    """The figures of that name whose group begins with `prefix`, as bars from 0 to 1."""
    held = [one for one in made.figures if one.name == name and one.group.startswith(prefix) and one.value is not None]
    return [_bar(one, one.group.removeprefix(prefix), number) for number, one in enumerate(held)]


def _bar(figure: Figure, label: str, number: int) -> Bar:
    room = WIDTH - LABELS - 70
    low, high = (None if end is None else round(LABELS + room * end, 1) for end in (figure.low, figure.high))
    value = figure.value or 0.0
    return Bar(label, value, figure.n, number * ROW, round(room * value, 1), low, high)


def reliability(made: Evaluation) -> list[Dot]:
    """A dot for every bin of leads: what they state across, how many are true upwards."""
    stated = {one.group: one.value for one in made.figures if one.name == "calibration.stated"}
    held = [one for one in made.figures if one.name == "calibration.observed" and one.value is not None]
    return [_dot(one, one.group.removeprefix("bin="), stated.get(one.group) or 0.0) for one in held]


def ranks(made: Evaluation) -> Ranks:
    """Precision at every k, evenly spaced, with the two random orders as lines."""
    held = [one for one in made.figures if one.name == "leads.precision" and one.value is not None]
    dots = [_dot(one, one.group.removeprefix("k="), (at + 0.5) / len(held)) for at, one in enumerate(held)]
    levels = [
        Level(said, one.value, _up(one.value), dashes)
        for name, said, dashes in _RANDOM
        for one in made.figures
        if one.name == name and one.value is not None
    ]
    return Ranks(dots, levels)


def _dot(figure: Figure, label: str, across: float) -> Dot:
    value = figure.value or 0.0
    low, high = (None if end is None else _up(end) for end in (figure.low, figure.high))
    return Dot(label, value, figure.n, round(EDGE + SIDE * across, 1), _up(value), low, high)


def _up(share: float) -> float:
    return round(10 + SIDE * (1 - share), 1)


def ticks() -> list[tuple[str, float]]:
    """The marks of a scale from 0 to 1, with their height in a square plot."""
    return [(f"{tick:.2f}".rstrip("0").rstrip("."), _up(tick)) for tick in _TICKS]

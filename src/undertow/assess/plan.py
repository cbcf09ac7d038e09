"""How weights are learned: the numbers of `data/learning.toml`, each with its reason there."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "learning.toml"


@dataclass(frozen=True, slots=True)
class Prior:
    """Standard deviations around 1: of the factor on every weight, and of the slope from score to log-odds."""

    factors: float
    slope: float


@dataclass(frozen=True, slots=True)
class Plan:
    """`judged` leads are needed, `of_each` of either kind; the learned must be better by `margin` standard errors."""

    judged: int
    of_each: int
    prior: Prior
    folds: int
    repeats: int
    margin: float


@cache
def load() -> Plan:
    """The plan that ships."""
    raw = tomllib.loads(FILE.read_text("utf-8"))
    return Plan(
        raw["enough"]["judged"],
        raw["enough"]["of_each"],
        Prior(raw["fit"]["factors"] / 100, raw["fit"]["slope"] / 100),
        raw["held_out"]["folds"],
        raw["held_out"]["repeats"],
        raw["better"]["standard_errors"] / 100,
    )

"""The weights: how much each indicator counts at most, as data that a user can replace, with the reason for each."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from undertow.errors import UserError

SHIPPED = Path(__file__).parent / "data" / "weights.toml"
CERTAIN = 10_000  # a chance of 1 in the unit of a calibration
LANGUAGE_SHOWN = 20  # for files made before they held it


@dataclass(frozen=True, slots=True)
class Calibration:
    """The log-odds of a lead: `slope` for every 100 points of its score, and `intercept`, both in ten-thousandths.

    A slope of 10,000 takes the points at their word. `on` says from which labels they were fitted. `floor` is the
    chance, in ten-thousandths too, below which none falls: of the lowest leads some are true for what no sign tells.
    """

    slope: int
    intercept: int
    on: str
    floor: int = 0


Bands = tuple[tuple[int, str], ...]
"""Thresholds and names, the highest first."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A set of weights; points are hundredths of a nat of log-likelihood ratio, all whole numbers.

    `published` and `published_bands` are as people set them, other than `points` and `bands` only where those were
    learned. `caps` bounds what a family adds, `lore_cap` what all signs of grade lore add together; `bands` are
    thresholds and names, highest first. What the other numbers do stands beside them in `data/weights.toml`.
    """

    version: str
    points: Mapping[str, int]
    published: Mapping[str, int]
    caps: Mapping[str, int]
    cap_otherwise: int
    lore_cap: int
    lead_families: int
    family_from: int
    pseudo_networks: int
    prior_permille: int
    language_shown: int
    thin_below_permille: int
    thin_counts_for: int
    class_start: int
    bands: Bands
    published_bands: Bands
    calibration: Calibration | None = None


def load(path: Path | None = None) -> Weights:
    """The weights in a TOML file, by default those that ship; raises `UserError` for a file that is none."""
    path = path or SHIPPED
    try:
        return _read(tomllib.loads(path.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"{path} holds no weights: {error!r}", hint=f"copy {SHIPPED} and change the numbers in the copy"
        ) from error


def _read(raw: Mapping[str, Any]) -> Weights:
    return Weights(
        version=str(raw["version"]),
        points={name: _whole(about["points"]) for name, about in raw["indicators"].items()},
        published={name: _whole(about.get("published", about["points"])) for name, about in raw["indicators"].items()},
        caps={name: _whole(cap) for name, cap in raw["caps"].items()},
        cap_otherwise=_whole(raw["sum"]["cap_otherwise"]),
        lore_cap=_whole(raw["sum"]["lore_cap"]),
        lead_families=_whole(raw["lead"]["families"]),
        family_from=_whole(raw["lead"]["family_from"]),
        pseudo_networks=_whole(raw["base_rate"]["pseudo_networks"]),
        prior_permille=_whole(raw["base_rate"]["prior_permille"]),
        language_shown=_whole(raw["base_rate"].get("language_shown", LANGUAGE_SHOWN)),
        thin_below_permille=_whole(raw["thin"]["below_permille"]),
        thin_counts_for=_whole(raw["thin"]["counts_for"]),
        class_start=_whole(raw["classes"]["start"]),
        bands=_bands(raw["bands"], "from"),
        published_bands=_bands(raw["bands"], "published"),
        calibration=_calibration(raw["calibration"]) if "calibration" in raw else None,
    )


def as_published(held: Weights) -> Weights:
    """The weights as people set them, without what was learned."""
    return replace(held, points=held.published, bands=held.published_bands)


def _bands(raw: Iterable[Mapping[str, Any]], key: str) -> Bands:
    """Thresholds under `key`, where a band has it, else under `from`."""
    return tuple(sorted(((int(band.get(key, band["from"])), str(band["name"])) for band in raw), reverse=True))


def _calibration(raw: Mapping[str, Any]) -> Calibration:
    intercept, on, floor = raw["intercept"], raw["on"], _whole(raw.get("floor", 0))
    if not isinstance(intercept, int) or isinstance(intercept, bool):
        raise ValueError(f"{intercept!r} is no whole number")
    if not isinstance(on, str) or not on.strip():
        raise ValueError("calibration.on must say from which labels")
    if floor >= CERTAIN:
        raise ValueError("calibration.floor leaves no chance to tell apart")
    return Calibration(_whole(raw["slope"]), intercept, on, floor)


def _whole(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise ValueError(f"{number!r} is no whole number from 0")
    return number

"""A map of the places of a lead: outlines of the land around them, drawn from a file that ships with the package."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt

from undertow.share.contract import Place

WIDTH = 760
MOST_HEIGHT, LEAST_HEIGHT = 400, 220
LEAST_SPAN = 14.0  # degrees: closer in, the outlines (1:110 million) say nothing
MARGIN = 0.18  # of the span, around the outermost places

Ring = tuple[tuple[float, float], ...]
Window = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, with its number in the table."""

    number: int
    name: str
    x: float
    y: float
    radius: float
    records: int


@dataclass(frozen=True, slots=True)
class Map:
    """Land as one SVG path, and the places on it."""

    land: str
    spots: Sequence[Spot]
    height: int
    width: int = WIDTH


def draw(places: Iterable[Place]) -> Map | None:
    """The map around the places whose point is known; None where none is. Numbers count from 1 in the order given."""
    known = [(number, place) for number, place in enumerate(places, 1) if place.point]
    if not known:
        return None
    window = _window([(place.point.longitude, place.point.latitude) for _, place in known if place.point])
    west, south, east, north = window
    scale = WIDTH / (east - west)
    spots = []
    for number, place in known:
        if place.point:
            x, y = _at(place.point.longitude, place.point.latitude, window, scale)
            spots.append(
                Spot(number, place.name, x, y, round(min(20.0, 6 + 2 * sqrt(place.records)), 1), place.records)
            )
    land = "".join(_path(ring, window, scale) for ring in _land() if _near(ring, window))
    return Map(land, spots, round((north - south) * scale))


def _at(longitude: float, latitude: float, window: Window, scale: float) -> tuple[float, float]:
    return round((longitude - window[0]) * scale, 1), round((window[3] - latitude) * scale, 1)


def _window(points: Sequence[tuple[float, float]]) -> Window:
    """A box around the points, no flatter and no steeper than a page likes."""
    wests, souths = zip(*points, strict=True)
    wide = max(LEAST_SPAN, (max(wests) - min(wests)) * (1 + 2 * MARGIN))
    high = max(LEAST_SPAN / 2, (max(souths) - min(souths)) * (1 + 2 * MARGIN), wide * LEAST_HEIGHT / WIDTH)
    wide = max(wide, high * WIDTH / MOST_HEIGHT)
    east, north = (max(wests) + min(wests)) / 2, (max(souths) + min(souths)) / 2
    return east - wide / 2, north - high / 2, east + wide / 2, north + high / 2


def _near(ring: Ring, window: Window) -> bool:
    wests, souths = zip(*ring, strict=True)
    return min(wests) < window[2] and max(wests) > window[0] and min(souths) < window[3] and max(souths) > window[1]


def _path(ring: Ring, window: Window, scale: float) -> str:
    """The ring as a path; points outside are drawn on the border, so that a continent stays small."""
    points: list[str] = []
    for longitude, latitude in ring:
        x, y = _at(min(max(longitude, window[0] - 1), window[2] + 1), latitude, window, scale)
        y = min(max(y, -20), MOST_HEIGHT * 2)
        point = f"{x:.0f} {y:.0f}"
        if not points or points[-1] != point:
            points.append(point)
    return f"M{'L'.join(points)}Z"


@cache
def _land() -> tuple[Ring, ...]:
    """Rings of longitude and latitude: the countries of Natural Earth at 1:110 million, public domain."""
    text = (files("undertow.share") / "data" / "land.json").read_text("utf-8")
    return tuple(tuple((point[0] / 100, point[1] / 100) for point in ring) for ring in json.loads(text)["rings"])

"""A map of the places of a lead: outlines of the land around them, drawn from a file that ships with the package."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import atan2, cos, hypot, log2, sin, sqrt

from undertow.share.contract import Place
from undertow.share.travel import Passage

WIDTH = 760
MOST_HEIGHT, LEAST_HEIGHT = 400, 220
LEAST_SPAN = 14.0  # degrees: closer in, the outlines (1:110 million) say nothing
MARGIN = 0.18  # of the span, around the outermost places
BOW = 0.16  # how far an arc bends, of its length: there and back lie apart

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
class Arc:
    """A passage as an SVG path with its tip; `says` is the same in words."""

    path: str
    tip: str
    width: float
    says: str


@dataclass(frozen=True, slots=True)
class Map:
    """Land as one SVG path, the places on it, and who went from one to another."""

    land: str
    spots: Sequence[Spot]
    height: int
    width: int = WIDTH
    arcs: Sequence[Arc] = ()


def draw(places: Iterable[Place], passages: Iterable[Passage] = (), shown: Iterable[Place] | None = None) -> Map | None:
    """The map around the places whose point is known; None where none is. Numbers count from 1 in the order given.

    `shown` are those that get a spot, all where it is left out: maps of several months around the same places match.
    """
    known = [(number, place) for number, place in enumerate(places, 1) if place.point]
    if not known:
        return None
    window = _window([(place.point.longitude, place.point.latitude) for _, place in known if place.point])
    west, south, east, north = window
    scale = WIDTH / (east - west)
    records = {place.name: place.records for place in ([one for _, one in known] if shown is None else shown)}
    every = {}
    for number, place in known:
        if place.point:
            x, y = _at(place.point.longitude, place.point.latitude, window, scale)
            many = records.get(place.name, 0)
            every[place.name] = Spot(number, place.name, x, y, round(min(20.0, 6 + 2 * sqrt(many)), 1), many)
    land = "".join(_path(ring, window, scale) for ring in _land() if _near(ring, window))
    arcs = [_arc(one, every[one.origin], every[one.destination]) for one in passages if _on(one, every)]
    spots = [spot for spot in every.values() if spot.records]
    return Map(land, spots, round((north - south) * scale), arcs=arcs)


def _on(passage: Passage, spots: Mapping[str, Spot]) -> bool:
    return passage.origin in spots and passage.destination in spots


def _arc(passage: Passage, origin: Spot, destination: Spot) -> Arc:
    """A curve from one spot to the rim of the other, bent to the left of its way."""
    across, down = destination.x - origin.x, destination.y - origin.y
    bend_x, bend_y = (origin.x + destination.x) / 2 + BOW * down, (origin.y + destination.y) / 2 - BOW * across
    way = atan2(destination.y - bend_y, destination.x - bend_x)
    rim = min(destination.radius + 1, hypot(across, down) / 2)
    x, y = destination.x - rim * cos(way), destination.y - rim * sin(way)
    width = round(1 + min(4.0, 0.8 * log2(passage.times)), 1)
    size = 6 + width
    sides = [f"{x - size * cos(way + turn):.1f} {y - size * sin(way + turn):.1f}" for turn in (0.45, -0.45)]
    path = f"M{origin.x:.1f} {origin.y:.1f}Q{bend_x:.1f} {bend_y:.1f} {x:.1f} {y:.1f}"
    says = f"{passage.origin} → {passage.destination}: {passage.times}"
    return Arc(path, f"M{x:.1f} {y:.1f}L{sides[0]}L{sides[1]}Z", width, says)


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

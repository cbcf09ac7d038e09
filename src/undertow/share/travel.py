"""Where records of a network stand in place and time: visits, the range of dates of each place, who went where next.

A passage is what one contact or account shows: a record in one place, and its next record in another. It is no proof
that anybody travelled: an advertiser can name any town.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from typing import Any

from undertow.share.contract import Point

SURE = 0.5  # a place less sure than this is counted for no network either
RADIUS = 6371.0  # km, of the earth (mean)


@dataclass(frozen=True, slots=True)
class Visit:
    """A record that names a place."""

    record_id: str
    place: str
    place_id: str  # geonameid, empty where it is not known
    at: datetime | None
    site: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """All that is dated at one place: how many records, from when to when, on which sites, by how many contacts."""

    place: str
    records: int
    first: datetime | None
    last: datetime | None
    sites: Sequence[str]
    contacts: int
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """From one place to the next, by contacts or accounts that stand in both in turn."""

    origin: str
    destination: str
    times: int
    contacts: int
    first: datetime
    last: datetime
    km: int | None
    records: Sequence[tuple[str, str]]  # before, after


def visits(mentions: Iterable[Mapping[str, Any]], when: Mapping[str, tuple[datetime | None, str]]) -> list[Visit]:
    """Each record with each place that it surely names, once; `when` gives the time and the site of a record."""
    found: dict[tuple[str, str], str] = {}
    for row in mentions:
        if row["kind"] == "place" and row["confidence"] >= SURE:
            found.setdefault((row["record_id"], row["value"]), (row["detail"] or "").partition(":")[0])
    unknown = (None, "")
    return [
        Visit(record, place, place_id, *when.get(record, unknown))
        for (record, place), place_id in sorted(found.items())
    ]


def stays(
    seen: Iterable[Visit], holders: Mapping[str, Iterable[tuple[str, str]]], points: Mapping[str, Point]
) -> list[Stay]:
    """A row a place, with most records first; `holders` are the contacts and accounts of a record."""
    by_place: dict[str, list[Visit]] = defaultdict(list)
    for visit in seen:
        by_place[visit.place].append(visit)
    made = []
    for place, here in by_place.items():
        times = sorted(visit.at for visit in here if visit.at)
        contacts = {one for visit in here for one in holders.get(visit.record_id, ())}
        sites = sorted({visit.site for visit in here if visit.site})
        point = points.get(Counter(visit.place_id for visit in here).most_common(1)[0][0])
        first, last = (times[0], times[-1]) if times else (None, None)
        made.append(Stay(place, len(here), first, last, sites, len(contacts), point))
    return sorted(made, key=lambda stay: (-stay.records, stay.place))


def passages(
    seen: Sequence[Visit], holders: Mapping[str, Iterable[tuple[str, str]]], points: Mapping[str, Point]
) -> list[Passage]:
    """Who stands in one place and next in another, most times first; a record that names several places is left out.

    Two records are one passage however many contacts they share.
    """
    named = Counter(visit.record_id for visit in seen)
    order = sorted((visit for visit in seen if visit.at and named[visit.record_id] == 1), key=_turn)
    where = {visit.place: points.get(visit.place_id) for visit in order}
    last: dict[tuple[str, str], Visit] = {}
    steps: dict[tuple[str, str], dict[tuple[str, str], tuple[datetime, datetime]]] = defaultdict(dict)
    who: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for visit in order:
        for one in holders.get(visit.record_id, ()):
            before = last.get(one)
            if before and before.at and visit.at and before.place != visit.place:
                way = before.place, visit.place
                steps[way][before.record_id, visit.record_id] = before.at, visit.at
                who[way].add(one)
            last[one] = visit
    made = [_passage(way, found, len(who[way]), where) for way, found in steps.items()]
    return sorted(made, key=lambda one: (-one.times, one.origin, one.destination))


def _turn(visit: Visit) -> tuple[datetime, str]:
    assert visit.at
    return visit.at, visit.record_id


def _passage(
    way: tuple[str, str],
    found: Mapping[tuple[str, str], tuple[datetime, datetime]],
    contacts: int,
    where: Mapping[str, Point | None],
) -> Passage:
    first, last = min(one for one, _ in found.values()), max(one for _, one in found.values())
    origin, destination = where[way[0]], where[way[1]]
    km = round(distance(origin, destination)) if origin and destination else None
    return Passage(*way, len(found), contacts, first, last, km, sorted(found))


def distance(one: Point, other: Point) -> float:
    """Kilometres between two points, along the earth (haversine)."""
    north, south = radians(one.latitude), radians(other.latitude)
    turned = sin((south - north) / 2) ** 2
    turned += cos(north) * cos(south) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * RADIUS * asin(sqrt(turned))

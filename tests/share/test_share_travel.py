"""Places of a network: when each was named, and which contact stands in one and next in another."""

from datetime import UTC, datetime

from undertow.share import atlas
from undertow.share.contract import Place, Point
from undertow.share.travel import Visit, distance, passages, stays, visits

RIGA, PORTO = Point(56.95, 24.11), Point(41.15, -8.61)
POINTS = {"1": RIGA, "2": PORTO}


def at(day: int) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC)


def visit(record: str, place: str, day: int) -> Visit:
    return Visit(record, place, {"Riga": "1", "Porto": "2"}[place], at(day), "x.example")


HELD = {one: [("phone", "+1")] for one in ("p1", "p2", "p3")}


def test_a_place_has_the_range_of_its_dates() -> None:
    (riga, porto) = stays([visit("p1", "Riga", 1), visit("p3", "Riga", 9), visit("p2", "Porto", 4)], HELD, POINTS)
    assert (riga.place, riga.records, riga.first, riga.last) == ("Riga", 2, at(1), at(9))
    assert (porto.place, porto.contacts, porto.sites) == ("Porto", 1, ["x.example"])


def test_a_contact_that_stands_elsewhere_next_made_a_passage() -> None:
    found = passages([visit("p3", "Riga", 9), visit("p1", "Riga", 1), visit("p2", "Porto", 4)], HELD, POINTS)
    assert [(one.origin, one.destination, one.times, one.records) for one in found] == [
        ("Porto", "Riga", 1, [("p2", "p3")]),
        ("Riga", "Porto", 1, [("p1", "p2")]),
    ]


def test_two_contacts_of_one_pair_of_records_are_one_passage() -> None:
    both = {one: [("phone", "+1"), ("account", "a")] for one in ("p1", "p2")}
    (found,) = passages([visit("p1", "Riga", 1), visit("p2", "Porto", 2)], both, POINTS)
    assert (found.times, found.contacts) == (1, 2)


def test_strangers_make_no_passage() -> None:
    held = {"p1": [("phone", "+1")], "p2": [("phone", "+2")]}
    assert passages([visit("p1", "Riga", 1), visit("p2", "Porto", 2)], held, POINTS) == []


def test_a_record_of_two_places_went_nowhere() -> None:
    seen = [visit("p1", "Riga", 1), visit("p2", "Porto", 2), visit("p2", "Riga", 2)]
    assert passages(seen, HELD, POINTS) == []


def test_a_place_that_is_not_sure_is_no_visit() -> None:
    row = {"record_id": "p1", "kind": "place", "value": "Riga", "detail": "1:0.9", "confidence": 0.4}
    assert visits([row], {}) == []
    assert visits([row | {"confidence": 0.9}], {})[0].place_id == "1"


def test_from_the_pole_to_the_equator_is_a_quarter_of_the_earth() -> None:
    assert round(distance(Point(90, 0), Point(0, 17))) == 10_008


def test_an_arc_goes_from_spot_to_spot_and_says_so() -> None:
    places = [Place("Riga", 2, RIGA), Place("Porto", 1, PORTO)]
    drawn = atlas.draw(places, passages([visit("p1", "Riga", 1), visit("p2", "Porto", 4)], HELD, POINTS))
    assert drawn
    assert [arc.says for arc in drawn.arcs] == ["Riga → Porto: 1"]


def test_maps_of_one_network_have_one_frame() -> None:
    places = [Place("Riga", 2, RIGA), Place("Porto", 1, PORTO)]
    whole, part = atlas.draw(places), atlas.draw(places, shown=[Place("Riga", 1, RIGA)])
    assert whole
    assert part
    assert (part.land, part.height) == (whole.land, whole.height)
    assert [spot.name for spot in part.spots] == ["Riga"]

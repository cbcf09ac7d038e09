"""Time lines and maps count what they are given, and draw nothing where nothing is known."""

from datetime import UTC, datetime, timedelta

from tests.share import world

from undertow.share import atlas
from undertow.share.contract import Place, Point
from undertow.share.timeline import timeline

START = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)


def days(count: int, site: str = "a.example") -> list[tuple[datetime, str]]:
    return [(START + timedelta(days=number), site) for number in range(count)]


def test_nothing_dated_is_no_time_line() -> None:
    assert timeline([]) is None


def test_a_month_is_drawn_by_day_a_year_by_week_a_decade_by_month() -> None:
    made = [timeline(days(count)) for count in (30, 365, 3_650)]
    assert [line.unit for line in made if line] == ["day", "week", "month"]


def test_every_record_stands_in_one_bar() -> None:
    line = timeline(days(200) + days(50, "b.example"))
    assert line and sum(bar.records for lane in line.lanes for bar in lane.bars) == 250


def test_weeks_begin_on_monday() -> None:
    line = timeline(days(100))
    assert line and line.lanes[0].bars[0].when == "2026-01-05"


def test_many_sites_share_the_last_lane() -> None:
    line = timeline([item for number in range(9) for item in days(9 - number, f"{number}.example")])
    assert line and len(line.lanes) == 6 and line.lanes[-1].name == "others" and line.other == 4


def test_without_a_known_point_there_is_no_map() -> None:
    assert atlas.draw([Place("Leeds", 3)]) is None


def test_a_place_is_drawn_under_its_number_in_the_table() -> None:
    made = atlas.draw([Place("somewhere", 9), Place("Leeds", 3, Point(53.8, -1.55))])
    assert made and [(spot.number, spot.name) for spot in made.spots] == [(2, "Leeds")]


def test_all_places_lie_on_the_map_and_land_is_drawn() -> None:
    made = atlas.draw([Place(name, 1, point) for name, point in world.POINTS.items()])
    assert made and made.land.startswith("M")
    assert all(0 <= spot.x <= made.width and 0 <= spot.y <= made.height for spot in made.spots)


def test_north_is_up_and_east_is_right() -> None:
    made = atlas.draw([Place("Leeds", 1, Point(53.8, -1.5)), Place("Riga", 1, Point(56.9, 24.1))])
    assert made and made.spots[1].x > made.spots[0].x and made.spots[1].y < made.spots[0].y


def test_a_map_of_one_country_stays_small() -> None:
    made = atlas.draw([Place("Leeds", 1, Point(53.8, -1.5))])
    assert made and len(made.land) < 20_000

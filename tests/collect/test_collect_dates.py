"""Dates as people and programs write them; the order of day and month is decided once, and said."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.collect.dateforms import Order, read
from undertow.collect.dates import Reader, decide, settles

ZONE = ZoneInfo("Europe/Madrid")


def at(text: str, order: Order = "day") -> str:
    found = read(text, order, ZoneInfo("UTC"))
    return f"{found[0]:%Y-%m-%d %H:%M:%S}" if found else ""


def column(values: list[object], zone: str = "UTC", **told: str) -> tuple[list[datetime | None], list[str]]:
    reader = Reader("posted_at", decide(values, **told), zone)
    times = reader.times(values, [str(number) for number in range(1, len(values) + 1)])
    return times.to_pylist(), [note.text for note in reader.notes()]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2015-10-25T06:28:33-07:00", "2015-10-25 13:28:33"),
        ("2015-10-25 06:28", "2015-10-25 06:28:00"),
        ("2015-10-25", "2015-10-25 00:00:00"),
        ("2015-10-25T06:28:33.123456789Z", "2015-10-25 06:28:33"),
        ("20240305", "2024-03-05 00:00:00"),
        ("20240305T101112Z", "2024-03-05 10:11:12"),
        ("Wed, 10 Oct 2018 20:19:24 +0200 (CEST)", "2018-10-10 18:19:24"),
        ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10 20:19:24"),
        ("Thu, 01 Jan 1998 10:00:00 EST", "1998-01-01 15:00:00"),
        ("1544006350", "2018-12-05 10:39:10"),
        ("1544006350.5", "2018-12-05 10:39:10"),
        ("1579294140000", "2020-01-17 20:49:00"),
        ("1579294140000000", "2020-01-17 20:49:00"),
        ("1579294140000000000", "2020-01-17 20:49:00"),
        ("25/10/2015 6:28 PM", "2015-10-25 18:28:00"),
        ("25.10.15, 06:28", "2015-10-25 06:28:00"),
        ("25-10-2015 06.28", "2015-10-25 06:28:00"),
        ("2019/01/30, 20:49", "2019-01-30 20:49:00"),
        ("12/30/21, 10:01\u202fPM", "2021-12-30 22:01:00"),
        ("30/01/2019, 08:49 p. m.", "2019-01-30 20:49:00"),
        ("20/06/2020, 00:08 a. m.", "2020-06-20 00:08:00"),
        ("1/6/2024 12:05 am", "2024-06-01 00:05:00"),
        ("1/6/2024 12:05 pm", "2024-06-01 12:05:00"),
        ("31/12/69", "1969-12-31 00:00:00"),
        ("31/12/68", "2068-12-31 00:00:00"),
        ("mar. 5 dic. 2024", "2024-12-05 00:00:00"),
        ("2024年3月5日", "2024-03-05 00:00:00"),
        ("٢٠٢٤/٠٣/٠٥", "2024-03-05 00:00:00"),
        ("March 5th, 2024", "2024-03-05 00:00:00"),
        ("Sept. 5 2023 at 10.15", "2023-09-05 10:15:00"),
        ("25 de octubre de 2015, 14:05", "2015-10-25 14:05:00"),
        ("martes, 12 de febrero de 2024", "2024-02-12 00:00:00"),
        ("25 de dezembro de 2015", "2015-12-25 00:00:00"),
        ("1er mars 2024 à 14h05", "2024-03-01 14:05:00"),
        ("mar. 6 févr. 2024", "2024-02-06 00:00:00"),
        ("25. Oktober 2015 14.05", "2015-10-25 14:05:00"),
        ("5. März 2024", "2024-03-05 00:00:00"),
        ("25 luglio 2015", "2015-07-25 00:00:00"),
        ("marți, 5 martie 2024", "2024-03-05 00:00:00"),
        ("5 iunie 2024", "2024-06-05 00:00:00"),
        ("5 марта 2024 г., 14:05", "2024-03-05 14:05:00"),
        ("среда, 5 июня 2024", "2024-06-05 00:00:00"),
        ("24 лютого 2022", "2022-02-24 00:00:00"),
        ("ika-5 ng Mayo 2024", "2024-05-05 00:00:00"),
        ("Enero 5, 2024", "2024-01-05 00:00:00"),
        ("7-Apr-24", "2024-04-07 00:00:00"),
    ],
)
def test_a_date_is_read(text: str, means: str) -> None:
    assert at(text) == means


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "12",
        "31/31/2020",
        "30/02/2024",
        "hello 12",
        "1/2/3/4",
        "call 555-0100",
        "0000-00-00",
        "May",
        "99999999999999999999",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert at(text) == ""


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_look_at(text: str) -> None:
    read(text, "day", ZONE)


@given(st.datetimes(datetime(1970, 1, 2), datetime(2068, 1, 1)).map(lambda value: value.replace(microsecond=0)))
def test_what_is_written_is_read_back(value: datetime) -> None:
    written = [
        value.isoformat(),
        f"{value:%d/%m/%Y %H:%M:%S}",
        f"{value:%d.%m.%y %H:%M:%S}",
        f"{value:%a, %d %b %Y %H:%M:%S} +0000",
        f"{value:%B %d, %Y %I:%M:%S %p}",
    ]
    assert {at(text) for text in written} == {f"{value:%Y-%m-%d %H:%M:%S}"}


def test_one_number_above_twelve_decides_for_all() -> None:
    times, notes = column(["03/04/2024", "25/04/2024"])
    assert times[0] == datetime(2024, 4, 3, tzinfo=UTC)
    assert notes[0].startswith("posted_at: day first (a number above 12")


def test_the_month_stands_first_where_the_numbers_say_so() -> None:
    times, notes = column(["03/04/2024", "04/25/2024"])
    assert times[0] == datetime(2024, 3, 4, tzinfo=UTC)
    assert notes[0].startswith("posted_at: month first")


def test_dates_that_run_in_order_one_way_only_decide() -> None:
    times, notes = column(["01/02/2024", "01/05/2024", "02/03/2024", "03/01/2024"])
    assert times[1] == datetime(2024, 1, 5, tzinfo=UTC)
    assert "only so do the dates run in order" in notes[0]


def test_dots_are_read_as_europe_writes_them() -> None:
    assert column(["03.04.2024"])[0] == [datetime(2024, 4, 3, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("told", "month", "why"),
    [
        ({}, 4, "assumed"),
        ({"setting": "no"}, 3, "the setting"),
        ({"setting": "yes", "country": "US"}, 4, "the setting"),
        ({"country": "US"}, 3, "the custom of US"),
        ({"country": "MD"}, 4, "the custom of MD"),
    ],
)
def test_what_the_file_leaves_open_is_assumed_and_said(told: dict[str, str], month: int, why: str) -> None:
    times, notes = column(["03/04/2024"], **told)
    assert times[0] is not None and times[0].month == month
    assert why in notes[0]


def test_a_date_that_fits_one_order_only_is_read_so_and_said() -> None:
    times, notes = column(["25/04/2024", "26/04/2024", "04/27/2024"])
    assert times[2] == datetime(2024, 4, 27, tzinfo=UTC)
    assert any("1 dates make sense only in the other order" in note for note in notes)


def test_later_rows_settle_a_doubt() -> None:
    assert settles(["03/04/2024"]) is None
    assert settles(["03/04/2024", "25/04/2024"]) is not None


def test_a_time_without_a_zone_is_that_of_the_workspace_and_said() -> None:
    times, notes = column(["2024-07-01 12:00:00"], "Europe/Madrid")
    assert times == [datetime(2024, 7, 1, 10, tzinfo=UTC)]
    assert notes == ["posted_at: times without a zone are read as Europe/Madrid"]


def test_a_time_with_a_zone_needs_no_note() -> None:
    assert column(["2024-07-01T12:00:00+02:00"], "Asia/Manila") == ([datetime(2024, 7, 1, 10, tzinfo=UTC)], [])


def test_what_is_no_date_is_counted_with_its_place() -> None:
    times, notes = column(["2024-07-01", "soon", "", "later"])
    assert times[1:] == [None, None, None]
    assert notes[-1] == "posted_at: 2 values are no date that could be read, the first at 2"


def test_times_and_numbers_that_a_format_gives_are_taken() -> None:
    values = [datetime(2024, 7, 1, 12), date(2024, 7, 1), 1544006350, 1544006350.0, None, True]
    assert column(values)[0] == [
        datetime(2024, 7, 1, 12, tzinfo=UTC),
        datetime(2024, 7, 1, tzinfo=UTC),
        datetime(2018, 12, 5, 10, 39, 10, tzinfo=UTC),
        datetime(2018, 12, 5, 10, 39, 10, tzinfo=UTC),
        None,
        None,
    ]


ISO = st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1)).map(lambda value: value.isoformat(" "))


@given(st.lists(st.one_of(ISO, st.just(""), st.just("soon"), st.just("5 mai 2024")), min_size=1), st.integers(0, 9))
def test_a_split_column_gives_what_the_whole_gives(values: list[str], place: int) -> None:
    reader = Reader("posted_at", decide(values), "Europe/Madrid")
    places = ["1"] * len(values)
    whole = reader.times(values, places).to_pylist()
    parts = (
        reader.times(values[:place], places[:place]).to_pylist()
        + reader.times(values[place:], places[place:]).to_pylist()
    )
    assert parts == whole

"""Times as the reader's clock shows them."""

from datetime import UTC, datetime

from undertow.web.clock import local, zone


def test_a_time_is_local_and_tells_utc() -> None:
    shown = local(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), zone("Asia/Manila"))
    assert ">2026-07-02 06:30<" in shown
    assert 'title="2026-07-01 22:30 UTC"' in shown


def test_an_unknown_zone_is_that_of_the_workspace_or_utc() -> None:
    assert zone("../etc/passwd", "Europe/Riga").key == "Europe/Riga"
    assert zone("", "nowhere").key == "UTC"


def test_no_time_is_nothing() -> None:
    assert local(None, zone("")) == ""

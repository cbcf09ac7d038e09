"""The page of measured finders says what is measured today."""

from pathlib import Path

from benchmarks.finder_tables import TARGET, page


def test_the_page_of_measured_finders_is_up_to_date(shared: Path) -> None:
    assert TARGET.read_text("utf-8") == page()

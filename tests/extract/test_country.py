"""The country of a record, from what the record says."""

import pytest

from undertow.extract.country import country_of


@pytest.mark.parametrize(
    ("country", "site", "place", "default", "expected"),
    [
        ("Philippines", "x.co.uk", "", "", "PH"),
        ("ph", "", "", "", "PH"),
        ("Moldova", "", "", "", "MD"),
        ("Россия", "", "", "", "RU"),
        ("", "https://x.co.uk/a", "", "", "GB"),
        ("", "ads.example.ro", "Cebu, Philippines", "", "RO"),
        ("", "t.me", "", "", None),
        ("", "example.com", "Cebu, Philippines", "US", "PH"),
        ("", "", "Fresno, CA", "", "US"),
        ("", "", "Manchester", "", "GB"),
        ("", "", "Manchester", "US", "US"),
        ("", "", "Manchester", "PH", "GB"),
        ("", "", "San Juan", "", None),
        ("", "", "quay street", "", None),
        ("", "", "", "MD", "MD"),
        ("nowhere", "", "", "", None),
    ],
)
def test_the_nearest_word_about_the_country_counts(
    country: str, site: str, place: str, default: str, expected: str | None
) -> None:
    assert country_of([country], [site], [place], default) == [expected]

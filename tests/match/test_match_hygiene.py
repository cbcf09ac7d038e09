"""What does not pass the door of hash lists is named, and nothing else is left out."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.match.contract import Entry, Fault
from undertow.match.hygiene import Door, made_id, wrong
from undertow.match.list_formats.ncmec_xml import FORMAT as NCMEC
from undertow.match.list_formats.stix import FORMAT as STIX

GOOD = "0f" * 32
OTHER = "f0" * 32


def taken(*entries: Entry, algorithm: str = "") -> tuple[list[str], dict[str, int]]:
    door = Door(algorithm, datetime(2026, 1, 1, tzinfo=UTC))
    list(door.take(0, entries))
    return [value for _, value in door.kept], dict(door.counts)


@pytest.mark.parametrize(
    ("algorithm", "value", "quality", "why"),
    [
        ("pdq", GOOD, 100, ""),
        ("pdq", GOOD, None, ""),
        ("pdq", GOOD[:32], None, "a hash of pdq has 64 digits, this one 32"),
        ("pdq", "ff" * 32, None, "corrupt: a hash of PDQ has about 128 bits set"),
        ("pdq", "00" * 32, None, "corrupt: a hash of PDQ has about 128 bits set"),
        ("pdq", GOOD, 49, "its quality is below 50: such a hash is noise"),
        ("pdq", "zz" * 32, None, "a hash is written in the digits 0 to 9 and a to f"),
        ("md5", "ff" * 16, None, ""),
        ("sha256", "ff" * 32, None, ""),
        ("photodna", "AAAA", None, "photodna is not compared"),
        ("", GOOD, None, "64 digits may be PDQ or SHA-256: say which with --algorithm"),
    ],
)
def test_a_hash_passes_or_is_told_why_not(algorithm: str, value: str, quality: int | None, why: str) -> None:
    assert wrong(algorithm, value, quality) == why


def test_a_hash_whose_file_names_no_kind_is_of_the_kind_that_a_person_says() -> None:
    assert taken(Entry("1", "", GOOD), algorithm="pdq") == ([GOOD], {})


def test_capitals_are_the_same_hash_and_the_second_one_is_named() -> None:
    held, left = taken(Entry("1", "MD5", "AB" * 16), Entry("2", "md5", "ab" * 16))
    assert held == ["ab" * 16]
    assert left == {"repeated: the same hash stood in this list before": 1}


def test_an_entry_is_taken_back_by_its_id_with_all_its_hashes() -> None:
    held, left = taken(
        Entry("1", "pdq", GOOD, entry_id="a"), Entry("1", "md5", "ab" * 16, entry_id="a"),
        Entry("2", "pdq", OTHER, entry_id="b"), Entry("3", "", "", entry_id="a", state="withdrawn"),
    )  # fmt: skip
    assert (held, left) == ([OTHER], {"withdrawn by the source": 1})


def test_an_entry_is_taken_back_by_its_hash() -> None:
    assert taken(Entry("1", "pdq", GOOD), Entry("2", "pdq", GOOD, state="withdrawn"))[0] == []


def test_an_entry_that_was_taken_back_can_come_again() -> None:
    assert taken(Entry("1", "pdq", GOOD), Entry("2", "pdq", GOOD, state="withdrawn"), Entry("3", "pdq", GOOD))[0] == [
        GOOD
    ]


def test_what_the_source_let_end_or_calls_harmless_is_named() -> None:
    held, left = taken(
        Entry("1", "pdq", GOOD, expires=datetime(2025, 1, 1, tzinfo=UTC)), Entry("2", "pdq", OTHER, state="harmless")
    )
    assert (held, sorted(left)) == ([], ["the source calls it harmless", "the source let it expire"])


def test_an_entry_without_an_id_has_one_that_stays() -> None:
    assert made_id("pdq", GOOD) == made_id("pdq", GOOD) != made_id("md5", GOOD)


@given(st.lists(st.builds(Entry, st.text(max_size=5), st.text(max_size=9), st.text(max_size=70), st.text(max_size=2))))
def test_every_entry_is_kept_or_named(entries: list[Entry]) -> None:
    door = Door()
    faults = list(door.take(0, entries))
    assert len(faults) + len(door.kept) == len(entries)
    assert sum(door.counts.values()) == len(faults)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><images><image><id>&d;</id></image></images>
</queryResult>"""


def test_a_billion_laughs_are_refused_before_the_first() -> None:
    assert list(NCMEC.read(io.BytesIO(BOMB))) == [
        Fault("1", "a document type or an entity is declared; what follows was not read")
    ]


def test_a_file_outside_cannot_be_drawn_in() -> None:
    inside = BOMB.replace(b'<!ENTITY a "lol">', b'<!ENTITY a SYSTEM "file:///etc/hostname">')
    assert [type(item) for item in NCMEC.read(io.BytesIO(inside))] == [Fault]


def test_the_xml_before_the_break_is_read() -> None:
    whole = NCMEC.examples[0][1]
    items = list(NCMEC.read(io.BytesIO(whole[: whole.index(b"<deletedImage>") + 20])))
    assert [type(item) for item in items] == [Entry, Entry, Fault]


def test_a_pattern_that_says_not_is_no_hash_on_the_list() -> None:
    bundle = (
        b'{"id": "bundle--1", "objects": [{"type": "indicator", "id": "indicator--1", "pattern": '
        b"\"[file:hashes.MD5 = '" + b"ab" * 16 + b"' AND NOT file:size = 0]\"}]}"
    )
    assert [type(item) for item in STIX.read(io.BytesIO(bundle))] == [Fault]

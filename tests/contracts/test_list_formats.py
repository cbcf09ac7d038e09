"""Every format of hash lists reads what it claims, claims nothing else, and fails on nothing."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undertow import plugins
from undertow.match.contract import HEAD, Entry, Fault, ListFormat, State
from undertow.match.reading_lists import FOLDER

FORMATS = plugins.load(FOLDER, ListFormat)
EXAMPLES = [(name, file, data, held) for name, one in FORMATS.items() for file, data, held in one.examples]
CLAIMED = [one for one in EXAMPLES if one[3] is not None]


def test_every_format_shows_a_file_it_reads_and_one_it_does_not() -> None:
    for one in FORMATS.values():
        assert [held for _, _, held in one.examples if held]
        assert [held for _, _, held in one.examples if held is None]


@pytest.mark.parametrize(("name", "file", "data", "held"), EXAMPLES)
def test_a_file_is_claimed_by_its_own_format_above_all_others(
    name: str, file: str, data: bytes, held: list[tuple[str, str, State]] | None
) -> None:
    sure = {other: one.sniff(file, data[:HEAD]) for other, one in FORMATS.items()}
    others = max(value for other, value in sure.items() if other != name)
    assert sure[name] > others if held is not None else sure[name] == 0 or sure[name] < others


@pytest.mark.parametrize(("name", "file", "data", "held"), CLAIMED)
def test_the_entries_of_an_example_are_read(
    name: str, file: str, data: bytes, held: list[tuple[str, str, State]]
) -> None:
    items = list(FORMATS[name].read(io.BytesIO(data)))
    assert [item for item in items if isinstance(item, Fault)] == []
    assert [(item.algorithm, item.value, item.state) for item in items if isinstance(item, Entry)] == list(held)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damage_is_said_and_never_raised(name: str, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([one[2] for one in CLAIMED if one[0] == name]))
    at = data.draw(st.integers(0, len(whole)))
    broken = whole[:at] + data.draw(st.binary(max_size=40)) + whole[at + data.draw(st.integers(0, 60)) :]
    FORMATS[name].sniff("x", broken[:HEAD])
    assert all(isinstance(item, Entry | Fault) for item in FORMATS[name].read(io.BytesIO(broken)))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 5000, b"[" * 100_000, b'{"a":' * 5000, b"0" * 2_000_000, b"<a>" * 9000]
)
def test_odd_files_are_said_and_never_raised(name: str, data: bytes) -> None:
    FORMATS[name].sniff("x", data[:HEAD])
    assert all(isinstance(item, Entry | Fault) for item in FORMATS[name].read(io.BytesIO(data)))


@pytest.mark.parametrize("name", FORMATS)
def test_a_fault_never_repeats_what_stood_there(name: str) -> None:
    secret = b"deadbeef" * 9
    for whole in (one[2] for one in CLAIMED if one[0] == name):
        for at in range(0, len(whole), 37):
            items = FORMATS[name].read(io.BytesIO(whole[:at] + secret + whole[at:]))
            assert not [one for one in items if isinstance(one, Fault) and "deadbeef" in one.reason]

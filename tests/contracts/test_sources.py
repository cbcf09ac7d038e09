"""Every source reads what it claims, claims nothing else, and fails on nothing."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from undertow import plugins
from undertow.collect.contract import Item, Opened, Reject, Rows, Source
from undertow.collect.opening import HEAD
from undertow.collect.reading import choose
from undertow.tables import RECORDS
from undertow.workspace import Workspace

SOURCES = plugins.load("undertow.collect.sources", Source)
EXAMPLES = [(name, file, data, texts) for name, one in SOURCES.items() for file, data, texts in one.examples]

NEEDS_ITS_NAME: set[tuple[str, str]] = set()  # examples that only the ending tells apart


def opened(name: str, data: bytes) -> Opened:
    make: Callable[[], BinaryIO] = lambda: io.BytesIO(data)  # noqa: E731
    return Opened(name, data[:HEAD], make)


def test_every_source_shows_a_file_it_reads_and_one_it_does_not() -> None:
    for source in SOURCES.values():
        assert [texts for _, _, texts in source.examples if texts]
        assert [texts for _, _, texts in source.examples if texts is None]


@pytest.mark.parametrize(("name", "file", "data", "texts"), EXAMPLES)
def test_a_file_is_claimed_by_its_own_source_above_all_others(
    name: str, file: str, data: bytes, texts: list[str] | None
) -> None:
    sure = {other: source.sniff(opened(file, data)) for other, source in SOURCES.items()}
    others = max(value for other, value in sure.items() if other != name)
    assert sure[name] > others if texts is not None else sure[name] == 0 or sure[name] < others


@pytest.mark.parametrize(("name", "file", "data", "texts"), [one for one in EXAMPLES if one[3] is not None])
def test_the_texts_of_an_example_reach_the_table(
    tmp_path: Path, name: str, file: str, data: bytes, texts: list[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / file).write_bytes(data)
    workspace = Workspace.start(tmp_path / "workspace")
    summary = workspace.collect([tmp_path / "in" / file])
    assert list(summary.files[0].sources) == [name]
    found = [text for table in ("posts", "pictures") for text in workspace.table(table)["text"].to_pylist()]
    assert sorted(found) == sorted(texts)


@pytest.mark.parametrize("name", SOURCES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_is_said_and_never_raised(name: str, data: st.DataObject) -> None:
    source = SOURCES[name]
    whole = next(content for _, content, texts in source.examples if texts)
    cut = data.draw(st.integers(0, len(whole)))
    noise = data.draw(st.binary(max_size=60))
    rest = data.draw(st.sampled_from([b"", whole[cut:]]))
    for item in source.read(opened("x", whole[:cut] + noise + rest)):
        _check(item)


@pytest.mark.parametrize("name", SOURCES)
@given(noise=st.binary(max_size=300))
def test_noise_is_said_and_never_raised(name: str, noise: bytes) -> None:
    for item in SOURCES[name].read(opened("x", noise)):
        _check(item)


@pytest.mark.parametrize("name", SOURCES)
@given(noise=st.binary(max_size=300))
def test_a_source_is_between_not_sure_and_sure(name: str, noise: bytes) -> None:
    assert 0.0 <= SOURCES[name].sniff(opened("x", noise)) <= 1.0


@pytest.mark.parametrize(("name", "file", "data", "texts"), [one for one in EXAMPLES if one[3] is not None])
def test_content_decides_and_not_the_name(name: str, file: str, data: bytes, texts: list[str]) -> None:
    chosen = choose(opened("file", data))
    assert chosen is not None
    assert chosen.name == name or (name, file) in NEEDS_ITS_NAME


def _check(item: Item) -> None:
    """What every item of every source keeps to."""
    if isinstance(item, Rows):
        assert all(len(column) == len(item.positions) for column in item.columns.values())
        assert len(set(item.positions)) == len(item.positions)
        assert item.table in ("", *RECORDS)
    elif isinstance(item, Reject):
        assert item.reason
    else:
        assert item.text

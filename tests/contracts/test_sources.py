"""Every source reads what it claims, claims nothing else, and fails on nothing."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from undertow import plugins
from undertow.collect.contract import Opened, Reject, Rows, Source
from undertow.collect.opening import HEAD
from undertow.workspace import Workspace

SOURCES = plugins.load("undertow.collect.sources", Source)
EXAMPLES = [(name, file, data, texts) for name, one in SOURCES.items() for file, data, texts in one.examples]


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
    best = max(sure, key=lambda one: sure[one])
    assert (best == name and sure[best] > 0) if texts is not None else (best != name or sure[name] == 0)


@pytest.mark.parametrize(("name", "file", "data", "texts"), [one for one in EXAMPLES if one[3] is not None])
def test_the_texts_of_an_example_reach_the_table(
    tmp_path: Path, name: str, file: str, data: bytes, texts: list[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / file).write_bytes(data)
    workspace = Workspace.start(tmp_path / "workspace")
    summary = workspace.collect([tmp_path / "in" / file])
    assert summary.files[0].sources == (name,) or list(summary.files[0].sources) == [name]
    assert sorted(workspace.table("posts")["text"].to_pylist()) == sorted(texts)


@pytest.mark.parametrize("name", SOURCES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_is_said_and_never_raised(name: str, data: st.DataObject) -> None:
    source = SOURCES[name]
    whole = next(content for _, content, texts in source.examples if texts)
    cut = data.draw(st.integers(0, len(whole)))
    noise = data.draw(st.binary(max_size=60))
    for item in source.read(opened("x", whole[:cut] + noise)):
        if isinstance(item, Rows):
            assert all(len(column) == len(item.positions) for column in item.columns.values())
        if isinstance(item, Reject):
            assert item.reason

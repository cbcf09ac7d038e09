"""Versions of the weights stand beside each other; the newest learned one is used unless the setting says otherwise."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.assess import versions, weights
from undertow.assess.weights import Calibration
from undertow.errors import UserError

SHIPPED = weights.load()
SOME = replace(
    SHIPPED,
    points={**SHIPPED.points, "debt": 7},
    bands=((90, "look first"), (50, "look"), (9, "watch"), SHIPPED.bands[-1]),
    calibration=Calibration(1, -2, "ten leads"),
)


def write(root: Path, start: Path = weights.SHIPPED) -> versions.Version:
    return versions.write(root, start, SOME, {"from": 'a "quoted" truth', "judged": 10})


def test_before_anything_is_learned_the_weights_that_ship_are_used(tmp_path: Path) -> None:
    assert versions.chosen(tmp_path, "") == weights.SHIPPED
    assert versions.name(tmp_path, "") == SHIPPED.version


def test_the_newest_version_is_used_the_tenth_after_the_ninth(tmp_path: Path) -> None:
    paths = [write(tmp_path).path for _ in range(10)]
    assert versions.chosen(tmp_path, "") == paths[-1]
    assert [one.path for one in versions.listed(tmp_path, "") if one.used] == [paths[-1]]


def test_a_copy_of_a_version_is_no_version(tmp_path: Path) -> None:
    path = write(tmp_path).path
    path.with_name("learned-002 (copy).toml").write_bytes(path.read_bytes())
    assert versions.chosen(tmp_path, "") == path


def test_the_setting_names_a_version_or_the_published(tmp_path: Path) -> None:
    first = write(tmp_path).path
    write(tmp_path)
    assert versions.chosen(tmp_path, "weights/learned-001.toml") == first
    assert versions.chosen(tmp_path, "published") == weights.SHIPPED


def test_a_version_is_read_back_as_it_was_made(tmp_path: Path) -> None:
    made = write(tmp_path)
    read = weights.load(made.path)
    assert read == replace(SOME, version=f"{SHIPPED.version}-learned-1", published=SHIPPED.published)
    assert made.learned["from"] == 'a "quoted" truth'


def test_what_was_learned_can_be_taken_off_again(tmp_path: Path) -> None:
    bare = weights.as_published(weights.load(write(tmp_path).path))
    assert (bare.points, bare.bands) == (SHIPPED.points, SHIPPED.bands)


def test_learning_from_a_learned_file_starts_at_its_published_points(tmp_path: Path) -> None:
    again = write(tmp_path, write(tmp_path).path)
    assert weights.load(again.path).published == SHIPPED.published
    assert again.name == f"{SHIPPED.version}-learned-2"


def test_a_file_of_ones_own_is_listed_and_learned_from(tmp_path: Path) -> None:
    own = tmp_path / "ours.toml"
    own.write_text(
        weights.SHIPPED.read_text("utf-8").replace(f'version = "{SHIPPED.version}"', 'version = "ours"'), "utf-8"
    )
    assert versions.base(tmp_path, "ours.toml") == own
    assert [(one.name, one.used) for one in versions.listed(tmp_path, "ours.toml")] == [
        (SHIPPED.version, False),
        ("ours", True),
    ]
    assert write(tmp_path, own).name == "ours-learned-1"


def test_a_file_that_is_none_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.toml holds no weights"):
        write(tmp_path, tmp_path / "nowhere.toml")


VALUES = st.integers() | st.text(st.characters(exclude_categories=["Cs"])) | st.booleans() | st.lists(st.integers())
TABLES = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), VALUES, max_size=4)


@given(st.dictionaries(st.text("abc-_ .\"'é"), VALUES | TABLES | st.lists(TABLES, min_size=1), max_size=5))
def test_what_is_written_as_toml_is_read_back(raw: dict[str, Any]) -> None:
    assert tomllib.loads(versions.dumped(raw)) == raw

"""A folder of picture files becomes records of hashes, and so does a list of hashes; one bad file is one reject."""

import csv
from pathlib import Path

import pytest

from undertow.pictures.hashing import hash_picture, pipeline
from undertow.simulate.pictures import draw
from undertow.workspace import Workspace

FILES = {"a.jpg": draw(1, "as it was"), "b.dat": draw(1, "mirrored"), "c.jpg": draw(2, "as it was")}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.start(tmp_path / "workspace")


def test_every_file_is_a_record_of_its_hashes_and_a_broken_one_a_reject(tmp_path: Path, workspace: Workspace) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in {**FILES, "d.jpg": FILES["a.jpg"][:900]}.items():
        (folder / name).write_bytes(data)
    summary = workspace.collect([folder])
    assert [file.status for file in summary.files] == ["collected", "collected", "collected", "rejected"]
    rows = workspace.table("pictures").to_pylist()
    made = {name: hash_picture(data) for name, data in FILES.items()}
    assert {(row["sha256"], row["md5"], row["pdq"], row["quality"]) for row in rows} == {
        (one.sha256, one.md5, one.pdq, one.quality) for one in made.values()
    }
    assert {(row["pipeline"], row["width"], row["height"]) for row in rows} == {(pipeline(), 320, 240)}


def test_a_mirrored_copy_is_tied_from_the_folder_on_until_a_person_cuts_it(
    tmp_path: Path, workspace: Workspace
) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    workspace.collect([tmp_path / name for name in FILES])
    workspace.run(("extract", "match", "link"))
    assert workspace.table("picture_matches").num_rows == 2
    ties = [row for row in workspace.table("ties").to_pylist() if row["via_kind"] == "picture"]
    assert len({row["record_id"] for row in ties}) == 2
    assert len({row["via"] for row in ties}) == 1

    assert _together(workspace)
    workspace.cut(ties[0]["via"], because="a logo", kind="picture")
    assert not _together(workspace)


def _together(workspace: Workspace) -> bool:
    members = workspace.table("network_members").to_pylist()
    return any(row["record_id"].startswith("i") for row in members)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_list_of_hashes_keeps_its_quality(tmp_path: Path, workspace: Workspace, form: str) -> None:
    one = hash_picture(FILES["a.jpg"])
    path = tmp_path / f"list.{form}"
    if form == "csv":
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([("pdq", "quality", "md5"), (one.pdq, 87, one.md5), (one.pdq, "", "")])
    else:
        said = f'{{"pdq": "{one.pdq}", "quality": 87, "md5": "{one.md5}"}}\n{{"pdq": "{one.pdq}"}}\n'
        path.write_text(said, "utf-8")
    workspace.collect([path])
    rows = [(row["pdq"], row["quality"], row["md5"]) for row in workspace.table("pictures").to_pylist()]
    assert rows == [(one.pdq, 87, one.md5), (one.pdq, None, "")]

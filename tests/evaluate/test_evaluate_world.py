"""Whose truth it is, whether it is whole, and which of its records the workspace holds at all."""

import json
from pathlib import Path

import pytest
from tests.evaluate.worlds import ORIGINAL, members, post, posts, workspace, write_truth

from undertow import ids, truth
from undertow.errors import OutsideError, UserError
from undertow.evaluate.run import evaluate

RECORDS = [{"position": str(at), "network": "ab"[at > 2], "language": "en", "site": "s.example"} for at in (1, 2, 3)]


def test_the_seal_says_what_the_world_is(tmp_path: Path) -> None:
    made = evaluate(workspace(tmp_path / "w", posts=posts(1, 2, 3)), write_truth(tmp_path, RECORDS))
    about = made.about
    assert (about.family, about.seed, about.held_out, about.sealed, about.broken) == ("harbour", "7", False, True, ())


def test_a_truth_that_cannot_be_read_is_the_outside_worlds_fault(tmp_path: Path) -> None:
    folder = write_truth(tmp_path, RECORDS)
    (folder / "networks" / "part-00000.parquet").write_bytes(b"no table")
    with pytest.raises(OutsideError, match="truth cannot be read"):
        evaluate(workspace(tmp_path / "w", posts=posts(1, 2, 3)), folder)


def test_a_changed_export_breaks_the_seal_and_is_named(tmp_path: Path) -> None:
    folder = write_truth(tmp_path, RECORDS)
    export = tmp_path / "files" / "a.csv"
    export.parent.mkdir()
    export.write_text("as made")
    seal = json.loads((folder / truth.SEAL).read_text())
    seal["files"]["files/a.csv"] = truth.digest(export)
    (folder / truth.SEAL).write_text(json.dumps(seal))
    held = workspace(tmp_path / "w", posts=posts(1, 2, 3))
    assert evaluate(held, folder).about.broken == ()
    export.write_text("changed")
    assert evaluate(held, folder).about.broken == ("files/a.csv",)


def test_a_truth_without_a_seal_is_measured_and_said(tmp_path: Path) -> None:
    folder = write_truth(tmp_path, RECORDS)
    (folder / truth.SEAL).unlink()
    made = evaluate(workspace(tmp_path / "w", posts=posts(1, 2, 3)), folder)
    assert (made.about.sealed, made.about.held_out) == (False, None)
    assert len(made.about.truth) == 64


def test_missing_records_are_counted_by_their_file(tmp_path: Path) -> None:
    other = {"position": "1", "network": "c", "file": "lost.csv"}
    made = evaluate(workspace(tmp_path / "w", posts=posts(1, 2)), write_truth(tmp_path, [*RECORDS, other]))
    assert (made.coverage.true, made.coverage.found, made.coverage.missing) == (4, 2, 2)
    assert made.coverage.missing_in == {"posts.csv": 1, "lost.csv": 1}


def test_what_the_truth_does_not_know_is_left_out_and_counted(tmp_path: Path) -> None:
    found = members(n1=[1, 2, 8, 9], n2=[7])
    held = workspace(tmp_path / "w", posts=posts(1, 2, 3, 7, 8, 9), network_members=found)
    made = evaluate(held, write_truth(tmp_path, RECORDS))
    assert made.coverage.unknown == 3
    assert made.value("networks.bcubed_f1") == 1
    assert made.figure("networks.bcubed_f1").n == 3


def test_a_file_is_known_by_its_last_name_in_any_folder(tmp_path: Path) -> None:
    for number, name in enumerate(("deep/in/posts.csv", "deep\\posts.csv", "posts.csv")):
        original = [{"original_id": ORIGINAL, "name": name}]
        held = workspace(tmp_path / f"w{number}", posts=posts(1, 2, 3), originals=original)
        assert evaluate(held, write_truth(tmp_path / str(number), RECORDS)).coverage.found == 3


def test_of_two_files_of_one_name_the_sealed_one_is_meant(tmp_path: Path) -> None:
    folder, other = write_truth(tmp_path, RECORDS), "00" * 32
    seal = json.loads((folder / truth.SEAL).read_text())
    (tmp_path / "posts.csv").write_text("x")
    seal["files"]["posts.csv"] = ORIGINAL
    (folder / truth.SEAL).write_text(json.dumps(seal))
    originals = [{"original_id": one, "name": "posts.csv"} for one in (other, ORIGINAL)]
    stale = [{"post_id": post(1, other), "original_id": other, "position": "1"}]
    held = workspace(tmp_path / "w", posts=[*posts(1, 2, 3), *stale], originals=originals)
    made = evaluate(held, folder)
    assert (made.coverage.found, made.coverage.unknown) == (3, 1)


def test_records_of_other_tables_are_found_too(tmp_path: Path) -> None:
    account = {"account_id": ids.record_id("a", ORIGINAL, "4"), "original_id": ORIGINAL, "position": "4"}
    records = [*RECORDS, {"position": "4", "network": "a", "table": "accounts"}]
    held = workspace(tmp_path / "w", posts=posts(1, 2, 3), accounts=[account])
    assert evaluate(held, write_truth(tmp_path, records)).coverage.found == 4


def test_tables_that_no_run_has_made_leave_their_measures_out(tmp_path: Path) -> None:
    made = evaluate(workspace(tmp_path / "w", posts=posts(1, 2, 3)), write_truth(tmp_path, RECORDS))
    left = {one.measure: one.why for one in made.left_out}
    assert left["templates"] == "no run has made the tables: template_posts"
    assert made.figures == ()


def test_a_folder_without_records_is_no_truth(tmp_path: Path) -> None:
    (tmp_path / "truth").mkdir()
    with pytest.raises(UserError, match="holds no truth"):
        evaluate(workspace(tmp_path / "w"), tmp_path / "truth")


def test_nothing_at_the_path_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no truth at"):
        evaluate(workspace(tmp_path / "w"), tmp_path / "nowhere")


def test_a_seal_that_leads_out_of_the_world_is_refused(tmp_path: Path) -> None:
    folder = write_truth(tmp_path / "world", RECORDS)
    (folder / truth.SEAL).write_text(json.dumps({"files": {"../secret": "00"}}))
    with pytest.raises(UserError, match="outside"):
        evaluate(workspace(tmp_path / "w"), folder)

"""Only whole files are taken."""

from pathlib import Path

from undertow.watch import folder


def test_a_file_that_still_grows_waits(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a")
    first = folder.look(tmp_path)
    path.write_text("ab")
    second = folder.look(tmp_path)
    assert folder.whole(first, {}, {}) == []
    assert folder.whole(second, first, {}) == []
    assert folder.whole(folder.look(tmp_path), second, {}) == [path]


def test_a_file_that_was_handled_is_taken_again_only_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a")
    seen = folder.look(tmp_path)
    assert folder.whole(seen, seen, seen) == []
    path.write_text("ab")
    changed = folder.look(tmp_path)
    assert folder.whole(changed, changed, seen) == [path]


def test_links_and_half_copied_files_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "outside.csv").write_text("a")
    (tmp_path / "in" / "link.csv").symlink_to(tmp_path / "outside.csv")
    (tmp_path / "in" / ".copying.csv").write_text("a")
    assert folder.look(tmp_path / "in") == {}


def test_a_file_that_was_seen_to_change_waits_longer_than_one_that_came_whole(tmp_path: Path) -> None:
    (grows := tmp_path / "grows.csv").write_text("a")
    lookout = folder.Lookout(tmp_path, every=0, steady=3600)
    lookout.start()
    lookout.latest()
    grows.write_text("ab")
    (whole := tmp_path / "whole.csv").write_text("a")
    while whole not in (two := lookout.latest())[1]:
        pass
    lookout.stop()
    assert folder.whole(*two, {}) == [whole]

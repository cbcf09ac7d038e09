"""Folders are walked in order, and what is passed over is said."""

import os
from pathlib import Path

import pytest

from undertow.collect.contract import Reject
from undertow.collect.walking import Received, walk
from undertow.errors import UserError


def names(*paths: Path) -> list[str]:
    return [found.name for found in walk(paths) if isinstance(found, Received)]


def reasons(*paths: Path) -> list[tuple[str, str]]:
    return [(found.position, found.reason) for found in walk(paths) if isinstance(found, Reject)]


def test_a_folder_is_walked_in_order(files: Path) -> None:
    (files / "b").mkdir()
    for name in ("c.txt", "b/a.txt", "a.txt"):
        (files / name).write_text("x")
    assert names(files) == ["a.txt", "c.txt", "b/a.txt"]


def test_the_order_of_the_paths_does_not_matter(files: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (files / name).write_text("x")
    assert names(files / "b.txt", files / "a.txt") == names(files / "a.txt", files / "b.txt")


def test_a_file_given_twice_is_taken_once(files: Path) -> None:
    (files / "a.txt").write_text("x")
    assert names(files, files / "a.txt") == ["a.txt"]


def test_a_path_that_does_not_exist_is_the_users_error(files: Path) -> None:
    with pytest.raises(UserError, match="there is no"):
        names(files / "nothing")


def test_a_link_that_leads_out_is_refused(files: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (files / "link").symlink_to(tmp_path / "secret")
    assert reasons(files) == [("link", "refused: a link that leads out of the folder")]


def test_a_link_within_the_folder_is_followed(files: Path) -> None:
    (files / "a.txt").write_text("x")
    (files / "link").symlink_to(files / "a.txt")
    assert names(files) == ["a.txt", "link"]


def test_a_link_to_a_folder_is_refused(files: Path) -> None:
    (files / "a.txt").write_text("x")
    (files / "loop").symlink_to(files)
    assert reasons(files) == [("loop", "refused: a link to a folder")]


def test_a_broken_link_is_said(files: Path) -> None:
    (files / "link").symlink_to(files / "gone")
    assert reasons(files) == [("link", "the file cannot be opened")]


def test_a_pipe_is_not_waited_for(files: Path) -> None:
    os.mkfifo(files / "pipe")
    assert reasons(files) == [("pipe", "not a file: a pipe, socket or device")]


def test_an_empty_folder_is_said(files: Path) -> None:
    assert reasons(files) == [("files", "the folder holds no file")]

"""Serving from the command line: only this machine, and a port that is free."""

import socket
from pathlib import Path

import pytest
from tests.cli.typed import said

from undertow import Workspace


def test_an_address_that_others_reach_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = Workspace.start(tmp_path / "case")
    assert "or serve a team" in said(capsys, place, "serve", "--host", "0.0.0.0", code=2)[1]


def test_a_port_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = Workspace.start(tmp_path / "case")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"port {port} " in said(capsys, place, "serve", "--port", port, code=2)[1]

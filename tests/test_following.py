"""The run that follows a watch is a process of its own, and says what went wrong in it."""

from pathlib import Path

import pytest

from undertow import Workspace
from undertow.errors import BusyError, UserError
from undertow.following import Follower
from undertow.runs import running


def test_it_runs_the_stages_and_writes_alerts(tmp_path: Path) -> None:
    case = Workspace.start(tmp_path / "case")
    follower = Follower(case.root)
    assert follower.ended()
    follower.start()
    assert follower.at_work
    assert follower.ended(wait=True)
    assert not follower.at_work
    assert case.catalogue.current_run("alerts")


def test_a_workspace_that_is_busy_is_said_to_be(tmp_path: Path) -> None:
    case = Workspace.start(tmp_path / "case")
    follower = Follower(case.root)
    with running(case.root, "run"):
        follower.start()
        with pytest.raises(BusyError, match="another run"):
            follower.ended(wait=True)


def test_what_went_wrong_comes_with_its_hint(tmp_path: Path) -> None:
    follower = Follower(tmp_path)
    follower.start()
    with pytest.raises(UserError, match="no workspace") as caught:
        follower.ended(wait=True)
    assert "undertow start" in caught.value.hint


def test_a_run_that_is_stopped_leaves_nothing_and_can_be_begun_again(tmp_path: Path) -> None:
    case = Workspace.start(tmp_path / "case")
    follower = Follower(case.root)
    follower.start()
    follower.stop()
    assert follower.ended()
    follower.start()
    follower.ended(wait=True)
    assert len(list((case.root / "runs").glob("*.json"))) == 1

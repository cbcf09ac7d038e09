"""The rows of a hash list are made anew from its files, after `tables/` was deleted or a kill at the worst moment."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hashes import maker
from undertow import Workspace, listing, relisting
from undertow.errors import OutsideError
from undertow.listing import Said
from undertow.review import hashlists

made = maker(5)
OWN, OTHER = made(), made()

ADD = """
import os, signal, sys
from pathlib import Path
from undertow import listing, runs
from undertow.review.store import Store
from undertow.workspace import Workspace

def killed(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(*{"before the decision": (Store, "judge"), "before the rows": (runs, "_commit")}[sys.argv[3]], killed)
listing.add(Workspace.open(sys.argv[1]), "partner", [Path(sys.argv[2])], listing.Said("a partner", algorithm="pdq"))
"""


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    """A workspace with one picture, by its hash."""
    place = Workspace.start(tmp_path / "case", country="US")
    (tmp_path / "pictures.csv").write_text(f"picture,pdq\nroom.jpg,{OWN}\n")
    place.collect([tmp_path / "pictures.csv"], kind="pictures")
    return place


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "partner list.txt"
    path.write_text(f"{OWN}\n{OTHER}\n")
    return path


def added(case: Workspace, file: Path) -> None:
    listing.add(case, "partner", [file], Said("given by a partner", source="a partner", algorithm="pdq"))
    listing.measure(case, "partner")
    listing.enable(case, "partner", because="measured", expect=1.0)


def entries(case: Workspace) -> list[tuple[str, str, str]]:
    rows = case.table("list_entries").to_pylist()
    return sorted((row["list_id"], row["list_version"], row["value"]) for row in rows)


def hits(case: Workspace) -> list[int]:
    case.run(("match",))
    return [row["distance"] for row in listing.hits(case)]


def kill_while_adding(case: Workspace, file: Path, moment: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", ADD, str(case.root), str(file), moment]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL


@pytest.mark.parametrize("moment", ["before the decision", "before the rows"])
def test_a_kill_while_a_list_is_added_doubles_no_entry_and_loses_none(case: Workspace, file: Path, moment: str) -> None:
    kill_while_adding(case, file, moment)
    assert entries(case) == []
    if moment == "before the decision":
        assert hashlists.listed(case.decisions) == {}
        added(case, file)
    else:
        (one,) = hashlists.listed(case.decisions).values()
        assert len(one.versions) == 1
        listing.measure(case, "partner")
        listing.enable(case, "partner", because="measured", expect=1.0)
    version = hashlists.one_list(case.decisions, "partner").enabled
    assert entries(case) == sorted(("partner", version, one) for one in (OWN, OTHER))
    assert hits(case) == [0]


def test_a_run_reads_the_lists_in_force_anew_after_the_tables_were_deleted(case: Workspace, file: Path) -> None:
    added(case, file)
    before = (hits(case), entries(case))
    names = {row["original_id"]: row["name"] for row in case.table("originals").to_pylist()}
    shutil.rmtree(case.root / "tables")
    case.collect([case.root / "originals"], kind="pictures")
    assert (hits(case), entries(case)) == before
    (original,) = hashlists.one_list(case.decisions, "partner").newest.files
    held = {row["original_id"]: row["name"] for row in case.table("originals").to_pylist()}
    assert held[original] == names[original] == "partner list.txt"


def test_a_list_that_is_collected_with_the_originals_brings_no_picture(case: Workspace, file: Path) -> None:
    added(case, file)
    shutil.rmtree(case.root / "tables")
    case.collect([case.root / "originals"], kind="pictures")
    assert case.table("pictures")["pdq"].to_pylist() == [OWN]


def test_a_file_that_was_collected_and_is_a_list_too_is_both_again(case: Workspace, tmp_path: Path) -> None:
    added(case, tmp_path / "pictures.csv")
    shutil.rmtree(case.root / "tables")
    case.collect([case.root / "originals"], kind="pictures")
    assert hits(case) == [0]


def test_nothing_is_read_anew_where_nothing_is_missing(case: Workspace, file: Path) -> None:
    added(case, file)
    runs = len(list((case.root / "runs").glob("*.json")))
    assert relisting.restore(case) == []
    assert len(list((case.root / "runs").glob("*.json"))) == runs


def test_a_list_that_is_off_is_read_anew_when_it_is_measured(case: Workspace, file: Path) -> None:
    added(case, file)
    listing.disable(case, "partner", because="too broad")
    shutil.rmtree(case.root / "tables")
    assert relisting.restore(case) == []
    case.collect([case.root / "originals"], kind="pictures")
    assert listing.measure(case, "partner").hits == 1


def test_a_list_in_force_whose_file_is_gone_stops_the_run_and_is_named(case: Workspace, file: Path) -> None:
    added(case, file)
    shutil.rmtree(case.root / "tables")
    (original,) = hashlists.one_list(case.decisions, "partner").newest.files
    (case.root / "originals" / original[:2] / original).unlink()
    with pytest.raises(OutsideError, match="is gone"):
        case.run(("match",))

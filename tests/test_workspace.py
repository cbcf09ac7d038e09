"""The whole way, from files to leads, on a small made-up world: atomic, repeatable, offline, put right by people."""

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from undertow import Workspace
from undertow.errors import UserError
from undertow.link.paths import Step
from undertow.review import queries

PHONE = "(202) 555-0123"
OFFER = (
    "Cook wanted abroad, no experience needed, good pay. Send a photo of your passport. The ticket is deducted from "
    "your salary. We keep your passport. Do not tell your family. Ask for the manager, call {phone}"
)
ROWS = [
    *((f"acc{n % 3}", "jobs.example", OFFER.format(phone=PHONE), f"Valencia {n}") for n in range(6)),
    *(
        (f"user{n}", "market.example", f"Bicycle number {n * 37} for sale, blue, seldom used, {n} gears", "Riga")
        for n in range(6)
    ),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "posts.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("account", "site", "text", "place"))
        writer.writerows(ROWS)
    return path


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, file: Path) -> Workspace:
    workspace = Workspace.start(tmp_path_factory.mktemp("case"), country="US")
    workspace.collect([file], origin="made up")
    workspace.run()
    return workspace


def prints(workspace: Workspace) -> dict[str, list[str]]:
    return {
        table: [sha256(path.read_bytes()).hexdigest() for path in workspace.catalogue.files(table)]
        for table in (
            "mentions",
            "templates",
            "template_posts",
            "ties",
            "networks",
            "network_members",
            "signals",
            "leads",
        )
    }


def test_the_offers_are_one_network_and_a_lead(ran: Workspace) -> None:
    leads = ran.leads().to_pylist()
    assert len(leads) == 1
    assert leads[0]["records"] == 6


def test_a_lead_says_what_speaks_for_it_with_its_source(ran: Workspace) -> None:
    lead = ran.lead(ran.leads()["lead_id"][0].as_py())
    assert "document_retention" in lead["reasons"]
    assert "ILO" in lead["reasons"]


def test_any_form_of_a_number_finds_it(ran: Workspace) -> None:
    for form in (PHONE, "202.555.0123", "two zero two 555 0123", "+12025550123"):
        assert ran.search(form).num_rows >= 6


def test_why_gives_the_steps_with_their_evidence(ran: Workspace) -> None:
    members = ran.network(ran.leads()["network_id"][0].as_py())["members"]
    steps = ran.why(members[0]["record_id"], members[-1]["record_id"])
    assert steps
    assert all(step["sentence"] and step["evidence"] for step in steps)


def test_a_step_by_a_template_shows_the_words_of_both_records(ran: Workspace) -> None:
    template, *_ = ran.table("templates")["template_id"].to_pylist()
    ties = ran.ask(f"SELECT record_id FROM ties WHERE via = '{template}'")["record_id"].to_pylist()
    (step,) = queries.path(ran.ask, lambda *_: [by_template(ties[0], ties[1], template)], ties[0], ties[1])
    assert {row["record_id"] for row in step["evidence"]} == set(ties[:2])
    assert all(row["original"] for row in step["evidence"])


def by_template(one: str, other: str, template: str) -> Step:
    return Step(one, other, "template", template, 1, 1, (), False, "both follow it")


def test_a_cut_is_followed_and_its_undoing_gives_the_same_bytes(ran: Workspace, tmp_path: Path) -> None:
    shutil.copytree(ran.root, tmp_path / "copy")
    copy = Workspace.open(tmp_path / "copy")
    before = prints(copy)["network_members"]
    copy.cut(PHONE, because="a taxi rank", who="Ana")
    assert copy.ask("SELECT count(*) AS n FROM hubs WHERE via = '+12025550123'")["n"][0].as_py() == 1
    copy.cut(PHONE, because="it was the other one", undo=True, who="Ana")
    assert prints(copy)["network_members"] == before


def test_two_workspaces_with_the_same_files_hold_the_same_bytes(ran: Workspace, file: Path, tmp_path: Path) -> None:
    other = Workspace.start(tmp_path, country="US")
    other.collect([file], origin="made up")
    other.run()
    assert prints(other) == prints(ran)


def test_only_what_is_new_since_a_run_is_new(ran: Workspace) -> None:
    run = ran.catalogue.current_run("leads")
    assert ran.leads(new_since=run).num_rows == 0
    assert ran.leads(new_since="2000-01-01")["change"].to_pylist() == ["new"]


def test_a_report_is_one_file_without_addresses(ran: Workspace) -> None:
    (path,) = ran.report(ran.leads()["lead_id"][0].as_py())
    text = path.read_text("utf-8")
    assert "Cook wanted abroad" in text
    assert "<script" not in text
    assert 'src="http' not in text


def test_a_folder_that_is_no_workspace_is_said_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        Workspace.open(tmp_path)
    assert "undertow start" in caught.value.hint


COMMAND = "import sys; from undertow import Workspace; Workspace.open(sys.argv[1]).run()"


@pytest.mark.slow
def test_a_run_killed_at_any_moment_leaves_nothing_behind(ran: Workspace, file: Path, tmp_path: Path) -> None:
    workspace = Workspace.start(tmp_path / "case", country="US")
    workspace.collect([file], origin="made up")
    for moment in range(10):
        process = subprocess.Popen([sys.executable, "-c", COMMAND, str(workspace.root)], start_new_session=True)
        time.sleep(0.4 + 0.5 * moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    workspace.run()
    assert prints(workspace) == prints(ran)
    assert not (workspace.root / "tables" / ".scratch").exists()


@pytest.mark.slow
def test_nothing_needs_a_network(file: Path, tmp_path: Path) -> None:
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let a test cut the network (`unshare -rn`)")
    Workspace.start(tmp_path / "case", country="US").collect([file])
    cut = ["unshare", "-rn", sys.executable, "-c", COMMAND, str(tmp_path / "case")]
    assert subprocess.run(cut, capture_output=True, check=False).returncode == 0

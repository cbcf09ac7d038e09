"""Files that arrive in a folder become alerts, each told once."""

import json
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from filelock import FileLock

from undertow import Workspace, watching
from undertow.errors import UserError
from undertow.runs import running

from .conftest import DISGUISED, news, offers, write

ACCOUNT = "GB82 WEST 1234 5698 7654 32"  # the example of the registry of IBANs


def watched(case: Workspace, inbox: Path) -> list[str]:
    """The ids that a watch told, after it handled what is in the folder."""
    told: list[str] = []
    outside = watching.Outside(tell=lambda row: told.append(row["alert_id"]))
    case.watch(inbox, inbox.parent / "alerts.jsonl", every=0, once=True, outside=outside)
    return told


def lines(inbox: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (inbox.parent / "alerts.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def told(known: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """What is in the file after a number that is waited for came in disguise, beside other news of the network."""
    folder = tmp_path_factory.mktemp("told")
    shutil.copytree(known, folder / "case")
    (folder / "in").mkdir()
    case = Workspace.open(folder / "case")
    watching.wait_for(case, "+1 202 555 0123", because="the hotline named it")
    watching.wait_for(case, ACCOUNT, because="the hotline named it")
    write(folder / "in" / "more.csv", [*news(), *offers(1, phone=DISGUISED), ("x.example", f"Pay to {ACCOUNT}", "")])
    watched(case, folder / "in")
    return lines(folder / "in")


def test_what_a_file_brings_is_told_by_kind(told: list[dict[str, object]]) -> None:
    assert {line["kind"] for line in told} >= {"new_post", "new_site", "new_place", "new_selector"}


def test_a_selector_that_is_waited_for_is_seen_in_disguise(told: list[dict[str, object]]) -> None:
    seen = {line["subject"]: line["news"] for line in told if line["kind"] == "watched_selector"}
    assert seen["decision 1"] == 3


def test_an_account_that_is_waited_for_is_seen_under_its_mask(told: list[dict[str, object]]) -> None:
    assert [line["news"] for line in told if line["subject"] == "decision 2"] == [1]


def test_an_alert_holds_nothing_that_somebody_wrote(told: list[dict[str, object]]) -> None:
    text = json.dumps(told).lower()
    assert not [word for word in ("555", "ana@", "example", "riga", "cook", "hotline") if word in text]


def test_what_a_webhook_is_posted_holds_nothing_of_a_person_nor_a_record(
    told: list[dict[str, object]], tmp_path: Path
) -> None:
    (secret := tmp_path / "secret").touch(mode=0o600)
    secret.write_text("A" * 44, "ascii")
    bodies = b"".join(watching.receiver("https://partner.example", secret).body(line) for line in told).decode().lower()
    records = [record for line in told for record in line["records"]]  # type: ignore[attr-defined]
    words = ("555", "ana@", "example", "riga", "cook", "hotline", *records)
    assert records and not [word for word in words if word in bodies]


def test_the_same_file_again_tells_nothing(case: Workspace, inbox: Path) -> None:
    first = write(inbox / "more.csv", offers(2))
    assert watched(case, inbox)
    (inbox / "copy.csv").write_bytes(first.read_bytes())
    assert watched(case, inbox) == []


def test_a_run_that_nobody_watches_writes_no_alerts(known: Path) -> None:
    assert Workspace.open(known).catalogue.files("alerts") == []


def test_a_muted_kind_on_a_subject_is_kept_and_not_told_until_it_is_undone(case: Workspace, inbox: Path) -> None:
    write(inbox / "more.csv", offers(1))
    watched(case, inbox)
    (alert,) = [str(line["id"]) for line in lines(inbox) if line["kind"] == "new_post"]
    watching.mute(case, alert, because="known to the team")
    write(inbox / "again.csv", offers(2))
    assert watched(case, inbox) == []
    assert case.table("alerts")["muted"].to_pylist().count(True) == 1
    watching.mute(case, alert, because="not any more", undo=True)
    case.collect([write(inbox.parent / "by_hand.csv", offers(3))])
    case.run()  # once a folder was watched, every run writes alerts
    assert len(watched(case, inbox)) == 1


def test_a_busy_workspace_is_waited_for(case: Workspace, inbox: Path) -> None:
    """Another run begins between a first look and the run that follows; what was collected is run later."""
    write(inbox / "more.csv", offers(1))
    said: list[str] = []
    other = ExitStack()

    def say(text: str) -> None:
        said.append(text)
        if "new records" in text:
            other.enter_context(running(case.root, "run"))
        if "waits" in text:
            other.close()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        case.watch(inbox, inbox.parent / "alerts.jsonl", every=0, outside=watching.Outside(say=say))
    assert [text.split("; ")[-1] for text in said] == ["1 files, 1 new records", "the watch waits"]
    assert [line["quick"] for line in lines(inbox)] == [True]
    watched(case, inbox)
    assert case.catalogue.said_of("mentions")["collections"] == 2


def test_two_watches_in_one_workspace_are_refused(case: Workspace, inbox: Path) -> None:
    with FileLock(case.root / "runs" / ".watch.lock"), pytest.raises(UserError, match="another watch"):
        watched(case, inbox)


def test_a_file_that_holds_something_else_is_not_touched(case: Workspace, inbox: Path) -> None:
    other = inbox.parent / "alerts.jsonl"
    other.write_text("a letter", "utf-8")
    with pytest.raises(UserError, match="something else"):
        watched(case, inbox)
    assert other.read_text("utf-8") == "a letter"


def test_a_folder_that_holds_the_workspace_or_the_alerts_is_refused(case: Workspace, inbox: Path) -> None:
    with pytest.raises(UserError, match="the workspace is in"):
        case.watch(case.root.parent, inbox / "alerts.jsonl", once=True)
    with pytest.raises(UserError, match="the file of alerts is in"):
        case.watch(inbox, inbox / "alerts.jsonl", once=True)


def test_what_is_no_selector_is_refused_with_the_way_out(case: Workspace) -> None:
    with pytest.raises(UserError) as caught:
        watching.wait_for(case, "a blue bicycle", because="x")
    assert "country code" in caught.value.hint

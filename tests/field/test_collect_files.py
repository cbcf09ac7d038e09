"""Real files of many formats: each is accounted for, and the chats hold what their authors say they hold."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from undertow.workspace import Workspace

CHATS = [
    *(f"whatsapp/test_{layout}.txt" for layout in ("[mmddyy]_24hrs", "ddmmyy_24hrs", "mmddyy_24hrs")),
    *(f"whatsapp/test_{layout}.txt" for layout in ("mmddyyyy_12hrs", "yyyymmdd_24hrs")),
    "signal/test_export.txt",
    "instagram/test_export.json",
    "telegram/test_single_export.json",
    "telegram/test_batch_export.json",
]
_LEFT_OUT = {".", ""}  # the chats' authors leave notices and empty messages out
PAGES = {  # of each web archive: the pages in it, by reading the archives by hand
    "example-bad-non-chunked.warc.gz": 1,
    "example-bad.warc.gz.bad": 2,
    "example-iana.org-chunked.warc": 1,
    "example-resource.warc.gz": 1,
    "example-space-in-url.arc": 1,
    "example-trunc.warc": 1,
    "example-wget-bad-target-uri.warc.gz": 3,
    "example-wrong-chunks.warc.gz": 1,
    "example.arc": 1,
    "example.arc.gz": 1,
    "example.warc": 1,
    "example.warc.gz": 1,
}


def _closed(text: str) -> str:
    """Without blanks: the authors join lines and pieces with a space, where the files have a line end or nothing."""
    return "".join(text.split())


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.start(tmp_path)


@pytest.mark.parametrize("folder", ["posts", "chats", "warc", "payments"])
def test_every_file_is_accounted_for(shared: Path, workspace: Workspace, folder: str) -> None:
    summary = workspace.collect([shared / folder])
    given = {path.relative_to(shared / folder).as_posix() for path in (shared / folder).rglob("*") if path.is_file()}
    assert {report.name for report in summary.files} == given
    assert all(report.rows or report.rejects or report.status == "known" for report in summary.files)


@pytest.mark.parametrize("name", CHATS)
def test_a_chat_holds_what_its_authors_say(shared: Path, workspace: Workspace, name: str) -> None:
    folder = shared / "chats" / "chat-miner"
    workspace.collect([folder / name])
    target = json.loads((folder / name).with_name("target.json").read_text("utf-8"))
    posts = [post for post in workspace.table("posts").to_pylist() if post["account"] and post["text"] not in _LEFT_OUT]
    found = [(post["posted_at"].replace(tzinfo=None), post["account"], _closed(post["text"])) for post in posts]
    said = [(datetime.fromisoformat(one["timestamp"]), one["author"], _closed(one["message"])) for one in target]
    assert sorted(found) == sorted(said)


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_a_web_archive_become_posts(shared: Path, workspace: Workspace, name: str) -> None:
    summary = workspace.collect([shared / "warc" / "warcio" / name])
    posts = workspace.table("posts")
    assert summary.rows == {"posts": PAGES[name]}
    assert posts["posted_at"].null_count == 0
    assert all(posts["url"].to_pylist())


@pytest.mark.parametrize("name", ["example-trunc.warc", "example-space-in-url.arc", "bad.arc"])
def test_a_damaged_archive_says_so(shared: Path, workspace: Workspace, name: str) -> None:
    [report] = workspace.collect([shared / "warc" / "warcio" / name]).files
    assert sum(report.rejects.values()) == 1


def test_the_public_ads_are_read_whole(shared: Path, workspace: Workspace) -> None:
    summary = workspace.collect([shared / "posts" / "irads" / "irads_ads.csv"])
    posts = workspace.table("posts")
    assert (summary.rows, summary.rejects) == ({"posts": 3406}, {})
    assert set(posts["kind"].to_pylist()) == {"ad"}
    assert posts["posted_at"].null_count == posts["posted_text"].to_pylist().count("")
    assert json.loads(posts["extra"][0].as_py())["spend_currency"] == "RUB"


def test_the_public_messages_are_read_whole(shared: Path, workspace: Workspace) -> None:
    summary = workspace.collect([shared / "posts" / "ph_sms_spam_ads_gov.csv"])
    posts = workspace.table("posts")
    assert (summary.rows, summary.rejects) == ({"posts": 2158}, {})
    assert set(posts["kind"].to_pylist()) == {"message"}
    assert all(posts["account"].to_pylist())
    assert json.loads(posts["extra"][0].as_py())["category"] == "ads"


def test_shares_without_a_text_are_read_whole_and_said(shared: Path, workspace: Workspace) -> None:
    summary = workspace.collect([shared / "posts" / "coortweet_russian_coord.parquet"])
    assert summary.rows == {"posts": 35_125}
    assert workspace.table("posts")["posted_at"].null_count == 0
    assert summary.files[0].notes[0].startswith("no column holds a text")

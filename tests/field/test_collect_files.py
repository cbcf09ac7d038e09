"""Real files of many formats: each is accounted for, and the chats hold what their authors say they hold."""

from pathlib import Path

import pytest

from undertow.workspace import Workspace

READ = ["whatsapp/test_ddmmyy_24hrs.txt", "whatsapp/test_mmddyyyy_12hrs.txt", "whatsapp/test_yyyymmdd_24hrs.txt"]


@pytest.mark.parametrize("folder", ["posts/irads", "chats/chat-miner", "warc/warcio"])
def test_every_file_is_accounted_for(shared: Path, tmp_path: Path, folder: str) -> None:
    workspace = Workspace.start(tmp_path)
    summary = workspace.collect([shared / folder])
    given = {path.name for path in (shared / folder).rglob("*") if path.is_file()}
    assert {Path(report.name).name for report in summary.files} == given
    assert all(report.rows or report.rejects or report.status == "known" for report in summary.files)


@pytest.mark.parametrize("name", READ)
def test_a_chat_of_every_date_layout_is_read(shared: Path, tmp_path: Path, name: str) -> None:
    workspace = Workspace.start(tmp_path)
    workspace.collect([shared / "chats" / "chat-miner" / name])
    posts = workspace.table("posts")
    assert posts.num_rows > 3
    assert posts["posted_at"].null_count == 0


def test_the_pages_of_the_readable_archives_become_posts(shared: Path, tmp_path: Path) -> None:
    workspace = Workspace.start(tmp_path)
    workspace.collect([shared / "warc" / "warcio" / "example.warc.gz", shared / "warc" / "warcio" / "example.warc"])
    posts = workspace.table("posts")
    assert "Example Domain" in posts["title"].to_pylist()
    assert posts["posted_at"].null_count == 0


def test_the_public_posts_are_read_whole(shared: Path, tmp_path: Path) -> None:
    workspace = Workspace.start(tmp_path)
    summary = workspace.collect(
        [shared / "posts" / name for name in ("ph_sms_spam_ads_gov.csv", "telegram_spam_ham.csv")]
    )
    assert summary.rows == {"posts": 2158 + 611}
    assert summary.rejects == {}

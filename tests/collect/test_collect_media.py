"""A picture that a post shows is a record, tied to that post: attached, named as a file or an address, or archived."""

import json
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import pytest

from undertow.pictures.hashing import hash_picture
from undertow.simulate.pictures import draw
from undertow.workspace import Workspace

PICTURE, MIRRORED, OTHER = draw(1, "as it was"), draw(1, "mirrored"), draw(2, "as it was")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.start(tmp_path / "workspace")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "photos").mkdir(parents=True)
    return tmp_path / "in"


def shown(workspace: Workspace) -> set[tuple[str, str, str]]:
    """The text of each post, the first digits of the hash of the picture that it shows, and what says so."""
    workspace.run(("extract", "match", "link"))
    posts = {row["post_id"]: row["text"] for row in workspace.table("posts").to_pylist()}
    pictures = {row["picture_id"]: row["pdq"][:8] for row in workspace.table("pictures").to_pylist()}
    rows = workspace.table("pictures_shown").to_pylist()
    return {(posts[row["post_id"]], pictures[row["picture_id"]], row["because"]) for row in rows}


def pdq(data: bytes) -> str:
    return hash_picture(data).pdq[:8]


def mail(text: str, *pictures: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ana@example.org", "ben@example.org", "Room"
    message.set_content(text)
    for number, data in enumerate(pictures):
        message.add_attachment(data, maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    return message.as_bytes()


def test_a_picture_attached_to_a_mail_is_a_record_of_that_mail(folder: Path, workspace: Workspace) -> None:
    (folder / "one.eml").write_bytes(mail("First", PICTURE, OTHER))
    (folder / "two.eml").write_bytes(mail("Second", MIRRORED))
    workspace.collect([folder])
    assert shown(workspace) == {
        ("First", pdq(PICTURE), "attached"),
        ("First", pdq(OTHER), "attached"),
        ("Second", pdq(MIRRORED), "attached"),
    }
    rows = workspace.table("pictures").to_pylist()
    assert {(row["position"], row["account"]) for row in rows} == {
        ("1/2", "ana@example.org"),
        ("1/3", "ana@example.org"),
    }


def test_two_mails_that_show_the_same_picture_are_tied(folder: Path, workspace: Workspace) -> None:
    (folder / "one.eml").write_bytes(mail("First", PICTURE))
    (folder / "two.eml").write_bytes(mail("Second", MIRRORED))
    workspace.collect([folder])
    workspace.run(("extract", "match", "link"))
    ties = [row for row in workspace.table("ties").to_pylist() if row["via_kind"] == "picture"]
    assert len({row["via"] for row in ties}) == 1
    assert sorted(row["record_id"][0] for row in ties) == ["i", "i", "p", "p"]


def test_a_broken_attachment_costs_one_reject_and_the_mail_is_read(folder: Path, workspace: Workspace) -> None:
    (folder / "one.eml").write_bytes(mail("First", PICTURE[:700], OTHER))
    workspace.collect([folder])
    assert workspace.table("posts")["text"].to_pylist() == ["First"]
    assert workspace.table("pictures").num_rows == 1
    assert [(row["position"], row["reason"][:30]) for row in workspace.table("rejects").to_pylist()] == [
        ("1/2", "the picture cannot be decoded:")
    ]


def test_media_of_a_telegram_export_are_tied_to_their_messages(folder: Path, workspace: Workspace) -> None:
    (folder / "photos" / "photo_1.jpg").write_bytes(PICTURE)
    (folder / "photos" / "photo_2.jpg").write_bytes(PICTURE)  # sent on: the same bytes under another name
    messages = [
        {"id": number, "type": "message", "date": "2024-01-05T10:00:00", "from": "Ana", "text": text, "photo": photo}
        for number, text, photo in ((1, "One", "photos/photo_1.jpg"), (2, "Two", "photos/photo_2.jpg"))
    ]
    (folder / "result.json").write_text(json.dumps({"name": "Work", "type": "personal_chat", "messages": messages}))
    workspace.collect([folder])
    assert shown(workspace) == {("One", pdq(PICTURE), "named"), ("Two", pdq(PICTURE), "named")}
    ties = {row["record_id"] for row in workspace.table("ties").to_pylist() if row["via_kind"] == "picture"}
    assert len(ties) == 2


def test_media_of_a_whatsapp_export_in_an_archive_are_tied_to_their_messages(
    folder: Path, workspace: Workspace
) -> None:
    chat = (
        "13/01/2024, 18:20 - Ana: IMG-20240113-WA0001.jpg (file attached)\nRoom to let\n"
        "13/01/2024, 18:21 - Ben: \u200e<attached: 0002-PHOTO.jpg>\n13/01/2024, 18:22 - Ben: No (really)\n"
    )
    with ZipFile(folder / "chat.zip", "w") as archive:
        archive.writestr("WhatsApp Chat.txt", chat)
        archive.writestr("IMG-20240113-WA0001.jpg", PICTURE)
        archive.writestr("0002-PHOTO.jpg", OTHER)
    workspace.collect([folder / "chat.zip"])
    found = {(text.split("\n")[-1][:12], picture, why) for text, picture, why in shown(workspace)}
    assert found == {("Room to let", pdq(PICTURE), "named"), ("<attached: 0", pdq(OTHER), "named")}


def test_a_column_of_file_names_ties_posts_to_the_files(folder: Path, workspace: Workspace) -> None:
    (folder / "photos" / "a b.jpg").write_bytes(PICTURE)
    (folder / "photos" / "b.jpg").write_bytes(OTHER)
    (folder / "ads.csv").write_text("text,images\nRoom,photos/a%20b.jpg;photos/b.jpg\nCook,photos/none.jpg\n")
    workspace.collect([folder])
    assert shown(workspace) == {("Room", pdq(PICTURE), "named"), ("Room", pdq(OTHER), "named")}


def test_a_name_that_two_files_of_a_collection_bear_ties_nothing(tmp_path: Path, workspace: Workspace) -> None:
    for name, data in (("one", PICTURE), ("two", OTHER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.jpg").write_bytes(data)
    (tmp_path / "one" / "ads.csv").write_text("text,image\nRoom to let,a.jpg\n")
    workspace.collect([tmp_path / "one", tmp_path / "two"])
    assert shown(workspace) == set()


def test_a_name_means_no_file_of_another_collection(folder: Path, workspace: Workspace) -> None:
    (folder / "a.jpg").write_bytes(PICTURE)
    workspace.collect([folder])
    (folder / "a.jpg").unlink()
    (folder / "ads.csv").write_text("text,image\nRoom to let,a.jpg\n")
    workspace.collect([folder])
    assert shown(workspace) == set()


def warc(*records: tuple[str, str, bytes]) -> bytes:
    made = b""
    for number, (url, kind, body) in enumerate(records):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n%s" % (kind.encode(), body)
        made += (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-11111111111%d>\r\n"
            b"WARC-Date: 2024-01-05T10:00:00Z\r\nWARC-Target-URI: %s\r\nContent-Type: application/http; "
            b"msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (number, url.encode(), len(answer), answer)
        )
    return made


def test_pictures_of_a_web_archive_are_records_and_pages_show_them(folder: Path, workspace: Workspace) -> None:
    page = b'<html><p>Room to let</p><img src="/i/a.jpg"><img src="data:image/png;base64,AA"></html>'
    (folder / "pages.warc").write_bytes(
        warc(
            ("http://ads.example/1", "text/html", page),
            ("http://ads.example/i/a.jpg", "image/jpeg", PICTURE),
            ("http://ads.example/i/b.jpg", "image/jpeg", OTHER[:900]),
            ("http://ads.example/c.svg", "image/svg+xml", b"<svg/>"),
        )
    )
    workspace.collect([folder])
    assert shown(workspace) == {("Room to let", pdq(PICTURE), "named")}
    assert [(row["url"], row["position"]) for row in workspace.table("pictures").to_pylist()] == [
        ("http://ads.example/i/a.jpg", "2")
    ]
    assert [row["position"] for row in workspace.table("rejects").to_pylist()] == ["3"]

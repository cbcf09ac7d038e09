"""A video file is one record, its frames are its looks, and what was not read of it is a reject."""

from email.message import EmailMessage
from pathlib import Path

import orjson
import pytest
from tests.films import film

from undertow import listing
from undertow.listing import Said
from undertow.pictures.hashing import hash_picture
from undertow.simulate.pictures import draw
from undertow.workspace import Workspace

FILM = film((3, 9))


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    return Workspace.start(tmp_path / "case")


def test_a_video_is_one_record_with_a_look_for_each_second(case: Workspace, tmp_path: Path) -> None:
    (tmp_path / "film.dat").write_bytes(FILM)
    case.collect([tmp_path / "film.dat"])
    (row,) = case.table("pictures").to_pylist()
    looks = [face["what"] for face in orjson.loads(row["faces"]) if "bars" not in face["what"]]
    assert looks[0] == "whole"
    assert "frame at 2 s" in looks
    assert (row["width"], row["height"], orjson.loads(row["extra"])["seconds"]) == (320, 240, "3")


def test_a_post_that_names_a_video_is_tied_to_one_that_shows_a_picture_of_it(case: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "film.mp4").write_bytes(FILM)
    (folder / "still.jpg").write_bytes(draw(9, "scaled"))
    (folder / "posts.csv").write_text("account,text,images\na,Cook wanted,film.mp4\nb,Two rooms to let,still.jpg\n")
    case.collect([folder])
    case.run(("extract", "match", "link"))
    posts = {row["post_id"] for row in case.table("posts").to_pylist()}
    tied = {row["record_id"]: row["via"] for row in case.table("ties").to_pylist() if row["via_kind"] == "picture"}
    assert len({tied[one] for one in posts}) == 1


def test_a_broken_video_and_one_that_ends_too_early_are_rejects_and_the_others_are_read(
    case: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    short = film((3, 9, 5), kind="flv", codec="flv")
    files = {"a.mp4": FILM[:3000], "b.flv": short[: len(short) // 2], "c.mp4": FILM, "d.jpg": draw(1, "as it was")}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    case.collect([folder])
    assert case.table("pictures").num_rows == 3
    reasons = sorted(row["reason"] for row in case.table("rejects").to_pylist())
    assert [reason.split(":")[0] for reason in reasons if reason != "no record in it"] == [
        "the video cannot be opened",
        "the video was not read to its end",
    ]


def test_a_video_attached_to_a_mail_is_a_record_too(case: Workspace, tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "ana@mail.example", "a film"
    made.set_content("As you asked.")
    made.add_attachment(FILM, maintype="video", subtype="mp4", filename="film.mp4")
    (tmp_path / "one.eml").write_bytes(bytes(made))
    case.collect([tmp_path / "one.eml"])
    assert case.table("pictures")["pdq"].to_pylist() == [hash_picture(FILM).pdq]


def test_a_hit_on_a_hash_list_names_the_frame(case: Workspace, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    case.collect([tmp_path / "film.mp4"])
    (tmp_path / "list.txt").write_text(hash_picture(draw(9, "as it was")).pdq + "\n")
    listing.add(case, "partner", [tmp_path / "list.txt"], Said("given by a partner", algorithm="pdq"))
    listing.measure(case, "partner")
    listing.enable(case, "partner", because="measured", expect=1.0)
    case.run(("match",))
    assert [row["orientation"] for row in listing.hits(case)] == ["frame at 2 s"]

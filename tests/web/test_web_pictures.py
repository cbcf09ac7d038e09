"""Pictures in the workbench: blurs until somebody asks, asked for a purpose, and none at all for who hid them today."""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PIL import Image
from starlette.testclient import TestClient
from tests.web.conftest import HOST, come_in, post
from tests.web.picturing import case, drawn, middle, networks
from tests.web.teaming import AT, joined, seated, sent

from undertow import Workspace, auditing
from undertow.web import clock
from undertow.web.app import workbench

__all__ = ["case", "drawn"]  # fixtures

IMAGE = re.compile(r'src="(/pictures/\w+/image/\w+)"')


@pytest.fixture
def owner(case: Workspace) -> TestClient:
    visitor = TestClient(workbench(case, {HOST}), base_url=f"http://{HOST}", follow_redirects=False)
    come_in(case, visitor)
    return visitor


def pixels(client: TestClient, path: str) -> np.ndarray:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    return np.asarray(Image.open(BytesIO(answer.content)), float)


def edges(seen: np.ndarray) -> float:
    """The hardest edge from one pixel to the next."""
    return float(np.abs(np.diff(seen, axis=1)).max())


def other(case: Workspace) -> str:
    rows = case.table("picture_matches").to_pylist()
    return next(str(row["picture_id"]) for row in rows if row["orientation"] == "mirrored")


def test_groups_say_how_many_pictures_and_posts(case: Workspace, owner: TestClient) -> None:
    text = owner.get("/pictures").text
    assert re.findall(r"/pictures/(\w+)\"", text) == [middle(case)]
    assert "3 pictures<br>3 posts" in text


def test_a_group_says_how_its_pictures_are_alike_and_who_shows_them(case: Workspace, owner: TestClient) -> None:
    text = owner.get(f"/pictures/{other(case)}").text
    assert "<dd>mirrored</dd>" in text
    assert "of 256 bits" in text
    assert "its look (PDQ)" in text
    posts = {row["post_id"] for row in case.table("posts").to_pylist() if "3.jpg" not in str(row)}
    assert len([one for one in posts if f'href="/records/{one}"' in text]) == 3
    assert "site0.example" in text.replace("[.]", ".")


def test_what_exif_says_stands_beside_each_other_and_a_place_is_masked(case: Workspace, owner: TestClient) -> None:
    path = f"/pictures/{middle(case)}"
    text = owner.get(path).text
    assert "2026-03-01 10:00:00" in text
    assert "44.41667" not in text
    post(owner, "/show", purpose="compare", back=path)
    assert "44.41667, 26.10000" in owner.get(path).text


def test_every_picture_is_a_small_grey_blur_until_somebody_asks(case: Workspace, owner: TestClient) -> None:
    found = {one for path in ("/pictures", f"/pictures/{other(case)}") for one in IMAGE.findall(owner.get(path).text)}
    assert len(found) == 7  # three of their own; two laid over the middle, and two differences
    for path in found:
        seen = pixels(owner, path)
        assert (max(seen.shape), seen.ndim) == (96, 2)
        assert edges(seen) < 20
    assert auditing.listed(case, verb="viewed") == []


def test_asking_needs_a_purpose_and_every_picture_is_a_line_of_the_trail(case: Workspace, owner: TestClient) -> None:
    path = f"/pictures/{other(case)}"
    assert post(owner, f"{path}/look", purpose=" ").status_code == 400
    assert edges(pixels(owner, f"{path}/image/own")) < 20
    assert post(owner, f"{path}/look", purpose="is it one room?").headers["location"] == path
    told = auditing.listed(case, verb="viewed")
    assert {line["subject"] for line in told} == {
        row["picture_id"] for row in case.table("picture_matches").to_pylist()
    }
    assert {line["why"] for line in told} == {"is it one room?"}
    assert all(len(line["detail"]["sha256"]) == 64 for line in told)
    assert edges(pixels(owner, f"{path}/image/own")) > 60


def test_what_was_asked_for_is_grey_unless_colour_was(case: Workspace, owner: TestClient) -> None:
    path = f"/pictures/{other(case)}"
    post(owner, f"{path}/look", purpose="compare")
    assert pixels(owner, f"{path}/image/own").ndim == 2
    post(owner, f"{path}/look", purpose="compare", colour="yes")
    assert pixels(owner, f"{path}/image/own").shape == (240, 320, 3)
    assert auditing.listed(case, verb="viewed")[0]["detail"]["colour"] is True


def test_a_picture_is_laid_over_the_other_and_the_difference_is_white_where_they_are_the_same(
    case: Workspace, owner: TestClient
) -> None:
    path = f"/pictures/{other(case)}"
    post(owner, f"{path}/look", purpose="compare")
    laid, own = (pixels(owner, f"/pictures/{one}/image/laid") for one in (other(case), middle(case)))
    assert np.abs(laid - own).mean() < 12
    assert pixels(owner, f"{path}/image/difference").mean() > 230


def test_who_asked_sees_it_and_nobody_else_does(case: Workspace) -> None:
    path = f"/pictures/{other(case)}"
    first, second = (seated(case, joined(case, name, "analyst")[0]) for name in ("Ana", "Ben"))
    assert sent(first, f"{path}/look", purpose="compare").status_code == 303
    assert edges(pixels(first, f"{path}/image/own")) > 60
    assert edges(pixels(second, f"{path}/image/own")) < 20


def test_a_viewer_cannot_ask(case: Workspace) -> None:
    viewer = seated(case, joined(case, "Cho", "viewer")[0])
    path = f"/pictures/{other(case)}"
    assert sent(viewer, f"{path}/look", purpose="compare").status_code == 403
    assert edges(pixels(viewer, f"{path}/image/own")) < 20


def test_who_hid_pictures_loads_none_and_no_blur_on_any_page(case: Workspace, owner: TestClient) -> None:
    path = f"/pictures/{other(case)}"
    post(owner, f"{path}/look", purpose="compare")
    assert post(owner, "/rest", back=path).headers["location"] == path
    pages = ("/", "/pictures", path, f"{path}/harmless", f"/records/{other(case)}", "/runs", "/cuts")
    assert [one for one in pages if "<img" in owner.get(one).text] == []
    for what in ("own", "laid", "difference"):
        assert owner.get(f"{path}/image/{what}").status_code == 400
    assert post(owner, f"{path}/look", purpose="compare").status_code == 400
    assert "of 256 bits" in owner.get(path).text
    post(owner, "/work", back=path)
    assert "<img" in owner.get(path).text


def test_hiding_is_for_one_person_and_holds_in_their_next_sitting(case: Workspace) -> None:
    (ana, _), (ben, _) = joined(case, "Ana", "analyst"), joined(case, "Ben", "analyst")
    sent(seated(case, ana), "/rest")
    assert "<img" not in seated(case, ana).get("/pictures", headers=AT).text
    assert "<img" in seated(case, ben).get("/pictures", headers=AT).text


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        ("UTC", "2026-10-25T00:00:00"),
        ("Europe/Bucharest", "2026-10-24T21:00:00"),
        ("Asia/Manila", "2026-10-25T16:00:00"),
    ],
)
def test_today_ends_at_midnight_on_the_readers_clock(zone: str, ends: str) -> None:
    now = datetime(2026, 10, 24, 18, 0, tzinfo=UTC)
    assert clock.midnight(now, ZoneInfo(zone)).astimezone(UTC).isoformat()[:19] == ends


def test_marking_a_picture_as_harmless_is_foreseen_done_and_taken_back(case: Workspace, owner: TestClient) -> None:
    path = f"/pictures/{other(case)}"
    before = networks(case)
    assert "Would be networks of" in owner.get(f"{path}/harmless").text
    assert networks(case) == before
    assert post(owner, f"{path}/harmless", because=" ").status_code == 400
    assert post(owner, f"{path}/harmless", because="a logo").headers["location"] == "/cuts"
    assert networks(case) == before - 1
    assert "Marked as harmless" in owner.get(path).text
    assert ">harmless</span>" in owner.get("/pictures").text
    assert post(owner, f"{path}/harmless", because="no logo").status_code == 303
    assert networks(case) == before
    assert [one.verb for one in case.decisions.judgements()] == ["cut", "undo cut"]


def test_a_picture_marked_as_harmless_stays_so_where_another_becomes_the_middle(
    case: Workspace, tmp_path: Path
) -> None:
    before = networks(case)
    case.decisions.judge("cut", "picture", other(case), because="a logo")  # not the middle of its group
    case.run()
    assert networks(case) == before - 1


def test_a_record_leads_to_its_pictures(case: Workspace, owner: TestClient) -> None:
    shown = case.table("pictures_shown").to_pylist()[0]
    assert f'href="/pictures/{shown["picture_id"]}"' in owner.get(f"/records/{shown['post_id']}").text


def test_a_video_says_at_which_second_it_is_alike_and_shows_that_frame(case: Workspace, tmp_path: Path) -> None:
    films = pytest.importorskip("tests.films", reason="videos need the extra")
    (tmp_path / "film.mp4").write_bytes(films.film((5, 7, 3)))
    case.collect([tmp_path / "film.mp4"])
    case.run()
    client = TestClient(workbench(case, {HOST}), base_url=f"http://{HOST}", follow_redirects=False)
    come_in(case, client)
    (film,) = [row["picture_id"] for row in case.table("pictures").to_pylist() if "seconds" in row["extra"]]
    text = client.get(f"/pictures/{film}").text
    assert "A video, alike at</dt><dd>4 s" in text
    post(client, f"/pictures/{film}/look", purpose="compare")
    laid, own = (pixels(client, f"/pictures/{one}/image/laid") for one in (film, middle(case)))
    assert np.abs(laid - own).mean() < 12


def test_what_is_no_picture_or_no_view_is_said(case: Workspace, owner: TestClient) -> None:
    a_post = case.table("posts")["post_id"][0].as_py()
    assert "this record is no picture" in owner.get(f"/pictures/{a_post}").text
    assert owner.get(f"/pictures/{middle(case)}/image/clear").status_code == 400


def test_an_original_that_was_changed_is_not_shown(case: Workspace, owner: TestClient) -> None:
    (row,) = [row for row in case.table("pictures").to_pylist() if row["picture_id"] == middle(case)]
    path = case.root / "originals" / row["sha256"][:2] / row["sha256"]
    path.chmod(0o644)
    path.write_bytes(b"something else")
    assert owner.get(f"/pictures/{middle(case)}/image/own").status_code == 500

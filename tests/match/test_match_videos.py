"""A video is like a picture that one of its frames shows, and like another video of which it holds most."""

from pathlib import Path

import pytest
from tests.films import film
from tests.match.test_match_pictures import Row, matched, record

from undertow.match.pictures import moment
from undertow.simulate.pictures import draw


def told(rows: list[Row]) -> dict[str, tuple[str, float | None, float | None]]:
    return {row["picture_id"]: (row["same_as"], row["seconds"], row["same_seconds"]) for row in rows}


def test_a_picture_meets_the_second_of_a_video_that_shows_it(tmp_path: Path) -> None:
    rows = matched(
        tmp_path, record("i1", film((3, 9))), record("i2", draw(9, "scaled")), record("i3", draw(7, "cropped"))
    )
    assert told(rows) == {"i1": ("i1", 0.0, 0.0), "i2": ("i1", None, 2.0)}
    assert rows[1]["distance"] <= 30


def test_a_video_says_at_which_second_it_shows_the_picture(tmp_path: Path) -> None:
    copies = [record(f"i{n}", draw(9, way)) for n, way in enumerate(("as it was", "scaled"))]
    rows = matched(tmp_path, *copies, record("i9", film((3, 4, 9))))
    assert told(rows)["i9"] == ("i0", 4.0, None)


def test_a_video_that_was_cut_from_another_is_the_same(tmp_path: Path) -> None:
    rows = matched(tmp_path, record("i1", film((3, 9, 5, 4))), record("i2", film((9, 5))))
    assert told(rows) == {"i1": ("i1", 0.0, 0.0), "i2": ("i1", 0.0, 2.0)}


def test_videos_that_share_a_logo_alone_are_not_the_same(tmp_path: Path) -> None:
    assert matched(tmp_path, record("i1", film((3, 9), logo=7)), record("i2", film((5, 4), logo=7))) == []


def test_two_videos_that_begin_alike_are_two(tmp_path: Path) -> None:
    rows = matched(tmp_path, record("i1", film((3, 9, 5, 4))), record("i2", film((3, 8, 6, 2))))
    assert rows == []


@pytest.mark.parametrize(
    ("what", "seconds"), [("whole", 0.0), ("frame at 12 s", 12.0), ("frame at 3.4 s, without its bars", 3.4)]
)
def test_the_second_of_a_look_is_read_from_its_name(what: str, seconds: float) -> None:
    assert moment(what) == seconds

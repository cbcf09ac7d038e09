"""Pictures that are the same have one row each, whatever way they lie; what is noise is compared by its bytes alone."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from undertow import testing
from undertow.collect.cells import to_json
from undertow.match import pictures
from undertow.pictures.hashing import hash_picture
from undertow.simulate.pictures import draw

Row = dict[str, Any]


def turned(scene: int, way: Image.Transpose | None = None) -> bytes:
    image = Image.open(BytesIO(draw(scene, "as it was")))
    held = BytesIO()
    (image if way is None else image.transpose(way)).save(held, "PNG")
    return held.getvalue()


def record(name: str, data: bytes) -> Row:
    made = hash_picture(data).plain()
    faces = [{"what": "whole", **{key: made[key] for key in ("pdq", "quality", "orientations")}}, *made["faces"]]
    kept = {key: made[key] for key in ("sha256", "md5", "pdq", "quality", "pipeline")}
    return {"picture_id": name, **kept, "faces": to_json(faces), "nearby": to_json(made["nearby"])}


def matched(folder: Path, *rows: Row) -> list[Row]:
    with testing.engine(folder, {"pictures": rows}) as engine:
        pictures.run(engine)
        found: list[Row] = engine.fetch(engine.read("picture_matches")).to_pylist()
    return found


A, MIRRORED, OTHER = turned(1), turned(1, Image.Transpose.FLIP_LEFT_RIGHT), turned(2)


def test_equal_files_are_one_picture(tmp_path: Path) -> None:
    rows = matched(tmp_path, record("i1", A), record("i2", A), record("i3", OTHER))
    assert [(row["picture_id"], row["same_as"], row["method"]) for row in rows] == [
        ("i1", "i1", "sha256"),
        ("i2", "i1", "sha256"),
    ]


def test_a_list_that_has_nothing_but_the_bytes_hash_meets_the_file(tmp_path: Path) -> None:
    rows = matched(tmp_path, {"picture_id": "i0", "sha256": sha256(A).hexdigest().upper()}, record("i1", A))
    assert {row["picture_id"]: row["method"] for row in rows} == {"i0": "sha256", "i1": "sha256"}


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (Image.Transpose.FLIP_LEFT_RIGHT, "mirrored"),
        (Image.Transpose.ROTATE_90, "turned right"),
        (Image.Transpose.ROTATE_180, "turned round"),
    ],
)
def test_a_turned_picture_is_the_same_and_says_how_it_is_to_be_laid(
    tmp_path: Path, way: Image.Transpose, said: str
) -> None:
    rows = matched(tmp_path, record("i1", A), record("i2", turned(1, way)), record("i3", OTHER))
    assert [(row["picture_id"], row["same_as"]) for row in rows] == [("i1", "i1"), ("i2", "i1")]
    assert [(row["method"], row["orientation"]) for row in rows[1:]] == [("pdq", said)]
    assert rows[1]["distance"] <= 30


def test_a_hash_list_is_a_full_citizen(tmp_path: Path) -> None:
    listed = {"picture_id": "i0", "pdq": hash_picture(A).pdq, "quality": 90}
    rows = matched(tmp_path, listed, record("i1", MIRRORED))
    assert [(row["picture_id"], row["same_as"]) for row in rows] == [("i0", "i0"), ("i1", "i0")]


def test_below_quality_50_only_the_bytes_count(tmp_path: Path) -> None:
    pdq = hash_picture(A).pdq
    noise = [{"picture_id": f"i{n}", "pdq": pdq, "quality": 49, "sha256": f"{n // 2:064x}"} for n in range(4)]
    rows = matched(tmp_path, *noise)
    assert [(row["picture_id"], row["same_as"], row["method"]) for row in rows] == [
        ("i0", "i0", "sha256"),
        ("i1", "i0", "sha256"),
        ("i2", "i2", "sha256"),
        ("i3", "i2", "sha256"),
    ]


@pytest.mark.parametrize("wrong", ["", "xyz", "0" * 64, "f" * 64])
def test_what_is_no_hash_matches_nothing(tmp_path: Path, wrong: str) -> None:
    assert matched(tmp_path, *({"picture_id": f"i{n}", "pdq": wrong, "quality": 100} for n in range(2))) == []


def test_a_group_is_a_star_and_no_chain() -> None:
    """Of five in a row, each near its neighbours alone, the ends are not one picture."""
    row = [{other: pictures.Meeting(20, 0) for other in (n - 1, n + 1) if 0 <= other < 5} for n in range(5)]
    like = pictures.stars(row)
    assert [like[n][0] for n in range(5)] == [1, 1, 1, 3, 3]


def test_every_record_has_one_row_however_many_are_alike(tmp_path: Path) -> None:
    pdq = hash_picture(A).pdq
    rows = matched(tmp_path, *({"picture_id": f"i{n:05}", "pdq": pdq, "quality": 80} for n in range(3000)))
    assert len(rows) == 3000
    assert {row["same_as"] for row in rows} == {"i00000"}


def test_a_cropped_copy_is_the_same_picture_and_the_row_says_so(tmp_path: Path) -> None:
    image = Image.open(BytesIO(draw(1, "as it was")))
    held = BytesIO()
    image.crop((16, 12, image.width - 16, image.height - 12)).save(held, "PNG")
    rows = matched(
        tmp_path, *(record(name, data) for name, data in (("i1", A), ("i2", held.getvalue()), ("i3", OTHER)))
    )
    assert [(row["picture_id"], row["same_as"]) for row in rows] == [("i1", "i1"), ("i2", "i1")]
    assert rows[1]["method"] == "pdq nearby"

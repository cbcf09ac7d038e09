"""Files meet a hash list by their bytes and by every look, laid any way; a hit says how, and a person's no ends it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps

from undertow import Workspace, listing
from undertow.listing import Said
from undertow.pictures.hashing import hash_picture
from undertow.simulate.pictures import draw

KNOWN = draw(7, "as it was")


def stored(change: Any) -> bytes:
    held = BytesIO()
    change(Image.open(BytesIO(KNOWN))).save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    """Files of one picture: as it was, mirrored, framed; one flat one, and another picture."""
    folder = tmp_path / "in"
    folder.mkdir()
    files = {
        "same": KNOWN,
        "mirrored": stored(ImageOps.mirror),
        "framed": stored(lambda image: ImageOps.expand(ImageOps.mirror(image), (0, 60), "black")),
        "flat": stored(lambda image: Image.new("RGB", image.size, (90, 90, 90))),
        "other": draw(8, "as it was"),
    }
    for name, data in files.items():
        (folder / f"{name}.dat").write_bytes(data)
    place = Workspace.start(tmp_path / "case")
    place.collect([folder])
    return place


def on(case: Workspace, name: str, lines: list[str], **said: Any) -> None:
    path = case.root.parent / f"{name}.csv"
    path.write_text("\n".join(["hash,type", *lines]) + "\n")
    listing.add(case, name, [path], Said("given by a partner", **said))
    listing.measure(case, name)
    listing.enable(case, name, because="measured", expect=1.0)


def hits(case: Workspace) -> dict[str, tuple[str, int, str]]:
    case.run(("match",))
    names = {row["original_id"]: row["name"].split(".")[0] for row in case.table("originals").to_pylist()}
    pictures = {row["picture_id"]: names[row["original_id"]] for row in case.table("pictures").to_pylist()}
    return {
        pictures[row["picture_id"]]: (row["algorithm"], row["distance"], row["orientation"])
        for row in listing.hits(case)
    }


def test_a_file_is_found_however_it_lies_or_is_framed_and_the_hit_says_how(case: Workspace) -> None:
    on(case, "partner", [f"{hash_picture(KNOWN).pdq},pdq"])
    found = hits(case)
    assert found["same"] == ("pdq", 0, "")
    assert found["mirrored"][2] == "mirrored"
    assert found["framed"][2] == "without its bars, mirrored"
    assert sorted(found) == ["framed", "mirrored", "same"]
    assert all(distance <= 30 for _, distance, _ in found.values())


def test_a_list_of_md5_finds_the_file(case: Workspace) -> None:
    on(case, "bytes", [f"{hash_picture(KNOWN).md5.upper()},md5"])
    assert hits(case) == {"same": ("md5", 0, "")}


def test_a_picture_without_quality_is_not_compared_by_its_look(case: Workspace) -> None:
    flat = stored(lambda image: Image.new("RGB", image.size, (90, 90, 90)))
    made = hash_picture(flat)
    assert made.quality < 50
    on(case, "noise", [f"{made.sha256},sha256", f"{hash_picture(KNOWN).pdq},pdq"])
    assert hits(case)["flat"] == ("sha256", 0, "")


def test_each_list_has_its_own_distance(case: Workspace) -> None:
    near = f"{hash_picture(draw(7, 'scaled')).pdq},pdq"
    on(case, "strict", [near], distance=0)
    assert hits(case) == {}
    on(case, "loose", [near])
    assert sorted(hits(case)) == ["framed", "mirrored", "same"]


def test_a_hit_speaks_for_a_lead_until_a_person_says_no(case: Workspace) -> None:
    on(case, "partner", [f"{hash_picture(KNOWN).pdq},pdq"])
    assert _whys(case)
    for row in listing.hits(case):
        listing.answer(case, row["hit_id"], "reject", viewed=False, because="a stock photograph")
    assert not _whys(case)


def _whys(case: Workspace) -> list[str]:
    case.run()
    return [row["why"] for row in case.table("signals").to_pylist() if row["indicator"] == "known_picture"]

"""A picture is found again among the originals, also inside a mail, and what cannot be shown says why."""

from email.message import EmailMessage
from pathlib import Path

import numpy as np
import pytest

from undertow import Workspace, seeing
from undertow.pictures.decoding import seen
from undertow.pictures.hashing import PictureError
from undertow.simulate.pictures import draw

ROOM, GARDEN = draw(3, "as it was"), draw(9, "as it was")


def mail(path: Path) -> Path:
    """A mail with two pictures attached."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "ana@mail.example", "ben@mail.example", "rooms"
    made.set_content("As you asked.")
    for name, data in (("garden.jpg", GARDEN), ("room.jpg", ROOM)):
        made.add_attachment(data, maintype="image", subtype="jpeg", filename=name)
    path.write_bytes(bytes(made))
    return path


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    return Workspace.start(tmp_path / "case")


def test_a_picture_inside_a_mail_is_found_again(case: Workspace, tmp_path: Path) -> None:
    case.collect([mail(tmp_path / "one.eml")])
    rows = case.table("pictures").to_pylist()
    shown = [seeing.Seer(case).grey(row) for row in rows]
    assert sorted(one.tobytes() for one in shown) == sorted(seen(one).tobytes() for one in (ROOM, GARDEN))


def test_what_was_seen_is_held_in_memory_and_only_so_much(case: Workspace, tmp_path: Path) -> None:
    (tmp_path / "room.jpg").write_bytes(ROOM)
    case.collect([tmp_path / "room.jpg"])
    (row,) = case.table("pictures").to_pylist()
    seer = seeing.Seer(case)
    assert seer.grey(row) is seer.grey(row)
    assert np.array_equal(seer.colour(row), seen(ROOM, colour=True))


def test_a_hash_without_a_file_cannot_be_shown(case: Workspace, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(f"sha256,quality\n{7:064x},100\n")
    case.collect([tmp_path / "list.csv"], kind="pictures")
    (row,) = case.table("pictures").to_pylist()
    assert not seeing.held(row)
    with pytest.raises(PictureError, match="its hash alone is here"):
        seeing.Seer(case).grey(row)


def test_a_list_that_claims_our_pipeline_shows_nothing(case: Workspace, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(f"sha256,pipeline\n{7:064x},undertow-2\n")
    case.collect([tmp_path / "list.csv"], kind="pictures")
    (row,) = case.table("pictures").to_pylist()
    with pytest.raises(PictureError, match="not found again"):
        seeing.Seer(case).grey(row)

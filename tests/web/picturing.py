"""A made-up case whose posts show drawn pictures, some of them the same however they were altered."""

import csv
import shutil
from pathlib import Path

import pytest
from PIL import Image

from undertow import Workspace
from undertow.simulate.pictures import draw

WAYS = ("as it was", "scaled", "mirrored")  # of the one picture that three posts show
TEXTS = (
    "Cook wanted by the harbour, two shifts.",
    "Looking after a garden, five days each week, bring boots",
    "We seek somebody for linen and rooms in spring",
    "Blue bicycle for sale",
)


def pictured(folder: Path) -> Workspace:
    """Three posts of strangers, tied by one picture alone, and a fourth with a picture of its own."""
    received = folder / "received"
    received.mkdir(parents=True)
    for number, way in enumerate(WAYS):
        (received / f"{number}.jpg").write_bytes(draw(3, way))
    _with_exif(received / "0.jpg")
    (received / "3.jpg").write_bytes(draw(9, "as it was"))
    rows = [(f"acc{n}", f"site{n}.example", text, f"{n}.jpg") for n, text in enumerate(TEXTS)]
    with (received / "posts.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("account", "site", "text", "images"), *rows])
    case = Workspace.start(folder / "case", name="Pictures", country="US")
    case.collect([received], origin="made up", lawful_basis="made up")
    case.run()
    return case


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pictured(tmp_path_factory.mktemp("pictured")).root


@pytest.fixture
def case(drawn: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(drawn, tmp_path / "case")
    return Workspace.open(tmp_path / "case")


def _with_exif(path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (44.0, 25.0, 0.0), 3: "E", 4: (26.0, 6.0, 0.0)})
    image = Image.open(path)
    image.load()
    image.save(path, "JPEG", exif=exif, quality=90)


def middle(case: Workspace) -> str:
    """The picture that the others of its group are compared with."""
    (name,) = {row["same_as"] for row in case.table("picture_matches").to_pylist()}
    return str(name)


def networks(case: Workspace) -> int:
    """How many networks hold a post."""
    held = {row["network_id"] for row in case.table("network_members").to_pylist() if row["record_id"][0] == "p"}
    return len(held)

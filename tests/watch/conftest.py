"""A workspace with one network that is known, and files that tell more of it."""

import csv
import shutil
from pathlib import Path

import pytest

from undertow import Workspace

OFFER = (
    "Cook wanted abroad, no experience needed, good pay. Send a photo of your passport. The ticket is deducted from "
    "your salary. We keep your passport. Do not tell your family. Ask for the manager, call {phone}"
)
Row = tuple[str, str, str]
DISGUISED = "two zero two 555 01 23"


def write(path: Path, rows: list[Row]) -> Path:
    """A file of posts (site, text, place), each of its own account."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("account", "site", "text", "place"))
        writer.writerows((f"{path.stem}{number}", *row) for number, row in enumerate(rows))
    return path


def offers(count: int, *, site: str = "jobs.example", phone: str = "(202) 555-0123", place: str = "") -> list[Row]:
    return [(site, OFFER.format(phone=phone), place)] * count


def news() -> list[Row]:
    """Posts of the known network, with a site, a place and an address that are new to it."""
    return offers(2, site="other.example", phone="+1 202 555 0123 or ana@example.com", place="Riga")


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that ran once."""
    folder = tmp_path_factory.mktemp("known")
    bikes = [("market.example", f"Bicycle number {n * 37} for sale, blue, {n} gears", "Riga") for n in range(6)]
    workspace = Workspace.start(folder / "case", country="US")
    workspace.collect([write(folder / "posts.csv", [*offers(4), *bikes])])
    workspace.run()
    return workspace.root


@pytest.fixture
def case(known: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(known, tmp_path / "case")
    return Workspace.open(tmp_path / "case")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"

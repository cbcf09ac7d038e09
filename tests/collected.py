"""A workspace that collected one made-up CSV of posts and ran."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from undertow import Workspace


def collected(folder: Path, columns: Sequence[str], rows: Iterable[Sequence[str]], *, name: str = "") -> Path:
    """The root of a workspace below `folder` that holds these rows as posts."""
    with (folder / "posts.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns, *rows])
    place = Workspace.start(folder / "case", name=name, country="US")
    place.collect([folder / "posts.csv"], origin="made up", lawful_basis="made up")
    place.run()
    return place.root


def members(case: Workspace) -> dict[str, list[str]]:
    """The records of every network, the largest first."""
    held: dict[str, list[str]] = {}
    for row in case.table("network_members").to_pylist():
        held.setdefault(row["network_id"], []).append(row["record_id"])
    return dict(sorted(held.items(), key=lambda one: -len(one[1])))

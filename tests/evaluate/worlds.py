"""Tiny truths and what stages found on them, from a few rows."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from undertow import ids, testing, truth
from undertow.evaluate.contract import Evaluation
from undertow.evaluate.run import evaluate
from undertow.runs import Catalogue, running

Rows = Sequence[Mapping[str, Any]]

FILE, ORIGINAL = "posts.csv", "0f" * 32


def post(position: int | str, original: str = ORIGINAL) -> str:
    """The id of the post at a position of the one file."""
    return ids.record_id("p", original, str(position))


def posts(*positions: int | str) -> list[dict[str, str]]:
    """Rows of the table of posts, as collect would write them."""
    return [{"post_id": post(at), "original_id": ORIGINAL, "position": str(at)} for at in positions]


def write_truth(folder: Path, records: Rows, **others: Rows) -> Path:
    """A sealed truth; a record without a file is in the one file, without a person its network is the person."""
    made = folder / "truth"
    given: dict[str, Rows] = {"records": [_record(row) for row in records], **others}
    given.setdefault("networks", _networks(given["records"]))
    for table, rows in given.items():
        columns = {name: [row.get(name, _blank(name)) for row in rows] for name in truth.TABLES[table].names}
        truth.write(made, table, 0, columns)
    files = {str(path.relative_to(folder)): truth.digest(path) for path in sorted(made.rglob("*.parquet"))}
    seal = {"files": files, "family": "harbour", "seed": 7, "held_out": False, "posts": len(records)}
    (made / truth.SEAL).write_text(json.dumps(seal))
    return made


def _record(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"file": FILE, "table": "posts", "person": row["network"], "sort": "independent", **row}


def _networks(records: Rows) -> Rows:
    sorts = {row["network"]: row["sort"] for row in records}
    return [{"network": network, "sort": sort, "organised": sort == truth.ORGANISED} for network, sort in sorts.items()]


def _blank(name: str) -> Any:
    if name == "starts_at":
        return None
    if name == "organised":
        return False
    return 0 if name in ("start", "end", "people", "records", "careful", "leg") else ""


def workspace(root: Path, **tables: Rows) -> Catalogue:
    """The tables of a workspace after one run; the file of the posts is among the originals."""
    tables.setdefault("originals", [{"original_id": ORIGINAL, "name": FILE}])
    root.mkdir(parents=True)
    with running(root, "run") as run:
        for name, rows in tables.items():
            run.target(name).mkdir(parents=True)
            pq.write_table(testing.table(name, rows), run.target(name) / "part-00000.parquet")
    return Catalogue(root)


def members(**networks: Sequence[int]) -> list[dict[str, str]]:
    """Rows of network_members: of every network the positions of its posts."""
    return [{"network_id": name, "record_id": post(at)} for name, held in networks.items() for at in held]


def leads(*networks: str, chance: int = 500) -> list[dict[str, Any]]:
    """Leads on these networks, the most pressing first, of two records each, all in the first band."""
    return [
        {
            "lead_id": f"l{at}",
            "network_id": network,
            "score": 1000 - at,
            "band": "look first",
            "records": 2,
            "chance": chance,
            "organised_risk": chance,
        }
        for at, network in enumerate(networks)
    ]


def measured(folder: Path, records: Rows, found: Mapping[str, Rows], **others: Rows) -> Evaluation:
    """The evaluation of what was found against a truth; every true record is a post in the workspace."""
    made = write_truth(folder / "world", records, **others)
    held = {"posts": posts(*(row["position"] for row in records)), **found}
    return evaluate(workspace(folder / "workspace", **held), made, top_band="look first")

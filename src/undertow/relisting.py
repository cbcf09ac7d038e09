"""Rows of hash lists: a version is read when it is added, and anew where its rows are gone.

What stands is what people decided; rows are made from files among the originals, and may be deleted like all tables.
"""

import getpass
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa

from undertow import tables
from undertow.collect import originals
from undertow.engine.duckdb import DuckEngine
from undertow.match import reading_lists
from undertow.review import hashlists
from undertow.review.hashlists import HashList
from undertow.runs import COLLECT, Run, running

if TYPE_CHECKING:
    from undertow.workspace import Workspace

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class From:
    """Where a list is from, and who added it; "" is not said."""

    source: str
    who: str


def restore(workspace: "Workspace", *list_ids: str) -> list[str]:
    """Reads versions anew whose entries are not in the tables, where these were deleted or a kill came between.

    Of the lists that are named the newest version, else of each list in force the one that is. Gives their names.
    Raises `OutsideError` where a file of one is gone from the originals.
    """
    now, made = datetime.now(UTC), []
    for one in hashlists.listed(workspace.decisions).values():
        wanted = one.newest.name if one.list_id in list_ids else "" if list_ids else one.enabled
        if not wanted or (not list_ids and one.state(now) != "in force"):
            continue
        if (one.list_id, wanted) not in _in_tables(workspace):
            _read_again(workspace, one, next(version for version in one.versions if version.name == wanted))
            made.append(wanted)
    return made


def files_of_lists(workspace: "Workspace") -> frozenset[str]:
    """Originals unknown to the tables that are files of hash lists and no more: what they name is not the user's."""
    there = _in_tables(workspace)
    every = [(one, version) for one in hashlists.listed(workspace.decisions).values() for version in one.versions]
    named = {file for one, version in every if (one.list_id, version.name) not in there for file in version.files}
    return frozenset(named - _collected(workspace)) if named else frozenset()


def _read_again(workspace: "Workspace", one: HashList, version: hashlists.Version) -> None:
    store = workspace.root / "originals"
    names = version.names or version.files
    asked = reading_lists.Version(
        one.list_id, version.name, datetime.fromisoformat(version.added_at), "", version.algorithm, version.formats
    )
    with running(workspace.root, "collect") as run, workspace.engine_of(run) as engine:
        files = [
            reading_lists.File(file, name, originals.verify(store, file))
            for file, name in zip(version.files, names, strict=True)
        ]
        written(workspace, run, engine, (asked, files), From(one.source, version.added_by))


def written(
    workspace: "Workspace",
    run: Run,
    engine: DuckEngine,
    asked: tuple[reading_lists.Version, Sequence[reading_lists.File]],
    by: From,
) -> reading_lists.Read:
    """Reads the files of a version and writes its rows, which are current when the run has ended well."""
    version, files = asked
    found = reading_lists.read(version, files)
    for part in found.entries:
        engine.write("list_entries", part)
    engine.write("rejects", found.rejects)
    engine.write("originals", _originals(workspace, files, found, by, run.started))
    run.facts |= {"list": version.list_id, "version": version.list_version}
    run.facts |= {"kept": found.kept, "left_out": found.left_out}
    return found


def _in_tables(workspace: "Workspace") -> set[tuple[str, str]]:
    """Lists and versions whose entries are current, as the runs that wrote them said."""
    runs = workspace.catalogue.pointers().get("list_entries", {}).get(COLLECT, [])
    told = [_said(workspace.root / "runs" / f"{run}.json") for run in runs]
    return {(str(said.get("list")), str(said.get("version"))) for said in told}


def _collected(workspace: "Workspace") -> set[str]:
    """Originals that some collection read as records."""
    told = [_said(path) for path in (workspace.root / "runs").glob("[!.]*.json")]
    return {file["original_id"] for said in told for file in said.get("files", []) if file["status"] == "collected"}


def _said(path: Path) -> Row:
    return orjson.loads(path.read_bytes()) if path.is_file() else {}


def _originals(
    workspace: "Workspace",
    files: Sequence[reading_lists.File],
    found: reading_lists.Read,
    by: From,
    now: datetime,
) -> pa.Table:
    """Rows of those files that the table of originals does not hold yet."""
    known = set(workspace.table("originals")["original_id"].to_pylist())
    custody = workspace.settings.custody
    rows = {
        file.original_id: {
            "original_id": file.original_id,
            "name": file.name,
            "media_type": chosen.media_type,
            "bytes": file.path.stat().st_size,
            "collected_at": now,
            "collector": by.who or custody.collector or getpass.getuser(),
            "origin": by.source,
            "lawful_basis": custody.lawful_basis,
            "marking": custody.marking,
            "retain_until": now + timedelta(days=custody.retention_days),
            "source": f"list:{chosen.name}",
            "version": chosen.version,
            "mapping": "{}",
            "rows": 0,
            "rejects": _count(found.rejects, lambda row, file=file: row["original_id"] == file.original_id),
        }
        for file, chosen in zip(files, found.formats, strict=True)
        if file.original_id not in known
    }
    return pa.Table.from_pylist(list(rows.values()), tables.TABLES["originals"].schema)


def _count(rows: pa.Table, wanted: Callable[..., bool]) -> int:
    return sum(wanted(row) for row in rows.to_pylist())

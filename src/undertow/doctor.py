"""`undertow doctor`: is everything here that is needed, and is what was kept still as it was kept?"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import file_digest
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import pyarrow.parquet as pq

from undertow import auditing, plugins, tables
from undertow.engine import session
from undertow.errors import UndertowError
from undertow.workspace import Workspace

_LIBRARIES = ("duckdb", "pyarrow", "numba", "phonenumbers", "sqlglot")
_PLUGINS = (
    ("undertow.collect.sources", "undertow.collect.contract", "Source"),
    ("undertow.extract.finders", "undertow.extract.contract", "Finder"),
    ("undertow.match.list_formats", "undertow.match.contract", "ListFormat"),
    ("undertow.link.evidence", "undertow.link.contract", "Evidence"),
    ("undertow.assess.indicators", "undertow.assess.contract", "Indicator"),
)
_ENOUGH_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: fine, worth knowing, or broken, with a sentence."""

    name: str
    state: Literal["fine", "note", "broken"]
    says: str


def check(where: Path | None) -> list[Check]:
    """Looks at the installation, and at the workspace in `where` or above the current folder."""
    found = [*_installation()]
    try:
        workspace = Workspace.open(where)
    except UndertowError as error:
        return [*found, Check("workspace", "broken" if where else "note", f"{error.message}; {error.hint}")]
    looks: list[Callable[[Workspace], Check]] = [_space, _originals, _tables, _decisions, _audit]
    return [*found, Check("workspace", "fine", str(workspace.root)), *(_safely(look, workspace) for look in looks)]


def _installation() -> Iterator[Check]:
    yield Check("python", "fine", sys.version.split()[0])
    for name in _LIBRARIES:
        try:
            yield Check(name, "fine", version(name))
        except PackageNotFoundError:
            yield Check(name, "broken", "missing: install Undertow again")
    for folder, contract, kind in _PLUGINS:
        try:
            held = plugins.load(folder, getattr(import_module(contract), kind))
            yield Check(folder.removeprefix("undertow."), "fine", f"{len(held)}: {', '.join(held)}")
        except UndertowError as error:
            yield Check(folder.removeprefix("undertow."), "broken", error.message)
    try:
        import_module("weasyprint")
        yield Check("pdf", "fine", "reports can be written as PDF")
    except (ImportError, OSError) as error:
        yield Check("pdf", "note", f'no PDF reports: pip install "undertow[pdf]" ({type(error).__name__})')
    try:
        import_module("av")
        yield Check("video", "fine", "frames of videos can be hashed")
    except (ImportError, OSError) as error:
        yield Check("video", "note", f'no videos: pip install "undertow[video]" ({type(error).__name__})')
    lacking, hint = session.missing()
    yield (
        Check("spark", "note", f"no runs on Spark: {lacking}; {hint}") if lacking else Check("spark", "fine", _spark())
    )


def _spark() -> str:
    return f"{version('pyspark')}, for `undertow run --engine spark`"


def _safely(look: Callable[[Workspace], Check], workspace: Workspace) -> Check:
    try:
        return look(workspace)
    except (UndertowError, OSError) as error:
        return Check(look.__name__.strip("_"), "broken", str(error))


def _space(workspace: Workspace) -> Check:
    free = shutil.disk_usage(workspace.root).free
    writable = os.access(workspace.root, os.W_OK)
    state: Literal["fine", "note", "broken"] = "broken" if not writable else "fine" if free > _ENOUGH_BYTES else "note"
    return Check(
        "space", state, f"{free / 1e9:.1f} GB free" + ("" if writable else ", and the folder cannot be written")
    )


def _originals(workspace: Workspace) -> Check:
    ids = workspace.table("originals")["original_id"].to_pylist()
    wrong = [one for one in ids if _sha256(workspace.root / "originals" / one[:2] / one) != one]
    if wrong:
        return Check(
            "originals",
            "broken",
            f"{len(wrong)} of {len(ids)} are missing or changed, first {wrong[0]}: restore them from a backup",
        )
    return Check("originals", "fine", f"{len(ids)} files, every one as it was received")


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _tables(workspace: Workspace) -> Check:
    rows = 0
    for name in tables.TABLES:
        for path in workspace.catalogue.files(name):
            rows += pq.read_metadata(path).num_rows
    return Check("tables", "fine", f"{rows:,} rows, every file readable")


def _decisions(workspace: Workspace) -> Check:
    workspace.decisions.verify()
    return Check("decisions", "fine", f"{len(workspace.decisions.judgements())} decisions, seals unbroken")


def _audit(workspace: Workspace) -> Check:
    return Check("audit", "fine", f"{auditing.verify(workspace)} lines, none changed, missing or cut off")

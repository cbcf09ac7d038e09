"""The door to collect: turns what a person says into the stage's options, and makes one run of it."""

import getpass
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from undertow.collect import mapping as mappings
from undertow.collect.options import Options
from undertow.collect.picturing import in_worker
from undertow.collect.run import collect
from undertow.collect.summary import Summary
from undertow.engine.duckdb import DuckEngine
from undertow.errors import UserError
from undertow.events import Emit
from undertow.pictures.memo import Memo
from undertow.runs import Run, running

if TYPE_CHECKING:
    from undertow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says with the files; "" is not said. `columns` is field to column, `mapping` a file with it."""

    kind: str = ""  # record table: posts, accounts, payments, bookings, pictures or incidents
    post_kind: str = ""  # ad, social, message, job, review, page
    site: str = ""
    country: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    mapping: Path | None = None
    save_mapping: Path | None = None
    origin: str = ""
    collector: str = ""
    lawful_basis: str = ""
    dry_run: bool = False


Look = Callable[[Run, DuckEngine], None]
"""Looks at what was collected, and may write tables that become current with it."""


def collect_into(
    workspace: "Workspace", paths: Sequence[Path], said: Said, emit: Emit, look: Look | None = None
) -> Summary:
    """Collects into a workspace, or only previews; see `Workspace.collect`."""
    from undertow import relisting

    options = replace(_options(workspace, said), passed_over=relisting.files_of_lists(workspace))
    store = workspace.root / "originals"
    if said.dry_run or said.save_mapping:
        with workspace.reading(emit) as engine:
            preview = collect(paths, store=store, engine=engine, options=replace(options, dry_run=True), emit=emit)
        if said.save_mapping:
            _save(preview, said.save_mapping)
        if said.dry_run:
            return preview
    memo = Memo(workspace.catalogue.tables / ".memo" / "pictures.sqlite", in_worker)
    with running(workspace.root, "collect") as run, workspace.engine_of(run, emit) as engine, closing(memo):
        options = replace(options, hash=memo.hash)
        summary = collect(paths, store=store, engine=engine, options=options, emit=emit)
        if look and engine.written:
            look(run, engine)
        files = [{"original_id": one.original_id, "status": one.status, "rows": one.rows} for one in summary.files]
        run.facts |= {"files": files, "rejects": summary.rejects, "said": {"site": said.site, "origin": said.origin}}
        run.facts["pictures_hashed"] = memo.fresh
    memo.forget()  # not where the run failed: the next one goes on with it
    return summary


def _options(workspace: "Workspace", said: Said) -> Options:
    about, custody = workspace.settings.about, workspace.settings.custody
    now = datetime.now(UTC)
    return Options(
        collected_at=now,
        wanted=_wanted(said),
        site=said.site,
        country=said.country.upper(),
        custom=said.country.upper() or about.country,
        timezone=about.timezone,
        day_first=about.day_first,
        collector=said.collector or custody.collector or getpass.getuser(),
        origin=said.origin,
        lawful_basis=said.lawful_basis or custody.lawful_basis,
        marking=custody.marking,
        retain_until=now + timedelta(days=custody.retention_days),
    )


def _wanted(said: Said) -> mappings.Wanted:
    saved = mappings.load(said.mapping) if said.mapping else mappings.Wanted()
    columns = {**saved.columns, **said.columns}
    return mappings.check(mappings.Wanted(said.kind or saved.table, said.post_kind or saved.kind, columns))


def _save(preview: Summary, path: Path) -> None:
    if not preview.previews:
        raise UserError("there is no mapping to save", hint="none of these files has columns; see --dry-run")
    path.write_text(mappings.dump(preview.previews[0].plan), "utf-8")

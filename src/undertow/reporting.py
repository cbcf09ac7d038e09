"""The door to share: gathers what a report shows from the tables and writes it where the user wants it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from undertow import plugins, tables
from undertow.assess.contract import Indicator
from undertow.errors import UserError
from undertow.extract.datafiles import FOLDER
from undertow.review import queries
from undertow.runs import replace_file
from undertow.share import build, report
from undertow.share.contract import Point, Provenance, Report

if TYPE_CHECKING:
    from undertow.workspace import Workspace

Format = Literal["html", "pdf"]


def write(
    workspace: "Workspace", lead_id: str, formats: Sequence[Format], *, redact: bool, output: Path | None, note: str
) -> list[Path]:
    """Writes the report on one lead, or on all where `lead_id` is empty; gives the files in the order of `formats`."""
    if output and len(formats) > 1:
        raise UserError("two formats do not fit one file", hint="leave --output out, or ask for one format")
    page = report.render_html(_gathered(workspace, lead_id, redact=redact, note=note))
    written = []
    for kind in formats:
        name = f"{lead_id or 'leads'}{'-redacted' if redact else ''}.{kind}"
        path = output or workspace.root / "exports" / name
        replace_file(path, report.render_pdf(page) if kind == "pdf" else page.encode("utf-8"))
        written.append(path)
    return written


def _gathered(workspace: "Workspace", lead_id: str, *, redact: bool, note: str) -> Report:
    with workspace.reading() as engine:

        def ask(sql: str) -> pa.Table:
            return engine.fetch(engine.query(sql))

        def whole(name: str) -> pa.Table:
            return engine.fetch(engine.read(name))

        def part(name: str, column: str, values: Sequence[str]) -> pa.Table:
            return queries.part(ask, name, column, values) if values else tables.empty(name)

        provenance = _provenance(workspace, whole("leads"))
        if lead_id:
            made = build.lead_report(whole, part, lead_id, provenance=provenance, points=points(), masked=redact)
        else:
            signs = plugins.load("undertow.assess.indicators", Indicator)
            made = build.leads_report(
                whole, part, provenance=provenance, note=note, points=points(), signs=signs, masked=redact
            )
    return replace(made, workspace=workspace.settings.about.name)


@cache
def points() -> Mapping[str, Point]:
    """Where the cities of the gazetteer are, by geonameid."""
    cities = pq.read_table(FOLDER / "cities.parquet", columns=["geonameid", "latitude", "longitude"])
    rows = zip(*(cities[name].to_pylist() for name in cities.column_names), strict=True)
    return {str(geonameid): Point(latitude, longitude) for geonameid, latitude, longitude in rows}


def _provenance(workspace: "Workspace", leads: pa.Table) -> Provenance:
    settings = json.dumps(workspace.settings.model_dump(), sort_keys=True)
    names = ("undertow", "duckdb", "pyarrow", "phonenumbers", "numba")
    return Provenance(
        run_id=workspace.catalogue.current_run("leads"),
        generated_at=datetime.now(UTC).isoformat(timespec="seconds"),
        settings_digest=sha256(settings.encode()).hexdigest()[:16],
        weights=leads["weights"][0].as_py() if leads.num_rows else "",
        versions=tuple((name, version(name)) for name in names),
    )

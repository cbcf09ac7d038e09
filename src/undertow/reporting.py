"""The door to share: gathers what a report shows from the tables and writes it where the user wants it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from undertow import dossier, plugins, tables
from undertow.assess.contract import Indicator
from undertow.errors import UserError
from undertow.extract.datafiles import FOLDER
from undertow.review import proposals, queries
from undertow.review.audit import Entry
from undertow.review.cases import Case
from undertow.review.people import By
from undertow.review.sealing import CASE
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


@dataclass(frozen=True, slots=True)
class Dossier:
    """Of which case, by whom, and what of the workspace is in sight: `through` gives a table without the other rows."""

    case: Case
    by: By
    redact: bool = False
    why: str = ""
    through: Callable[[pa.Table], pa.Table] = lambda rows: rows


def case(workspace: "Workspace", of: Dossier, kind: Format = "html") -> tuple[str, bytes]:
    """The dossier of a case as a file, its name and bytes; the trail is told its SHA-256 before anybody has it."""
    page = report.render_html(_casefile(workspace, of))
    made = report.render_pdf(page) if kind == "pdf" else page.encode("utf-8")
    told: dict[str, str | bool | int] = {
        "sha256": sha256(made).hexdigest(),
        "masked": of.redact,
        "format": kind,
        "bytes": len(made),
    }
    entry = Entry(of.by.who, "exported", CASE, of.case.case_id, why=of.why, place=of.by.place, detail=told)
    workspace.audit.add(entry)
    return f"case-{of.case.case_id}{'-redacted' if of.redact else ''}.{kind}", made


def _approved(workspace: "Workspace", case_id: str) -> Mapping[str, str]:
    """The referrals of a case that two people agreed on."""
    return {
        f"referral to {one.to}": f"proposed by {one.who}, approved by {one.by}"
        for one in proposals.every(workspace.decisions)
        if (one.case_id, one.deed, one.answer) == (case_id, "refer", "approve")
    }


def _casefile(workspace: "Workspace", of: Dossier) -> Report:
    with workspace.reading() as engine:

        def ask(sql: str) -> pa.Table:
            return of.through(engine.fetch(engine.query(sql)))

        def whole(name: str) -> pa.Table:
            return of.through(engine.fetch(engine.read(name)))

        def part(name: str, column: str, values: Sequence[str]) -> pa.Table:
            return queries.part(ask, name, column, values) if values else tables.empty(name)

        leads, provenance = whole("leads"), _provenance(workspace, whole("leads"))
        wanted, _ = of.case.holds()
        found = [one for one in leads["lead_id"].to_pylist() if one in wanted]
        pages = [
            build.lead_report(whole, part, one, provenance=provenance, points=points(), masked=of.redact).pages[0]
            for one in found
        ]
        gone, approved = sorted(wanted - set(found)), _approved(workspace, of.case.case_id)
        told = dossier.told(of.case, whole, part, gone=gone, masked=of.redact, approved=approved)
    return Report(provenance, pages, redacted=of.redact, workspace=workspace.settings.about.name, case=told)


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

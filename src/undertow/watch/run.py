"""Asks every kind of alert what a run changed. An alert's id is made of its kind, its subject and what is new."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import orjson
import pyarrow as pa

from undertow import ids, plugins, tables
from undertow.engine.base import Dataset, Engine
from undertow.errors import OutsideError, PluginError
from undertow.watch.contract import BEFORE, Kind

FOLDER = "undertow.watch.alerts"
STAGE = "watch"

_NAMED = 3  # records named in a sentence
_HELD = 100  # record ids that an alert carries; its sentence tells how many there were

_VIEWS = {
    # records of a network that is known, for it was a lead before; they were in no network then
    "newcomers": """
SELECT m.network_id, m.record_id FROM network_members AS m
JOIN leads_before AS k ON k.network_id = m.network_id
LEFT JOIN network_members_before AS b ON b.record_id = m.record_id WHERE b.record_id IS NULL""",
    # the records beside them, which were in some network before
    "residents": """
SELECT m.network_id, m.record_id FROM network_members AS m
JOIN (SELECT DISTINCT network_id FROM newcomers) AS n ON n.network_id = m.network_id
JOIN network_members_before AS b ON b.record_id = m.record_id""",
}

Row = dict[str, Any]
Silent = Collection[tuple[str, str]]
"""The (kind, subject) pairs that people muted."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The run whose changes are told, when it began, what is muted, and the name of the lowest band."""

    run: str
    at: datetime
    muted: Silent
    lowest_band: str


def before(engine: Engine) -> dict[str, Dataset]:
    """The tables as the last run left them, by the names that queries use; to be called before a stage writes."""
    return {f"{name}_before": engine.read(name) for name in BEFORE}


def run(engine: Engine, earlier: Mapping[str, Dataset], moment: Moment) -> int:
    """Writes `alerts`, those of earlier runs first, and to `rejects` each kind that failed; gives how many are new."""
    known = engine.fetch(engine.read("alerts"))
    views = views_over(engine, earlier)
    made: list[Row] = []
    failed: dict[str, str] = {}
    for name, kind in plugins.load(FOLDER, Kind).items():
        try:
            made += ask(engine, kind, views, moment)
        except PluginError as error:
            failed[name] = error.message
    told = set(known["alert_id"].to_pylist())
    fresh = [row for row in made if row["alert_id"] not in told]
    schema = tables.TABLES["alerts"].schema
    engine.write("alerts", pa.concat_tables([known.cast(schema), pa.Table.from_pylist(fresh, schema)]))
    _reject(engine, failed)
    return len(fresh)


def views_over(engine: Engine, earlier: Mapping[str, Dataset]) -> dict[str, Dataset]:
    """The tables before the run, and the views over both."""
    views = dict(earlier)
    for name, sql in _VIEWS.items():
        views[name] = engine.query(sql, **views)
    return views


def ask(engine: Engine, kind: Kind, views: Mapping[str, Dataset], moment: Moment) -> list[Row]:
    """The alerts of one kind as rows of the table; raises `PluginError` with its name where its query breaks."""
    sql = kind.sql.replace(":lowest_band", "'" + moment.lowest_band.replace("'", "''") + "'")
    try:
        rows = engine.fetch(engine.query(sql, **views)).select(["subject", "news", "record_id", "words"]).to_pylist()
    except OutsideError:
        raise
    except Exception as error:
        raise PluginError(
            f"the alert {kind.name} failed: {str(error).splitlines()[0]}", hint="its query is in its file"
        ) from error
    rows.sort(key=lambda row: (row["subject"], row["news"], row["record_id"], row["words"]))
    return [
        _alert(kind, subject, list(found), moment) for subject, found in groupby(rows, key=lambda row: row["subject"])
    ]


def _alert(kind: Kind, subject: str, found: Sequence[Row], moment: Moment) -> Row:
    news = sorted({row["news"] for row in found})
    records = sorted({row["record_id"] for row in found} - {""})
    words = ", ".join(sorted({row["words"] for row in found} - {""}))
    return {
        "alert_id": "w" + ids.digest(kind.name, subject, *news),
        "run": moment.run,
        "at": moment.at,
        "kind": kind.name,
        "version": kind.version,
        "subject": subject,
        "news": len(news),
        "records": orjson.dumps(records[:_HELD]).decode(),
        "why": kind.tells.format(subject=subject, count=f"{len(news):,}", words=words, records=_named(records)),
        "muted": (kind.name, subject) in moment.muted,
    }


def _named(records: Sequence[str]) -> str:
    more = len(records) - _NAMED
    return ", ".join(records[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _reject(engine: Engine, failed: Mapping[str, str]) -> None:
    rows = [
        {"original_id": "", "position": name, "stage": STAGE, "reason": why, "excerpt": ""}
        for name, why in sorted(failed.items())
    ]
    if rows:
        engine.write("rejects", pa.Table.from_pylist(rows, tables.TABLES["rejects"].schema))

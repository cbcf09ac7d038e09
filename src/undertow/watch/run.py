"""Asks every kind of alert what a run changed. An alert's id is made of its kind, its subject and what is new."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
    """The run whose changes are told, when it began, what is muted, and the name of the lowest band.

    `quick`: it is no run over everything, but a first look at what a collection brought.
    """

    run: str
    at: datetime
    muted: Silent
    lowest_band: str
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What was told before: rows of `alerts` and of `alert_news`; `covered` are the collections that the run has seen.

    With it comes that nobody tells anything until the run is current.
    """

    alerts: pa.Table
    news: pa.Table
    covered: Collection[str]


def before(engine: Engine) -> dict[str, Dataset]:
    """The tables as the last run left them, by the names that queries use; to be called before a stage writes."""
    return {f"{name}_before": engine.read(name) for name in BEFORE}


def run(engine: Engine, earlier: Mapping[str, Dataset], moment: Moment, told: Callable[[], Told]) -> dict[str, int]:
    """Writes `alerts`, those of earlier runs and looks first, and to `rejects` each kind that failed.

    What a first look told is not told again: `alert_news` keeps it until a run has seen the same records, and for good
    where that run did not find the same. Gives how many alerts are new, and of the facts that first looks told since
    the last run, how many there were and how many this run found too.
    """
    found, failed = every(engine, plugins.load(FOLDER, Kind), views_over(engine, earlier), moment)
    facts = {fact(kind, row) for kind, rows in found for row in rows}
    held = told()
    news = held.news.to_pylist()
    fresh = fresh_alerts(found, moment, {row["fact"] for row in news}, set(held.alerts["alert_id"].to_pylist()))
    schema = tables.TABLES["alerts"].schema
    known = held.alerts.sort_by([("at", "ascending"), ("alert_id", "ascending")])
    engine.write("alerts", pa.concat_tables([known, pa.Table.from_pylist(fresh, schema)]))
    seen = [row for row in news if row["run"] in held.covered]
    missed = [row | {"run": ""} for row in seen if row["fact"] not in facts]
    kept = [row for row in news if row["run"] not in held.covered] + missed
    engine.write("alert_news", pa.Table.from_pylist(kept, tables.TABLES["alert_news"].schema))
    _reject(engine, failed)
    return {"alerts": len(fresh), "first_looks": len(seen), "borne_out": len(seen) - len(missed)}


def every(
    engine: Engine, kinds: Mapping[str, Kind], views: Mapping[str, Dataset], moment: Moment
) -> tuple[list[tuple[Kind, list[Row]]], dict[str, str]]:
    """What each kind finds, and why each that failed did."""
    found: list[tuple[Kind, list[Row]]] = []
    failed: dict[str, str] = {}
    for name, kind in kinds.items():
        try:
            found.append((kind, rows_of(engine, kind, views, moment)))
        except PluginError as error:
            failed[name] = error.message
    return found, failed


def fact(kind: Kind, row: Row) -> str:
    """A digest of something new; what is told once under it is not told again."""
    return ids.digest(kind.name, row["subject"], row["news"])


def fresh_alerts(
    found: Iterable[tuple[Kind, list[Row]]], moment: Moment, told: Collection[str], held: Collection[str]
) -> list[Row]:
    """The alerts about what was not `told`, but for those that are `held` by their ids."""
    made = []
    for kind, rows in found:
        made += alerts_of(kind, [row for row in rows if fact(kind, row) not in told], moment)
    return [row for row in made if row["alert_id"] not in held]


def views_over(engine: Engine, earlier: Mapping[str, Dataset]) -> dict[str, Dataset]:
    """The tables before the run, and the views over both."""
    views = dict(earlier)
    for name, sql in _VIEWS.items():
        views[name] = engine.query(sql, **views)
    return views


def ask(engine: Engine, kind: Kind, views: Mapping[str, Dataset], moment: Moment) -> list[Row]:
    """The alerts of one kind as rows of the table; raises `PluginError` with its name where its query breaks."""
    return alerts_of(kind, rows_of(engine, kind, views, moment), moment)


def rows_of(engine: Engine, kind: Kind, views: Mapping[str, Dataset], moment: Moment) -> list[Row]:
    """What the query of a kind gives, in order; raises `PluginError` with its name where it breaks."""
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
    return rows


def alerts_of(kind: Kind, rows: Sequence[Row], moment: Moment) -> list[Row]:
    """One alert a subject."""
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
        "quick": moment.quick,
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

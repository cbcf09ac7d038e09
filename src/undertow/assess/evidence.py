"""Runs every indicator's query and brings what it found into one table, whatever becomes of any one of them."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

import pyarrow as pa

from undertow import tables
from undertow.assess import views
from undertow.assess.contract import Indicator
from undertow.engine.base import Dataset, Engine
from undertow.errors import OutsideError, PluginError
from undertow.events import Emit, Event

STAGE = "assess"
ROWS_KEPT = 50  # signals of one indicator on one network; the lead tells how many there were

_ROWS = """
SELECT 'network' AS subject_kind, CAST(subject_id AS varchar) AS subject_id, '{name}' AS indicator,
       CAST({version} AS int) AS version, max(CAST(strength AS bigint)) AS strength,
       CAST(record_id AS varchar) AS record_id, CAST(field AS varchar) AS field, CAST(start AS int) AS start,
       max(CAST("end" AS int)) AS "end", min(CAST(why AS varchar)) AS why
FROM ({sql}) AS found GROUP BY subject_id, record_id, field, start"""

_OVER = "SELECT indicator, subject_id FROM evidence GROUP BY indicator, subject_id HAVING count(*) > {kept}"

_TOTALS = """
SELECT e.indicator, e.subject_id, count(*) AS rows_shown, count(DISTINCT e.record_id) AS records,
       max(e.strength) AS strength
FROM evidence AS e
JOIN over AS o ON o.indicator = e.indicator AND o.subject_id = e.subject_id
GROUP BY e.indicator, e.subject_id"""

_KEPT = """
SELECT e.* FROM evidence AS e
LEFT JOIN over AS o ON o.indicator = e.indicator AND o.subject_id = e.subject_id
WHERE o.subject_id IS NULL
UNION ALL
SELECT {columns} FROM (
    SELECT e.*, row_number() OVER (PARTITION BY e.indicator, e.subject_id
                                   ORDER BY e.record_id, e.field, e.start) AS place
    FROM evidence AS e
    JOIN over AS o ON o.indicator = e.indicator AND o.subject_id = e.subject_id
) AS placed WHERE place <= {kept}"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the indicators found.

    `signals` has the table's columns and at most `ROWS_KEPT` rows for each indicator on each network, the first by
    record id, field and position. `totals` counts the rows, the records and the fullest strength of those that had
    more. `failed` holds the indicators that broke, with the reason.
    """

    signals: Dataset
    totals: pa.Table
    failed: Mapping[str, str]


def gather(engine: Engine, indicators: Mapping[str, Indicator], emit: Emit) -> Evidence:
    """Evidence of all indicators; one that fails is left out and named in `failed`."""
    made = views.build(engine)
    found: dict[str, Dataset] = {}
    failed: dict[str, str] = {}
    for done, (name, indicator) in enumerate(indicators.items(), 1):
        try:
            found[name] = ask(engine, indicator, made)
        except PluginError as error:
            failed[name] = error.message
        emit(Event(STAGE, f"asked {name}", done, len(indicators), "indicators"))
    evidence = _together(list(found.values()))
    over = engine.query(_OVER.format(kept=ROWS_KEPT), evidence=evidence)
    totals = engine.fetch(engine.query(_TOTALS, evidence=evidence, over=over))
    return Evidence(_kept(engine, found, over, set(totals["indicator"].to_pylist())), totals, failed)


def ask(engine: Engine, indicator: Indicator, made: Mapping[str, Dataset]) -> Dataset:
    """The rows of one indicator as the table `signals` has them, one a record, field and position.

    Raises `PluginError` with its name where its query breaks its contract.
    """
    sql = _ROWS.format(name=indicator.name, version=int(indicator.version), sql=indicator.sql)
    try:
        return engine.query(sql, **made)
    except OutsideError:
        raise
    except Exception as error:
        raise PluginError(
            f"the indicator {indicator.name} failed: {str(error).splitlines()[0]}", hint="its query is in its file"
        ) from error


def _kept(engine: Engine, found: Mapping[str, Dataset], over: Dataset, long: Set[str]) -> Dataset:
    """All rows, but of the pairs in `over` the first; `long` names their indicators."""
    short = [rows for name, rows in found.items() if name not in long]
    if not long:
        return _together(short)
    evidence = _together([rows for name, rows in found.items() if name in long])
    columns = ", ".join(f'"{name}"' for name in evidence.schema.names)
    kept = engine.query(_KEPT.format(kept=ROWS_KEPT, columns=columns), evidence=evidence, over=over)
    return _together([kept, *short])


def _together(parts: list[Dataset]) -> Dataset:
    """The rows of all parts, without moving them."""
    files = tuple(path for part in parts for path in part.files)
    schema = parts[0].schema if parts else tables.TABLES["signals"].schema
    return Dataset(schema, files, sum(part.rows for part in parts), ordered=False)

"""Runs every indicator's query and brings what it found into one table, whatever becomes of any one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from undertow.assess import views
from undertow.assess.contract import Indicator
from undertow.engine.base import Dataset, Engine
from undertow.errors import OutsideError, PluginError
from undertow.events import Emit, Event

STAGE = "assess"
ROWS_KEPT = 50  # signals of one indicator on one network; the lead tells how many there were

_COLUMNS: Mapping[str, Callable[[pa.DataType], bool]] = {
    **dict.fromkeys(("subject_id", "record_id", "field", "why"), pa.types.is_string),
    **dict.fromkeys(("start", "end", "strength"), pa.types.is_integer),
}

_ONE = """
SELECT '{name}' AS indicator, CAST({version} AS int) AS version, CAST(subject_id AS varchar) AS subject_id,
       CAST(record_id AS varchar) AS record_id, CAST(field AS varchar) AS field, CAST(start AS int) AS start,
       max(CAST("end" AS int)) AS "end", max(CAST(strength AS bigint)) AS strength, min(CAST(why AS varchar)) AS why
FROM {name} GROUP BY subject_id, record_id, field, start"""

_RANKED = """
SELECT indicator, version, subject_id, record_id, field, start, "end", strength, why,
       row_number() OVER (PARTITION BY indicator, subject_id ORDER BY record_id, field, start) AS place
FROM evidence"""

_TALLY = """
SELECT indicator, subject_id, count(*) AS rows_shown, count(DISTINCT record_id) AS records, max(strength) AS strength
FROM evidence GROUP BY indicator, subject_id"""

_SIGNALS = """
SELECT 'network' AS subject_kind, subject_id, indicator, version, strength, record_id, field, start, "end", why
FROM ranked WHERE place <= {kept}"""


_FIRST = """
SELECT indicator, subject_id, record_id, field, start, "end", why, place FROM ranked WHERE place <= {rows}"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the indicators found: `signals` as the table has them, a `tally` a network and indicator, and `ranked` rows.

    `failed` holds the indicators that broke, with the reason.
    """

    signals: Dataset
    tally: Dataset
    ranked: Dataset
    failed: Mapping[str, str]

    def first(self, engine: Engine, rows: int) -> Dataset:
        """The first `rows` rows of every indicator on every network, by record id, field and position."""
        return engine.query(_FIRST.format(rows=rows), ranked=self.ranked)


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
    evidence = engine.query(" UNION ALL ".join(_one(indicators[name]) for name in found) or _none(), **found)
    ranked = engine.query(_RANKED, evidence=evidence)
    signals = engine.query(_SIGNALS.format(kept=ROWS_KEPT), ranked=ranked)
    return Evidence(signals, engine.query(_TALLY, evidence=evidence), ranked, failed)


def ask(engine: Engine, indicator: Indicator, made: Mapping[str, Dataset]) -> Dataset:
    """The rows that one indicator gives; raises `PluginError` with its name where its query breaks its contract."""
    try:
        rows = engine.query(indicator.sql, **made)
    except OutsideError:
        raise
    except Exception as error:
        raise PluginError(
            f"the indicator {indicator.name} failed: {str(error).splitlines()[0]}", hint="its query is in its file"
        ) from error
    for column, fits in _COLUMNS.items():
        if column not in rows.schema.names or not fits(rows.schema.field(column).type):
            raise PluginError(
                f"the indicator {indicator.name} gives no fitting column {column}", hint="see Indicator.sql"
            )
    return rows


def _one(indicator: Indicator) -> str:
    return _ONE.format(name=indicator.name, version=indicator.version)


def _none() -> str:
    return (
        'SELECT indicator, version, subject_id, record_id, field, start, "end", strength, why FROM signals '
        "WHERE subject_id IS NULL"
    )

"""The stage assess: every indicator is asked, its evidence written as signals, and leads made of what adds up."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from undertow import plugins, tables
from undertow.assess import leads, tally, weights, worth
from undertow.assess.contract import Indicator, Options
from undertow.assess.evidence import STAGE, Evidence, gather
from undertow.engine.base import Engine
from undertow.events import Emit, Event, silent

FOLDER = "undertow.assess.indicators"


def run(engine: Engine, options: Options, emit: Emit = silent) -> None:
    """Writes `signals` and `leads`, and a row in `rejects` for each indicator that failed or has no weight.

    Reads what collect, extract, match and link wrote. Raises `UserError` where the weights cannot be read.
    """
    assess(engine, plugins.load(FOLDER, Indicator), options, emit)


def assess(engine: Engine, indicators: Mapping[str, Indicator], options: Options, emit: Emit = silent) -> None:
    """As `run`, with these indicators."""
    loaded = weights.load(options.weights)
    evidence = gather(engine, indicators, emit)
    engine.write("signals", evidence.signals)
    signals = engine.fetch(engine.read("signals"))  # in the order of the table
    networks = engine.fetch(engine.read("networks")).sort_by("network_id")
    counted = tally.count(signals, evidence.totals)
    known = counted.filter(pc.is_in(counted["subject_id"], networks["network_id"].combine_chunks()))
    rules = worth.rules(indicators, loaded, known, networks.num_rows)
    members = engine.fetch(engine.query("SELECT network_id, record_id FROM network_members"))
    made = leads.make(rules, worth.pairs(rules, known, networks), leads.Found(networks, members, signals))
    engine.write("leads", made)
    _reject(engine, indicators, evidence, loaded=loaded, strays=counted.num_rows - known.num_rows)
    emit(Event(STAGE, "leads", made.num_rows, made.num_rows, "leads", {"networks": networks.num_rows}))


def _reject(
    engine: Engine, indicators: Mapping[str, Indicator], evidence: Evidence, *, loaded: weights.Weights, strays: int
) -> None:
    reasons = dict(evidence.failed)
    for name in indicators:
        if name not in loaded.points:
            reasons.setdefault(name, f"the weights {loaded.version} have none for it: it is shown and adds no points")
    if strays:
        reasons["(networks)"] = f"{strays} pairs of network and indicator name no network of this run"
    if reasons:
        rows = [
            {"original_id": "", "position": n, "stage": STAGE, "reason": why, "excerpt": ""}
            for n, why in sorted(reasons.items())
        ]
        engine.write("rejects", pa.Table.from_pylist(rows, tables.TABLES["rejects"].schema))

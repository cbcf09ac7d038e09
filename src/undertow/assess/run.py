"""The stage assess: every indicator is asked, its evidence written as signals, and leads made of what adds up."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from undertow import plugins, tables
from undertow.assess import languages, leads, tally, weights, worth
from undertow.assess.contract import Indicator, Options
from undertow.assess.evidence import STAGE, gather
from undertow.engine.base import Engine
from undertow.events import Emit, Event, silent

FOLDER = "undertow.assess.indicators"


def run(engine: Engine, options: Options, emit: Emit = silent) -> None:
    """Writes `signals` and `leads`, and a row in `rejects` for each indicator that failed or has no weight.

    Reads what collect, extract, match and link wrote. Raises `UserError` where the weights cannot be read.
    """
    assess(engine, plugins.load(FOLDER, Indicator), options, emit)


@dataclass(frozen=True, slots=True)
class Tallied:
    """What every network shows, counted once: leads follow from it for any weights.

    `counted` has one row a network and indicator; `strays` counts pairs that name no network.
    """

    indicators: Mapping[str, Indicator]
    failed: Mapping[str, str]
    found: leads.Found
    counted: pa.Table
    strays: int


def assess(engine: Engine, indicators: Mapping[str, Indicator], options: Options, emit: Emit = silent) -> None:
    """As `run`, with these indicators."""
    loaded = weights.load(options.weights)
    held = tallied(engine, indicators, emit)
    made = leads_by(held, loaded)
    engine.write("leads", made)
    _reject(engine, held, loaded)
    emit(Event(STAGE, "leads", made.num_rows, made.num_rows, "leads", {"networks": held.found.networks.num_rows}))


def tallied(engine: Engine, indicators: Mapping[str, Indicator], emit: Emit = silent) -> Tallied:
    """Asks every indicator, writes `signals`, and counts."""
    evidence = gather(engine, indicators, emit)
    engine.write("signals", evidence.signals)
    signals = engine.fetch(engine.read("signals"))  # in the order of the table
    networks = languages.named(engine, engine.fetch(engine.read("networks")).sort_by("network_id"))
    counted = tally.count(signals, evidence.totals)
    known = counted.filter(pc.is_in(counted["subject_id"], networks["network_id"].combine_chunks()))
    members = engine.fetch(engine.query("SELECT network_id, record_id FROM network_members"))
    found = leads.Found(networks, members, signals)
    return Tallied(indicators, evidence.failed, found, known, counted.num_rows - known.num_rows)


def rules_by(held: Tallied, loaded: weights.Weights) -> worth.Rules:
    """What every sign is worth with these weights among these networks."""
    return worth.rules(held.indicators, loaded, held.counted, held.found.networks)


def leads_by(held: Tallied, loaded: weights.Weights) -> pa.Table:
    """The table `leads` as these weights make it.

    What is a lead rests on the points that people set; what was learned, and what is common in a language, only ranks.
    A sign that was learned away would else take along the leads whose judgement could bring it back, and one that many
    of a language write the leads about those whom it is true of.
    """
    rules, set_ = rules_by(held, loaded), worth.everywhere(rules_by(held, weights.as_published(loaded)))
    pairs, asked = (worth.pairs(one, held.counted, held.found.networks) for one in (rules, set_))
    return leads.make(rules, pairs, held.found, leads.chosen(set_, asked))


def _reject(engine: Engine, held: Tallied, loaded: weights.Weights) -> None:
    reasons = dict(held.failed)
    for name in held.indicators:
        if name not in loaded.points:
            reasons.setdefault(name, f"the weights {loaded.version} have none for it: it is shown and adds no points")
    if held.strays:
        reasons["(networks)"] = f"{held.strays} pairs of network and indicator name no network of this run"
    if reasons:
        rows = [
            {"original_id": "", "position": n, "stage": STAGE, "reason": why, "excerpt": ""}
            for n, why in sorted(reasons.items())
        ]
        engine.write("rejects", pa.Table.from_pylist(rows, tables.TABLES["rejects"].schema))

"""Judged networks of which some signs are known, for what is learned from them."""

from collections.abc import Collection, Sequence

import numpy as np
import pyarrow as pa
from tests.assess.asking import FEW

from undertow import testing
from undertow.assess import languages, leads, run, tally, weights, worth
from undertow.assess.heldout import Cases

CUES = ("debt", "document_retention", "licensed_agency", "secrecy", "threats", "upfront_fee")
"""Signs of six families; one of them speaks against."""

QUIET = 400  # networks that show nothing, among which the signs are rare


def tallied(networks: Sequence[Collection[str]]) -> run.Tallied:
    """Networks n000, n001, ... that each show these signs, in one record, and quiet ones."""
    shown = [(f"n{at:03}", name) for at, names in enumerate(networks) for name in sorted(names)]
    rows = [{"subject_id": one, "indicator": name, "record_id": "p" + one, "strength": 100} for one, name in shown]
    signals = testing.table("signals", rows)
    names = [*(f"n{at:03}" for at in range(len(networks))), *(f"q{at:03}" for at in range(QUIET))]
    held = testing.table("networks", [{"network_id": name, "records": 1} for name in names])
    found = leads.Found(
        held.append_column("language", pa.array([languages.UNCLEAR] * len(names))),
        testing.table("network_members", [{"network_id": name, "record_id": "p" + name} for name in names]),
        signals,
    )
    return run.Tallied(FEW, {}, found, tally.count(signals, pa.table({})), 0)


def cases(networks: Sequence[Collection[str]], organised: Sequence[bool]) -> Cases:
    """The networks as judged cases, with the weights that ship."""
    held = tallied(networks)
    rules = run.rules_by(held, weights.load())
    pairs = worth.pairs(rules, held.counted, held.found.networks)
    return Cases.of(rules, pairs, np.arange(len(networks)), np.array(organised))

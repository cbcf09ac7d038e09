"""Whether those who serve several networks are among the first middlemen."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow.evaluate import chance
from undertow.evaluate.contract import Figure, Found, Measure, Truth

TIMES = (1, 2, 3)


def figures(truth: Truth, found: Found) -> Iterator[Figure]:
    """Share of true brokers among the first middlemen: as many as true brokers, twice, three times that."""
    persons = sorted(set(truth.brokers["person"].to_pylist()))
    first = _first(truth, found)
    named = found.tables.whole("brokers", ["node"]).num_rows
    note = f"{named:,} middlemen are named" if persons else "the truth names no broker"
    yield from _recalls("brokers.recall", persons, first, note)
    if "spans" in truth.knows and persons:
        shown = sorted(_shown(truth))
        note = f"of {len(persons):,} true brokers {len(shown):,} give one contact in two of their networks"
        yield Figure("brokers.shown", len(shown) / len(persons), n=len(persons), note=note)
        yield from _recalls("brokers.recall_shown", shown, first, note)


def _recalls(name: str, persons: Sequence[str], first: Mapping[str, int], note: str) -> Iterator[Figure]:
    for times in TIMES:
        hits = sum(first.get(person, np.inf) <= times * len(persons) for person in persons)
        low, high = chance.wilson(hits, len(persons))
        value = hits / len(persons) if persons else None
        yield Figure(name, value, f"k={times}x", low, high, len(persons), "up", note)


def _shown(truth: Truth) -> set[str]:
    """Brokers one of whose contacts stands in the texts of two networks: whom a perfect reader could find."""
    owners = _owners(truth)
    seen: dict[tuple[str, str], set[int]] = {}
    for part in truth.spans():
        rows = part.filter(pc.is_in(part["value"], value_set=truth.brokers["value"].combine_chunks()))
        for row in rows.select(["record", "kind", "value"]).to_pylist():
            if (row["kind"], row["value"]) in owners:
                network = int(truth.network.codes[row["record"]])
                seen.setdefault((row["kind"], row["value"]), set()).add(network)
    return {person for contact, networks in seen.items() if len(networks) > 1 for person in owners[contact]}


def _owners(truth: Truth) -> Mapping[tuple[str, str], set[str]]:
    """The brokers behind every contact."""
    owners: dict[tuple[str, str], set[str]] = {}
    for row in truth.brokers.to_pylist():
        owners.setdefault((row["kind"], row["value"]), set()).add(row["person"])
    return owners


def _first(truth: Truth, found: Found) -> dict[str, int]:
    """The rank, from 1, of the first middleman that is each person: a selector or a record of theirs."""
    ranked = _ranked(found)
    owners = _owners(truth)
    behind: dict[int, str] = {row["record"]: row["person"] for row in truth.broker_records.to_pylist()}
    records = truth.places.find(ranked["node"])
    first: dict[str, int] = {}
    rows = zip(ranked["node_kind"].to_pylist(), ranked["node"].to_pylist(), records.tolist(), strict=True)
    for rank, (kind, node, record) in enumerate(rows, 1):
        for person in owners.get((kind, node), set()) | ({behind[record]} if record in behind else set()):
            first.setdefault(person, rank)
    return first


def _ranked(found: Found) -> pa.Table:
    """Every middleman once, by the most reach in one network, then by the most pairs of records that would not meet."""
    rows = found.tables.whole("brokers", ["node_kind", "node", "reach", "score"])
    best = rows.group_by(["node_kind", "node"]).aggregate([("reach", "max"), ("score", "max")])
    order = [
        ("reach_max", "descending"),
        ("score_max", "descending"),
        ("node_kind", "ascending"),
        ("node", "ascending"),
    ]
    return best.take(pc.sort_indices(best, sort_keys=order))


MEASURE = Measure(
    name="brokers",
    version=3,
    order=40,
    title="Middlemen",
    says=(
        "A broker is found where a selector or a record of theirs is among the first k middlemen. These are ranked as "
        "`link` ranks them, by their reach and then by the pairs of records that would no longer meet without them, "
        "each once, by its best network; k is 1, 2 and 3 times the number of true brokers. `shown` is the share "
        "of whom one contact stands in the texts of two networks: no one can tell the others from a member of the one "
        "that they are seen in, or they are never seen. `recall_shown` is over those."
    ),
    needs=("brokers",),
    asks=("brokers",),
    figures=figures,
)

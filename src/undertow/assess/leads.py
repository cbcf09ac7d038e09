"""Makes leads: the networks that show enough, with every term of the sum and where to see it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from undertow import ids, tables
from undertow.assess import calibrate, score
from undertow.assess.evidence import ROWS_KEPT
from undertow.assess.languages import WHOLE
from undertow.assess.worth import Flags, Numbers, Pairs, Rules, likely, numbers

EXAMPLES = 3  # rows told in full in each reason

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What leads are made of: networks sorted by id with their language, their members, and the table of signals."""

    networks: pa.Table
    members: pa.Table
    signals: pa.Table


@dataclass(frozen=True, slots=True)
class Subject:
    """A network that becomes a lead; signs and examples by the number of their indicator."""

    network: Row
    records: Sequence[str]
    signs: Mapping[int, score.Sign]
    examples: Mapping[int, Sequence[Row]]


def chosen(rules: Rules, held: Pairs) -> Numbers:
    """The networks that show enough of independent families to be leads."""
    may = likely(rules, held)
    return may[[score.is_lead(_reasons(one), rules.weights) for one in counted(rules, held, may)]]


def counted(rules: Rules, held: Pairs, networks: Numbers) -> Iterator[list[score.Counted]]:
    """What the signs of each of these networks add."""
    bounds = zip(*(np.searchsorted(held.network, networks, side).tolist() for side in ("left", "right")), strict=True)
    columns = (held.indicator, held.rows, held.records, held.strength, held.worth)
    for first, last in bounds:
        rows = zip(*(column[first:last].tolist() for column in columns), strict=True)
        yield score.count([score.Sign(rules.indicators[number], *about) for number, *about in rows], rules.weights)


def _reasons(counted: Sequence[score.Counted]) -> list[score.Counted]:
    return [one for one in counted if one.sign.indicator.speaks_for == "organised_risk"]


def make(rules: Rules, held: Pairs, found: Found, networks: Numbers) -> pa.Table:
    """The table `leads` about these networks (see `chosen`), the highest score first, then by id."""
    made = [_lead(rules, one) for one in _subjects(rules, held, found, networks)]
    made.sort(key=lambda lead: (-lead["score"], lead["lead_id"]))
    schema = tables.TABLES["leads"].schema
    return pa.table({field.name: pa.array([lead[field.name] for lead in made], field.type) for field in schema}, schema)


def _subjects(rules: Rules, held: Pairs, found: Found, chosen: Numbers) -> Iterator[Subject]:
    records, record_bounds = _records(found, chosen)
    wanted = np.isin(held.network, chosen)
    examples, example_bounds = _examples(held, found.signals, wanted)
    columns = (held.indicator, held.rows, held.records, held.strength, held.worth)
    pairs = list(zip(*(column[wanted].tolist() for column in columns), strict=True))
    bounds = np.append(np.searchsorted(held.network[wanted], chosen), len(pairs)).tolist()
    for place, network in enumerate(found.networks.take(pa.array(chosen)).to_pylist()):
        numbered = range(bounds[place], bounds[place + 1])
        yield Subject(
            network,
            sorted(records[record_bounds[place] : record_bounds[place + 1]]),
            {pairs[at][0]: score.Sign(rules.indicators[pairs[at][0]], *pairs[at][1:]) for at in numbered},
            {pairs[at][0]: examples[example_bounds[at] : example_bounds[at + 1]] for at in numbered},
        )


def _records(found: Found, chosen: Numbers) -> tuple[list[str], list[int]]:
    """The records of the chosen networks, together, and where those of each begin and end."""
    names = found.networks["network_id"].take(pa.array(chosen))
    place = numbers(pc.index_in(found.members["network_id"], names))
    order = np.argsort(place, kind="stable")
    order = order[np.searchsorted(place[order], 0) :]
    return (
        found.members["record_id"].take(pa.array(order)).to_pylist(),
        np.searchsorted(place[order], np.arange(len(names) + 1)).tolist(),
    )


def _examples(held: Pairs, signals: pa.Table, wanted: Flags) -> tuple[list[Row], list[int]]:
    """The first signals of every wanted pair, together, and where those of each begin and end."""
    sizes = np.minimum(held.kept[wanted], EXAMPLES)
    bounds = np.append(0, np.cumsum(sizes))
    rows = np.repeat(held.first[wanted] - bounds[:-1], sizes) + np.arange(bounds[-1])
    told = signals.select(["record_id", "field", "start", "end", "why"]).take(pa.array(rows))
    return told.to_pylist(), bounds.tolist()


def _lead(rules: Rules, subject: Subject) -> Row:
    counted = score.count(list(subject.signs.values()), rules.weights)
    reasons = _reasons(counted)
    against = [one for one in counted if one.sign.indicator.speaks_for not in ("organised_risk", "")]
    by_class = score.by_class(counted)
    total = score.total(by_class)
    network = subject.network
    band = score.band(total, rules.weights)
    return {
        "lead_id": "l" + network["network_id"][1:],
        "network_id": network["network_id"],
        "score": total,
        "band": band,
        "chance": calibrate.chance(total, rules.weights),
        **score.dimensions(reasons),
        **score.classes(by_class, rules.weights),
        "records": network["records"],
        "first_seen": network["first_seen"],
        "last_seen": network["last_seen"],
        "reasons": _told(rules, subject, reasons),
        "against": _told(rules, subject, against),
        "weights": rules.weights.version,
        "digest": _digest(band, subject),
    }


def _digest(band: str, subject: Subject) -> str:
    """Changes with the band, the signs and their evidence, and the records; not with the points.

    Points drift a little whenever base rates do, and a lead whose evidence is the same is not news.
    """
    signs = (
        f"{one.indicator.name} {one.indicator.version} {one.strength} {one.records} {one.rows}"
        for one in subject.signs.values()
    )
    return ids.digest(band, *signs, ids.digest(*subject.records))


def _told(rules: Rules, subject: Subject, counted: Sequence[score.Counted]) -> str:
    numbered = {sign.indicator.name: number for number, sign in subject.signs.items()}
    told = [_reason(rules, subject, one, numbered[one.sign.indicator.name]) for one in counted]
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


def _reason(rules: Rules, subject: Subject, counted: score.Counted, number: int) -> Row:
    sign = counted.sign
    examples = subject.examples[number]
    return rules.about[number] | {
        "why": examples[0]["why"],
        "points": counted.points,
        "raw": sign.worth,
        "strength": sign.strength,
        "records": sign.records,
        "rows": sign.rows,
        "shown": min(sign.rows, ROWS_KEPT),
        "examples": examples,
        **_here(rules, subject, number),
    }


def _here(rules: Rules, subject: Subject, number: int) -> Row:
    """Where the network's language changes what a sign counts: the language, and how common the sign is in it."""
    at = rules.spoken.names.index(subject.network["language"])
    if rules.spoken.parts[at, number] == WHOLE:
        return {}
    return {"language": rules.spoken.names[at], "language_rate": round(float(rules.spoken.shares[at, number]), 4)}

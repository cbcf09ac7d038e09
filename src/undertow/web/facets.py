"""What leads can be chosen by: where, when, in which language, which sign, which class, how large, in which state.

Sites, places and languages stand in no address: their keyed digest does.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from undertow.share import gather
from undertow.share.contract import CLASSES, Lead
from undertow.share.words import day, word
from undertow.web.desk import Desk

SEALED = ("site", "place", "language")
NAMES = (*SEALED, "indicator", "speaks", "class", "size")
DAYS = ("since", "until")
STATES = ("new", "changed", "open", "confirmed", "rejected")
KEYS = ("band", *NAMES, *DAYS, "status")
SIZES = {"2-9": (0, 10), "10-49": (10, 50), "50-499": (50, 500), "500-": (500, 10**12)}  # records
MOST_OPTIONS = 300  # of one facet

_SITES = """
SELECT n.network_id, p.site AS value FROM leads AS l
JOIN network_members AS n ON n.network_id = l.network_id JOIN posts AS p ON p.post_id = n.record_id
WHERE p.site <> '' GROUP BY n.network_id, p.site"""

_MENTIONED = """
SELECT n.network_id, m.kind, m.value FROM leads AS l
JOIN network_members AS n ON n.network_id = l.network_id JOIN mentions AS m ON m.record_id = n.record_id
WHERE m.kind IN ('place', 'language') AND m.confidence >= 0.5 GROUP BY n.network_id, m.kind, m.value"""

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A lead with its rank and, by facet, its values."""

    lead: Lead
    rank: int
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose: its key in the address, what it is called, and how many leads have it."""

    key: str
    says: str
    leads: int


@dataclass(slots=True)
class Leads:
    """All leads by rank, and what they can be chosen by."""

    rows: Sequence[Ranked]
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)


def leads(desk: Desk) -> Leads:
    """The current leads, made once a run."""
    return desk.reader.kept("facets", lambda: _leads(desk))


def asked(query: Mapping[str, str]) -> dict[str, str]:
    """What of an address chooses leads, without what is empty or no day."""
    found = {name: query.get(name, "")[:80] for name in KEYS}
    return {name: value for name, value in found.items() if value and (name not in DAYS or _day(value))}


def address(query: Query, **more: object) -> str:
    """The same as an address."""
    told = urlencode({**query, **{name: value for name, value in more.items() if value}})
    return f"/?{told}" if told else "/"


def chosen(rows: Sequence[Ranked], query: Query, state: Callable[[Lead], set[str]]) -> list[Ranked]:
    """The leads that have all that is asked; `state` gives what is new of a lead and how it was judged."""
    wanted = {name: query[name] for name in NAMES if name in query}
    since, until = query.get("since", ""), query.get("until", "9999")
    return [
        row
        for row in rows
        if all(value in row.values[name] for name, value in wanted.items())
        and ("band" not in query or row.lead.band == query["band"])
        and (day(row.lead.last_seen) or "9999") >= since
        and day(row.lead.first_seen) <= until
        and ("status" not in query or query["status"] in state(row.lead))
    ]


def _leads(desk: Desk) -> Leads:
    found = desk.reader.whole("leads").sort_by([("score", "descending"), ("lead_id", "ascending")]).to_pylist()
    held: dict[str, dict[str, set[str]]] = {name: {} for name in SEALED}
    called: dict[str, dict[str, str]] = {name: {} for name in NAMES}
    for name, network, value in _mentioned(desk) if found else ():
        key = desk.sealed(f"{name} {value}")[:12]
        called[name][key] = value
        held[name].setdefault(network, set()).add(key)
    rows = []
    for rank, row in enumerate(found, 1):
        lead = gather.lead(row, {})
        values = {name: frozenset(held[name].get(lead.network_id, ())) for name in SEALED} | _own(lead)
        called["indicator"] |= {one.indicator: one.says for one in (*lead.reasons, *lead.against)}
        rows.append(Ranked(lead, rank, values))
    called["class"] = {name: word("class", name) for name in CLASSES}
    called["speaks"] = {name: word("palermo", name) for name in ("act", "means", "purpose")}
    called["size"] = {name: name for name in SIZES}
    return Leads(rows, {name: _choices(name, rows, called[name]) for name in NAMES})


def _mentioned(desk: Desk) -> list[tuple[str, str, str]]:
    sites = desk.workspace.ask(_SITES).to_pylist()
    others = desk.workspace.ask(_MENTIONED).to_pylist()
    made = [("site", row["network_id"], row["value"]) for row in sites]
    return made + [(row["kind"], row["network_id"], row["value"]) for row in others]


def _own(lead: Lead) -> dict[str, frozenset[str]]:
    likeliest = max(CLASSES, key=lambda name: lead.classes.get(name, 0))
    return {
        "indicator": frozenset(one.indicator for one in (*lead.reasons, *lead.against)),
        "speaks": frozenset(name for name, points in lead.speaks_to.items() if points),
        "class": frozenset([likeliest]),
        "size": frozenset(name for name, (least, above) in SIZES.items() if least <= lead.records < above),
    }


def _choices(name: str, rows: Sequence[Ranked], called: Mapping[str, str]) -> list[Choice]:
    count = Counter(key for row in rows for key in row.values[name])
    if name in ("class", "size", "speaks"):
        order: Sequence[str] = [key for key in called if count[key]]
    else:
        order = sorted(count, key=lambda key: (-count[key], called[key]))[:MOST_OPTIONS]
    return [Choice(key, called[key], count[key]) for key in order]


def _day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def facts(found: Leads, query: Query) -> dict[str, Any]:
    """What the form of filters shows."""
    return {"choices": found.choices, "query": query, "states": STATES}

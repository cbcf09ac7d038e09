"""Fills a lead's page from the tables: what is shown is bounded, and what is left out is counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from undertow.errors import UserError
from undertow.share import reasons, redact
from undertow.share.contract import (
    CLASSES,
    Broker,
    Hub,
    Lead,
    LeadPage,
    Original,
    Place,
    Point,
    Record,
    Step,
    Template,
    Tie,
)
from undertow.share.records import Tables, originals, records, rows, when_and_where, where
from undertow.share.templates_of import templates
from undertow.tables import MASKED

MOST_STEPS = 12
MOST_PLACES = 30
MOST_BROKERS = 10
MOST_HUBS = 10
SURE = 0.5  # a place less sure than this is counted for no network either


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a lead is shown: records (those that reasons point at come on top) and templates."""

    records: int
    templates: int


FULL, BRIEF, POINTED = Size(60, 5), Size(12, 2), Size(60, 0)

COUNTS = ("accounts", "sites", "places", "selectors", "templates", "weakest")


def leads(tables: Tables) -> list[Lead]:
    """All leads, the first to open first."""
    networks = {row["network_id"]: row for row in rows(tables["networks"])}
    made = (lead(row, networks.get(row["network_id"], {})) for row in rows(tables["leads"]))
    return sorted(made, key=lambda item: (-item.score, item.lead_id))


def find(tables: Tables, lead_id: str) -> Lead:
    """The lead with this id, or with this network's id."""
    found = [item for item in leads(tables) if lead_id in (item.lead_id, item.network_id)]
    if not found:
        raise UserError(f"there is no lead {lead_id}", hint="`undertow leads` lists them with their ids")
    return found[0]


def lead(row: Mapping[str, Any], network: Mapping[str, Any]) -> Lead:
    """A lead from its row and its network's."""
    return Lead(
        lead_id=row["lead_id"],
        network_id=row["network_id"],
        score=row["score"],
        band=row["band"],
        records=row["records"],
        weights=row["weights"],
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        speaks_to={name: row[name] or 0 for name in ("act", "means", "purpose")},
        classes={name: row[name] or 0 for name in CLASSES},
        reasons=reasons.read(row["reasons"]),
        against=reasons.read(row["against"]),
        **{name: int(network[name] or 0) for name in COUNTS if name in network},
    )


def page(
    tables: Tables,
    of: Lead,
    *,
    size: Size,
    points: Mapping[str, Point] | None = None,
    masked: bool = False,
    known_values: Iterable[str] = (),
) -> LeadPage:
    """A lead with everything that shows why; `points` tells where a place is, by its geonameid.

    `known_values` are masked wherever they stand, beside all that the tables tell of.
    """
    members = rows(where(tables["network_members"], "network_id", [of.network_id]))
    ids = sorted(row["record_id"] for row in members)
    known = originals(tables)
    shown, more = _shown(tables, ids, of, known, size.records)
    mentions = rows(where(tables["mentions"], "record_id", ids))
    found, more_templates = templates(tables, ids, known, size.templates)
    seen = list(when_and_where(tables, ids))
    ties, hubs = _ties(tables, ids, members)
    whole = LeadPage(
        lead=of,
        families=reasons.families(of.reasons),
        records=shown,
        more_records=more,
        spans=_marks(mentions, _seen(shown, found)),
        templates=found,
        more_templates=more_templates,
        ties=ties,
        dates=tuple(sorted((at, site, name) for name, at, site in seen if at is not None)),
        undated=sum(at is None for _, at, _ in seen),
        places=_places(mentions, points or {}),
        brokers=_brokers(tables, of.network_id),
        steps=_steps(members),
        hubs=hubs,
    )
    return redact.page(whole, telling(mentions), known_values) if masked else whole


def cited(of: Lead) -> list[str]:
    """The records that reasons point at, in their order."""
    found = dict.fromkeys(span.record_id for reason in (*of.reasons, *of.against) for span in reason.examples)
    return [name for name in found if name]


def _shown(
    tables: Tables, ids: Sequence[str], of: Lead, known: Mapping[str, Original], most: int
) -> tuple[tuple[Record, ...], int]:
    """The records that reasons point at, then the earliest others; and how many more there are."""
    pointed = cited(of)
    first = pointed[: FULL.records]
    seen = sorted((at is None, at, name) for name, at, _ in when_and_where(tables, ids) if name not in pointed)
    rest = [name for *_, name in seen][: max(0, most - len(first))]
    found = records(tables, [*first, *rest], known)
    shown = tuple(found[name] for name in [*first, *rest] if name in found)
    return shown, max(0, len(set(ids) - found.keys()))


def _seen(shown: Iterable[Record], cuts: Iterable[Template]) -> set[str]:
    return {record.record_id for record in shown} | {row.record.record_id for cut in cuts for row in cut.rows}


def _marks(mentions: Iterable[Mapping[str, Any]], shown: set[str]) -> dict[str, list[tuple[str, int, int, str]]]:
    marks: dict[str, list[tuple[str, int, int, str]]] = {}
    for row in mentions:
        if row["record_id"] in shown and row["end"] > row["start"]:
            marks.setdefault(row["record_id"], []).append((row["field"], row["start"], row["end"], row["kind"]))
    return {name: sorted(marks[name]) for name in sorted(marks)}


def telling(mentions: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Where each field of each record tells who somebody is."""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in mentions:
        if row["kind"] in MASKED:
            spans.setdefault((row["record_id"], row["field"]), []).append((row["start"], row["end"]))
    return spans


def _ties(
    tables: Tables, ids: Sequence[str], members: Iterable[Mapping[str, Any]]
) -> tuple[tuple[Tie, ...], tuple[Hub, ...]]:
    """What the records share, and the hubs among it; where no ties are given, the steps that joined the network."""
    found = rows(where(tables["ties"], "record_id", ids))
    held = {Tie(row["record_id"], row["via_kind"], row["via"], row["weight"]) for row in found if not row["capped"]}
    for row in () if found else members:
        if row["via"]:
            ends = (row["record_id"], row["from_record"])
            held |= {Tie(end, row["via_kind"], row["via"], row["weight"]) for end in ends if end}
    here = Counter((row["via_kind"], row["via"]) for row in found if row["capped"])
    hubs = [
        Hub(row["via_kind"], row["via"], row["records"], row["why"], here[row["via_kind"], row["via"]])
        for row in rows(where(tables["hubs"], "via", [via for _, via in here]))
        if (row["via_kind"], row["via"]) in here
    ]
    order = sorted(held, key=lambda tie: (tie.kind, tie.via, tie.record_id, tie.weight))
    return tuple(order), tuple(sorted(hubs, key=lambda hub: (-hub.here, hub.kind, hub.via))[:MOST_HUBS])


def _places(mentions: Iterable[Mapping[str, Any]], points: Mapping[str, Point]) -> tuple[Place, ...]:
    sure = [row for row in mentions if row["kind"] == "place" and row["confidence"] >= SURE]
    count = Counter(value for value, _ in {(row["value"], row["record_id"]) for row in sure})
    likeliest = {row["value"]: row["detail"].partition(":")[0] for row in sure}  # detail: geonameid:share ...
    order = sorted(count.items(), key=lambda item: (-item[1], item[0]))[:MOST_PLACES]
    return tuple(Place(value, many, points.get(likeliest[value])) for value, many in order)


def _brokers(tables: Tables, network_id: str) -> tuple[Broker, ...]:
    found = rows(where(tables["brokers"], "network_id", [network_id]))
    found.sort(key=lambda row: (-row["reach"], -row["score"], row["node_kind"], row["node"]))
    return tuple(
        Broker(row["node_kind"], row["node"], row["score"], row["parts"], row["largest_part"], row["apart"])
        for row in found[:MOST_BROKERS]
    )


def _steps(members: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The weakest steps first: where the network would come apart if one were wrong."""
    made = (
        Step(row["record_id"], row["from_record"], row["via_kind"], row["via"], row["weight"], row["why"])
        for row in members
        if row["from_record"]
    )
    return tuple(sorted(made, key=lambda step: (step.weight, step.record_id))[:MOST_STEPS])

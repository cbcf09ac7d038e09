"""Brings together what a report shows: an overview of all leads, or one lead, from tables that the caller can read."""

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa

from undertow.share import gather, redact
from undertow.share.contract import Lead, LeadPage, Point, Provenance, Report, Sign
from undertow.share.overview import overview
from undertow.share.records import Tables, key_of, where
from undertow.tables import RECORDS, empty

Whole = Callable[[str], pa.Table]
"""All rows of the table of that name."""

Part = Callable[[str, str, Sequence[str]], pa.Table]
"""The rows of a table whose column is one of the values: (table, column, values)."""

NOWHERE: Mapping[str, Point] = {}
UNTOLD: Mapping[str, Sign] = {}


def lead_report(
    whole: Whole,
    part: Part,
    lead_id: str,
    *,
    provenance: Provenance,
    points: Mapping[str, Point] = NOWHERE,
    masked: bool = False,
) -> Report:
    """The report on one lead, named by its id or its network's; raises `UserError` where there is none."""
    of = gather.find(_head(whole, part), lead_id)
    page = gather.page(_narrow(whole, part, of), of, size=gather.FULL, points=points, masked=masked)
    return Report(provenance, (page,), redacted=masked)


def lead_in_short(
    whole: Whole, part: Part, lead_id: str, *, masked: bool = False, known_values: Sequence[str] = ()
) -> LeadPage:
    """A lead with the records that its reasons point at and no others: as quick for a large network as for a small."""
    of = gather.find(_head(whole, part), lead_id)
    tables = _narrow(whole, part, of, part("network_members", "record_id", gather.cited(of)))
    return gather.page(tables, of, size=gather.POINTED, masked=masked, known_values=known_values)


def leads_report(
    whole: Whole,
    part: Part,
    *,
    provenance: Provenance,
    top: int = 10,
    note: str = "",
    points: Mapping[str, Point] = NOWHERE,
    signs: Mapping[str, Sign] = UNTOLD,
    masked: bool = False,
) -> Report:
    """The report on all leads: what they rest on, and a section on each of the first `top`.

    `note` stands beside the figures and says what they mean or how they were tested, in plain words. `signs` tells of
    indicators by name, also of those that no lead shows; `points` where a place is, by its geonameid.
    """
    all_leads = gather.leads(_head(whole, part))
    pages = tuple(
        gather.page(_narrow(whole, part, of), of, size=gather.BRIEF, points=points, masked=masked)
        for of in all_leads[: max(0, top)]
    )
    summary = overview(whole, all_leads, signs)
    return Report(provenance, pages, redact.overview(summary) if masked else summary, note, masked)


def readers(tables: Tables) -> tuple[Whole, Part]:
    """The two ways to read, over tables held in memory; one that is not among them has no rows."""

    def whole(name: str) -> pa.Table:
        return tables[name] if name in tables else empty(name)

    def part(name: str, column: str, values: Sequence[str]) -> pa.Table:
        return where(whole(name), column, values)

    return whole, part


def _head(whole: Whole, part: Part) -> Tables:
    leads = whole("leads")
    return {"leads": leads, "networks": part("networks", "network_id", leads["network_id"].to_pylist())}


def _narrow(whole: Whole, part: Part, of: Lead, members: pa.Table | None = None) -> Tables:
    """The rows of every table that concern one lead, or only those of its records that are in `members`."""
    members = part("network_members", "network_id", [of.network_id]) if members is None else members
    ids = members["record_id"].to_pylist()
    cut = part("template_posts", "post_id", ids)
    ties = part("ties", "record_id", ids)
    return {
        **{kind: part(kind, key_of(kind), _of_kind(ids, letter)) for kind, letter in RECORDS.items()},
        "network_members": members,
        "ties": ties,
        "template_posts": cut,
        "originals": whole("originals"),
        "brokers": part("brokers", "network_id", [of.network_id]),
        "mentions": part("mentions", "record_id", ids),
        "templates": part("templates", "template_id", cut["template_id"].unique().to_pylist()),
        "hubs": part("hubs", "via", ties.filter(ties["capped"])["via"].unique().to_pylist()),
    }


def _of_kind(ids: Sequence[str], letter: str) -> list[str]:
    return [name for name in ids if name.startswith(letter)]

"""All leads in short and what they rest on: files, rejects, how common each sign is, what was set aside or assumed."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from undertow.share.contract import Hub, Lead, Overview, Rate, Sign
from undertow.share.records import originals, rows

MOST_LEADS = 50
MOST_HUBS = 25
MOST_REASONS = 20


def overview(whole: Callable[[str], pa.Table], leads: Sequence[Lead], signs: Mapping[str, Sign]) -> Overview:
    """The overview of these leads over the tables that `whole` reads: none of them holds records."""
    files = originals({"originals": whole("originals")})
    networks = whole("networks").num_rows
    hubs = whole("hubs").sort_by([("records", "descending"), ("via_kind", "ascending"), ("via", "ascending")])
    return Overview(
        leads=tuple(leads[:MOST_LEADS]),
        more_leads=max(0, len(leads) - MOST_LEADS),
        rates=tuple(_rates(whole("signals"), networks, leads, signs)),
        originals=tuple(sorted(files.values(), key=lambda file: (file.name, file.original_id))),
        counts={
            "files": len(files),
            "records": sum(file.rows for file in files.values()),
            "rejects": whole("rejects").num_rows,
            "networks": networks,
            "leads": len(leads),
        },
        rejects=_rejects(whole("rejects")),
        hubs=tuple(Hub(row["via_kind"], row["via"], row["records"], row["why"]) for row in rows(hubs[:MOST_HUBS])),
        more_hubs=max(0, hubs.num_rows - MOST_HUBS),
        assumed=tuple(_assumed(whole("originals"))),
    )


def _rates(signals: pa.Table, networks: int, leads: Iterable[Lead], signs: Mapping[str, Sign]) -> Iterator[Rate]:
    """How many of all networks show each indicator, the most common first; leads tell of those not in `signs`."""
    told: dict[str, Sign] = {reason.indicator: reason for lead in leads for reason in (*lead.reasons, *lead.against)}
    told |= signs
    pairs = signals.select(["indicator", "subject_id"]).group_by(["indicator", "subject_id"]).aggregate([])
    count = Counter(pairs["indicator"].to_pylist())
    for name, subjects in sorted(count.items(), key=lambda item: (-item[1], item[0])):
        reason = told.get(name)
        says = reason.says if reason else name.replace("_", " ")
        share = subjects / networks if networks else 0.0
        yield Rate(name, says, reason.grade if reason else "", reason.source if reason else "", subjects, share)


def _rejects(table: pa.Table) -> dict[str, int]:
    """Rejects by stage and reason, the most frequent first; the long tail as one line."""
    count = Counter(f"{row['stage']}: {row['reason']}" for row in rows(table.select(["stage", "reason"])))
    order = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(many for _, many in order[MOST_REASONS:])
    return dict(order[:MOST_REASONS]) | ({"other reasons": rest} if rest else {})


def _assumed(table: pa.Table) -> Iterator[tuple[str, str]]:
    for row in rows(table.sort_by([("name", "ascending"), ("original_id", "ascending")])):
        for text in _texts(row["mapping"]):
            yield row["name"], text


def _texts(mapping: str | None) -> list[str]:
    """How a file was read: for each part of it which column became which field, then every note of an assumption."""
    try:
        found = json.loads(mapping or "[]")
    except ValueError:
        return []
    parts = [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []
    return [text for part in parts for text in (_columns(part), *_notes(part)) if text]


def _columns(part: Mapping[str, Any]) -> str:
    fields = part.get("fields")
    if not isinstance(fields, dict):
        return ""
    where = f" in {part['part']}" if part.get("part") else ""
    read = ", ".join(f"{column} as {field}" for field, column in sorted(fields.items()) if column != field)
    return f"read{where}: {read}" if read else ""


def _notes(part: Mapping[str, Any]) -> list[str]:
    notes = part.get("notes")
    return [str(note) for note in notes] if isinstance(notes, list) else []

"""The door to hash lists: files become versions of a list, people switch them on, and answers go back to the source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa

from undertow import relisting, tables
from undertow.collect import originals
from undertow.errors import UserError
from undertow.match import lists, reading_lists
from undertow.match.chance import Rate
from undertow.review import hashlists
from undertow.review.hashlists import HIT, LIST, HashList
from undertow.review.store import Judgement
from undertow.runs import running

if TYPE_CHECKING:
    from undertow.workspace import Workspace

SAMPLE = 2000  # of the user's pictures, the first by id: a list is measured on so many

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says with the files of a list; `distance` None keeps what the list had."""

    because: str
    source: str = ""
    format: str = ""
    algorithm: str = ""
    harmless: bool = False
    distance: int | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A version that was added: how many hashes of each kind it holds, and what was left out, by reason."""

    list_id: str
    version: str
    kept: Mapping[str, int]
    left_out: Mapping[str, int]
    formats: Sequence[str]


def add(workspace: "Workspace", list_id: str, paths: Sequence[Path], said: Said) -> Added:
    """Keeps the files under their hash and reads them, in this order, as a new version, which is not switched on.

    Raises `UserError` where a file is no hash list, or holds nothing that can be compared.
    """
    known = hashlists.listed(workspace.decisions).get(hashlists.check_name(list_id))
    distance = _distance(said.distance if said.distance is not None else known.distance if known else None)
    _reason("add a list", said.because)
    if not paths:
        raise UserError("no file was named", hint="`undertow lists add NAME FILES...`")
    with running(workspace.root, "collect") as run, workspace.engine_of(run) as engine:
        files = [_kept(workspace, path) for path in paths]
        version = f"{len(known.versions) + 1 if known else 1}-{files[-1].original_id[:12]}"
        asked = reading_lists.Version(list_id, version, run.started, said.format, said.algorithm)
        found = relisting.written(workspace, run, engine, (asked, files), relisting.From(said.source, said.who))
        formats = [one.name for one in found.formats]
        details = {
            "version": version,
            "files": " ".join(file.original_id for file in files),
            "names": orjson.dumps([file.name for file in files]).decode(),
            "formats": " ".join(formats),
            "algorithm": said.algorithm,
            "entries": str(sum(found.kept.values())),
            "source": said.source,
            "harmless": "yes" if said.harmless or (known and known.harmless) else "no",
            "distance": str(distance),
        }
        # before its rows are current: `relisting` makes rows for a decision, and nothing a decision for rows
        workspace.decisions.judge("add list", LIST, list_id, because=said.because, who=said.who, details=details)
    return Added(list_id, version, found.kept, found.left_out, formats)


def measure(workspace: "Workspace", list_id: str, *, who: str = "", distance: int | None = None) -> Rate:
    """Measures the newest version on the user's own pictures, and keeps the figures as a decision.

    Raises `UserError` where no picture has a hash.
    """
    known = hashlists.one_list(workspace.decisions, list_id)
    relisting.restore(workspace, list_id)
    bits = _distance(known.distance if distance is None else distance)
    terms = _terms(known, known.newest.name, 0.0, datetime.now(UTC), bits)
    with workspace.reading() as engine:
        asked = lists.asked(engine)
        some = set(sorted({one.picture_id for one in asked})[:SAMPLE])
        if not some:
            hint = "collect pictures, or a list of them with a column pdq or sha256, first"
            raise UserError("there is no picture with a hash to measure on", hint=hint)
        found = lists.measure(lists.opened(engine, terms), [one for one in asked if one.picture_id in some])
    details = {
        "version": terms.list_version,
        "pictures": str(found.pictures),
        "hits": str(found.hits),
        "near": str(found.near),
        "expected": repr(found.expected),
        "distance": str(terms.distance),
    }
    because = f"measured on {found.pictures:,} pictures of this workspace"
    workspace.decisions.judge("measure list", LIST, list_id, because=because, who=who, details=details)
    return found


def enable(
    workspace: "Workspace", list_id: str, *, because: str, expect: float | None = None, who: str = ""
) -> Judgement:
    """Switches the newest version on; `expect` is hits a picture where a person knows better than was measured.

    Raises `UserError` where that version was not measured, was retracted, or the list has expired.
    """
    known = hashlists.one_list(workspace.decisions, list_id)
    version = known.newest.name
    if version in known.retracted:
        raise UserError(f"version {version} of {list_id} was retracted", hint="add a new version")
    if known.expires and datetime.now(UTC) >= hashlists.ends(known.expires):
        raise UserError(f"{list_id} expired on {known.expires}", hint="`undertow lists expire` sets another day")
    if version not in known.measured:
        hint = f"`undertow lists measure {list_id}` finds how many hits are to be expected"
        raise UserError(f"version {version} of {list_id} was not measured", hint=hint)
    if expect is not None and not 0 <= expect <= 1:
        raise UserError(f"{expect} is no rate", hint="write hits a picture, from 0 to 1")
    details = {
        "version": version,
        "distance": str(known.measured[version].distance),
        "expected": "" if expect is None else repr(expect),
    }
    return workspace.decisions.judge("enable list", LIST, list_id, because=because, who=who, details=details)


def disable(workspace: "Workspace", list_id: str, *, because: str, who: str = "") -> Judgement:
    """Switches a list off; it can be switched on again."""
    hashlists.one_list(workspace.decisions, list_id)
    return workspace.decisions.judge("disable list", LIST, list_id, because=because, who=who)


def expire(workspace: "Workspace", list_id: str, day: date | None, *, because: str, who: str = "") -> Judgement:
    """From the end of `day` (UTC) on, the list is compared no more; None takes an earlier day back."""
    hashlists.one_list(workspace.decisions, list_id)
    details = {"day": day.isoformat() if day else ""}
    return workspace.decisions.judge("expire list", LIST, list_id, because=because, who=who, details=details)


def retract(workspace: "Workspace", list_id: str, *, because: str, version: str = "", who: str = "") -> Judgement:
    """Takes a version back, or all: it can never be switched on again, and its hits go with the next run."""
    known = hashlists.one_list(workspace.decisions, list_id)
    names = [one.name for one in known.versions]
    if version and version not in names:
        raise UserError(f"{list_id} has no version {version}", hint="there are " + ", ".join(names))
    details = {"versions": version or " ".join(names)}
    return workspace.decisions.judge("retract list", LIST, list_id, because=because, who=who, details=details)


def answer(
    workspace: "Workspace", hit_id: str, said: str, *, viewed: bool | None, because: str, who: str = ""
) -> Judgement:
    """Keeps what a person says of one hit (confirm, reject, undo), and whether they viewed that file.

    Raises `UserError` where it is not said whether the file was viewed: a report may not guess that.
    """
    rows = [row for row in workspace.table("list_hits").to_pylist() if row["hit_id"] == hit_id]
    if not rows:
        raise UserError(f"no hit {hit_id}", hint="`undertow lists hits` lists them")
    if viewed is None and said != "undo":
        raise UserError("say whether you viewed this file", hint="add --viewed yes or --viewed no: it is kept as said")
    details = {"list": rows[0]["list_id"], "entry": rows[0]["entry_id"], "version": rows[0]["list_version"]}
    details |= {"picture": rows[0]["picture_id"]} | ({"viewed": "yes" if viewed else "no"} if said != "undo" else {})
    return workspace.decisions.judge(said, HIT, hit_id, because=because, who=who, details=details)


def overview(workspace: "Workspace") -> list[Row]:
    """A row a list: what stands, what was measured, and how often people found its hits right."""
    now, answered = datetime.now(UTC), list(hashlists.answers(workspace.decisions).values())
    rows = []
    for one in hashlists.listed(workspace.decisions).values():
        right = hashlists.precision([said for said in answered if said.list_id == one.list_id])
        measured = one.measured.get(one.newest.name)
        rows.append(
            {
                "list": one.list_id,
                "state": one.state(now),
                "harmless": one.harmless,
                "newest": one.newest.name,
                "enabled": one.enabled,
                "entries": one.newest.entries,
                "distance": one.distance,
                "expires": one.expires.isoformat() if one.expires else "",
                "measured_on": measured.pictures if measured else 0,
                "hits_measured": measured.hits if measured else 0,
                "near": measured.near if measured else 0,
                "expected": measured.expected if measured else None,
                "confirmed": right.confirmed,
                "rejected": right.rejected,
                "precision": None if right.share is None else round(right.share, 3),
                "precision_95": f"{right.low:.2f} to {right.high:.2f}",
                "added_by": one.newest.added_by,
                "because": one.newest.because,
                "source": one.source,
            }
        )
    return rows


def hits(workspace: "Workspace") -> list[Row]:
    """Every hit as the table has it, with what a person said of it; not viewed is said where nobody said otherwise."""
    answered = hashlists.answers(workspace.decisions)
    rows = []
    for row in workspace.table("list_hits").to_pylist():
        said = answered.get(row["hit_id"])
        rows.append(row | {"answer": said.answer if said else "", "viewed": bool(said and said.viewed)})
    return sorted(rows, key=lambda row: (row["list_id"], row["distance"], row["hit_id"]))


def feedback(workspace: "Workspace", list_id: str) -> list[Row]:
    """What people found of the entries of a list, in the shape of ThreatExchange's descriptors, for its source.

    `status` is MALICIOUS where every answer confirmed, NON_MALICIOUS where every one rejected, else UNKNOWN.
    """
    hashlists.one_list(workspace.decisions, list_id)
    by_entry: dict[str, list[hashlists.Answer]] = {}
    for one in hashlists.answers(workspace.decisions).values():
        if one.list_id == list_id:
            by_entry.setdefault(one.entry_id, []).append(one)
    hashes: dict[str, Row] = {}
    for row in workspace.ask(f"SELECT * FROM list_entries WHERE list_id = '{list_id}'").to_pylist():
        hashes.setdefault(row["entry_id"], row)
    return [_opinion(entry, hashes.get(entry, {}), said) for entry, said in sorted(by_entry.items())]


def answered(workspace: "Workspace") -> pa.Table:
    """What people said of hits, as the table `hits_answered`."""
    held = sorted(hashlists.answers(workspace.decisions).items())
    rows = [{"hit_id": hit_id, "answer": said.answer} for hit_id, said in held]
    return pa.Table.from_pylist(rows, tables.TABLES["hits_answered"].schema)


def in_force(workspace: "Workspace") -> pa.Table:
    """The lists that are compared now, as the table `lists_in_force`."""
    now, schema = datetime.now(UTC), tables.TABLES["lists_in_force"].schema
    rows = []
    for one in hashlists.in_force(workspace.decisions, now):
        held = one.measured[one.enabled]
        expected = held.expected if one.expected is None else one.expected
        terms = {"distance": held.distance, "harmless": one.harmless, "pictures": held.pictures, "expected": expected}
        rows.append({"list_id": one.list_id, "list_version": one.enabled, "as_of": now, **terms})
    return pa.Table.from_pylist(rows, schema)


def _opinion(entry: str, row: Mapping[str, Any], said: Sequence[hashlists.Answer]) -> Row:
    right = sum(one.answer == "confirm" for one in said)
    status = "MALICIOUS" if right == len(said) else "NON_MALICIOUS" if not right else "UNKNOWN"
    return {
        "id": entry,
        "type": f"HASH_{row['algorithm'].upper()}" if row else "",
        "raw_indicator": row.get("value", ""),
        "status": status,
        "reactions": ["DISAGREE_WITH_TAGS"] if status == "NON_MALICIOUS" else [],
        "confirmed": right,
        "rejected": len(said) - right,
        "viewed": sum(one.viewed for one in said),
        "not_viewed": sum(not one.viewed for one in said),
        "last_answer": max(one.at for one in said),
    }


def _distance(said: int | None) -> int:
    distance = hashlists.DISTANCE if said is None else said
    if not 0 <= distance <= hashlists.FURTHEST:
        raise UserError(f"{distance} is no distance", hint=f"write a number of bits from 0 to {hashlists.FURTHEST}")
    return distance


def _reason(what: str, because: str) -> None:
    if not because.strip():
        raise UserError(f"to {what} needs a reason", hint='add --because "..."')


def _terms(known: HashList, version: str, expected: float, now: datetime, distance: int) -> lists.Terms:
    return lists.Terms(known.list_id, version, distance, known.harmless, expected, now)


def _kept(workspace: "Workspace", path: Path) -> reading_lists.File:
    try:
        held = originals.put(workspace.root / "originals", path)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}", hint="name a file that can be read") from error
    return reading_lists.File(held.original_id, path.name, held.path)

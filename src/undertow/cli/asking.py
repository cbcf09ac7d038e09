"""Commands that ask: leads, one lead, one network, why two records belong together, where a value stands."""

from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, table, words

_SHOWN = 20


def leads(
    *,
    new_since: Annotated[str, Parameter(help="only what is new or changed since a time (2026-11-20) or a run")] = "",
    top: Annotated[int, Parameter(help="how many to print; 0 is all")] = _SHOWN,
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """List the leads: what to look at first, with what speaks for it and against it."""
    place = workspace(workspace_)
    found, judged = place.leads(new_since=new_since).to_pylist(), place.judged()
    rows = [_lead_row(row, judged) for row in (found[:top] if top else found)]
    if json:
        as_json(rows)
        return
    if not rows:
        words(
            "no leads"
            + (" that are new or changed" if new_since else ": `undertow run` makes them from what was collected")
        )
        return
    columns = [
        "lead_id",
        *(["change"] if new_since else []),
        "score",
        "band",
        *(["judged"] if judged else []),
        "records",
        "first_seen",
        "last_seen",
        "for",
        "against",
    ]
    table(
        [row | {"for": _names(row["reasons"]), "against": _names(row["against"])} for row in rows], columns, wide="for"
    )
    if len(found) > len(rows):
        words(f"{len(found):,} leads; the first {len(rows)} are shown (`--top 0` shows all)")
    words("`undertow lead ID` says why and why not")


def lead(lead_id: str, /, *, json: Json = False, workspace_: Where = None) -> None:
    """Say why a lead is one, and why it may be nothing: every sign with its points, source and records."""
    place = workspace(workspace_)
    found = _lead_row(place.lead(lead_id), place.judged())
    if json:
        as_json(found)
        return
    line(f"{found['lead_id']}  score {found['score']} ({found['band']})  {found['judged']}".rstrip())
    line(f"network {found['network_id']}  {found['records']:,} records")
    classes = ("organised_risk", "spam", "scam", "business", "independent")
    line("what it looks like, of 1,000: " + ", ".join(f"{name.replace('_', ' ')} {found[name]}" for name in classes))
    line(f"speaks to: act {found['act']}, means {found['means']}, purpose {found['purpose']} points")
    _reasons("What speaks for looking at it", found["reasons"])
    _reasons("What speaks against it", found["against"])
    line()
    line("A score ranks work for a person. It does not say that anyone is a victim or a trafficker.")
    words(f"`undertow network {found['network_id']}` lists the records")
    words(f"`undertow report {found['lead_id']} --html` writes it down with its evidence")


def network(
    network_id: str,
    /,
    *,
    top: Annotated[int, Parameter(help="how many records to print; 0 is all")] = _SHOWN,
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Show a network: its records with the step that holds each, its middlemen, and its earlier selves."""
    found = workspace(workspace_).network(network_id)
    if json:
        as_json(found)
        return
    summary = found["network"]
    line("  ".join(f"{key} {value}" for key, value in summary.items() if key not in ("first_seen", "last_seen")))
    line(f"seen {summary['first_seen'] or 'at no stated time'} to {summary['last_seen'] or 'no stated time'}")
    members = found["members"]
    shown = members[:top] if top else members
    table(shown, ["record_id", "why", "weight"], wide="why")
    if len(shown) < len(members):
        words(f"{len(members):,} records; the first {len(shown)} are shown (`--top 0` shows all)")
    if found["brokers"]:
        line("Middlemen: without them parts of the network would not meet")
        table(found["brokers"], ["node_kind", "node", "reach", "score", "parts", "apart"], wide="apart")
    for row in found["lineage"]:
        line(f"{row['event']}: from {row['from_network_id']} ({row['records']:,} records came along)")


def why(a: str, b: str, /, *, json: Json = False, workspace_: Where = None) -> None:
    """Print the strongest path between two records, each step with its evidence."""
    steps = workspace(workspace_).why(a, b)
    if json:
        as_json(steps)
        return
    for number, step in enumerate(steps, 1):
        line(f"{number}. {step['sentence']}")
        for evidence in step["evidence"]:
            span = f"{evidence['field']} {evidence['start']}-{evidence['end']}"
            line(f"     {evidence['record_id']} {span}: {evidence['original']!r}")


def search(
    value: str,
    /,
    *,
    top: Annotated[int, Parameter(help="how many to print; 0 is all")] = 50,
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Find a phone, e-mail, handle, link, wallet or any other value, in whatever form you have it."""
    found = workspace(workspace_).search(value).to_pylist()
    if json:
        as_json(found)
        return
    if not found:
        words(f"{value!r} stands in no record, in no form that is recognised")
        return
    shown = found[:top] if top else found
    table(shown, ["record_id", "field", "kind", "value", "original", "confidence", "network_id"], wide="original")
    words(
        f"{len(found):,} mentions in {len({row['record_id'] for row in found}):,} records"
        + (f"; the first {len(shown)} are shown" if len(shown) < len(found) else "")
    )


def _lead_row(row: dict[str, Any], judged: Mapping[str, bool]) -> dict[str, Any]:
    answer = {None: "", True: "confirmed", False: "rejected"}[judged.get(row["network_id"])]
    return row | {key: orjson.loads(row[key] or "[]") for key in ("reasons", "against")} | {"judged": answer}


def _names(reasons: list[dict[str, Any]]) -> str:
    return ", ".join(str(reason["indicator"]).replace("_", " ") for reason in reasons)


def _reasons(title: str, reasons: list[dict[str, Any]]) -> None:
    line()
    line(f"{title}:" if reasons else f"{title}: nothing found")
    for reason in reasons:
        line(f"  {reason['points']:+}  {reason['says']}")
        line(f"      {reason['why']}")
        line(f"      source: {reason['source']} ({reason['grade']})")
        if reason.get("harmless"):
            line(f"      may be harmless: {reason['harmless']}")

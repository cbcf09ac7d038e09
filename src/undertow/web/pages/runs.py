"""What machines did here: runs, what could not be read, alerts, and the hash lists in force."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from undertow.review import hashlists
from undertow.share import redact
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk

MOST = 100  # rows of a table
SMALL = ("leads", "networks", "templates", "mentions", "posts", "rejects")  # tables whose rows a run is shown with


def runs(desk: Desk, asked: Asked) -> Answer:
    """The latest of each; excerpts of what could not be read are masked, for nobody knows what they hold."""
    desk.tell(asked, "read", "runs")
    hide = (lambda text: text) if asked.session.shows else redact.mask
    rejects = desk.reader.lately("rejects", lambda: _rejects(desk))
    facts = {
        "runs": _runs(desk.workspace.root / "runs"),
        "reasons": rejects[0],
        "rejects": [{**row, "excerpt": hide(row["excerpt"] or "")[:200]} for row in rejects[1]],
        "many_rejects": sum(row["count"] for row in rejects[0]),
        "alerts": desk.reader.lately("alerts", lambda: _alerts(desk)),
        "lists": _lists(desk),
        "most": MOST,
    }
    return Shown("runs.html", "runs", facts)


def _runs(folder: Path) -> list[dict[str, Any]]:
    made = []
    for path in sorted(folder.glob("[!.]*.json"), reverse=True)[:MOST]:
        said = orjson.loads(path.read_bytes())
        if "run" in said and "started" in said:
            rows = {name: count for name, count in (said.get("rows") or {}).items() if name in SMALL}
            when = datetime.fromisoformat(said["started"])
            made.append({"run": said["run"], "kind": said["kind"], "at": when, "s": said["seconds"], "rows": rows})
    return made


def _rejects(desk: Desk) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """How many by stage and reason, and the first of them with the name of their file."""
    found = desk.reader.through(desk.workspace.rejects())
    found = found.slice(0, 0) if desk.reader.sight.only else found  # what could not be read is in no case
    count = found.group_by(["stage", "reason"]).aggregate([([], "count_all")]).to_pylist()
    few = [{"stage": row["stage"], "reason": row["reason"], "count": row["count_all"]} for row in count]
    return sorted(few, key=lambda row: (-row["count"], row["stage"], row["reason"])), found.slice(0, MOST).to_pylist()


def _alerts(desk: Desk) -> list[dict[str, Any]]:
    rows = desk.workspace.table("alerts")
    order = [("at", "descending"), ("alert_id", "ascending")]
    held: list[dict[str, Any]] = rows.filter(pc.invert(rows["muted"])).sort_by(order).to_pylist()
    return [row for row in held if _seen(desk, row)][:MOST] if desk.reader.veil else held[:MOST]


def _seen(desk: Desk, alert: dict[str, Any]) -> bool:
    """Whether every record that shows an alert may be seen, and there is one."""
    records = pa.array(orjson.loads(alert["records"] or "[]"), pa.string())
    return 0 < len(records) == desk.reader.through(pa.table({"record_id": records})).num_rows


def _lists(desk: Desk) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    return [
        {"one": one, "state": one.state(now), "version": one.enabled or one.newest.name, "entries": one.newest.entries}
        for _, one in sorted(hashlists.listed(desk.workspace.decisions).items())
    ]


PAGE = Page(
    name="runs",
    says="Runs, what could not be read, alerts, and hash lists.",
    routes=(Route("/runs", "read", runs),),
    menu=8,
)

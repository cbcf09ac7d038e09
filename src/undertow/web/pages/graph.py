"""The network of a lead as a drawing and as tables; a line opens the evidence that it stands for."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from undertow.share import redact
from undertow.share.contract import Broker, Tie
from undertow.share.drawing import Drawing, draw
from undertow.share.show import Mark, pieces
from undertow.web import tongue
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk
from undertow.web.evidence import shown_by
from undertow.web.leads import Opened, opened, start, tie

MOST_SHOWN = 12  # records that show a line
RARE, COMMON = 8000, 6500  # thousandths of a nat: what is drawn thick, and what thin; a guess, by eye


def graph(desk: Desk, asked: Asked) -> Answer:
    """The drawing, and the evidence of the line or the shared thing that was chosen."""
    held = opened(desk, asked, "graph")
    only = asked.query.get("kind", "")
    kinds = desk.reader.lately(f"kinds {held.lead.network_id}", lambda: _kinds(held))
    only = only if only in dict(kinds) else ""
    brokers = _brokers(held)
    drawn = desk.reader.lately(f"drawing {held.lead.network_id} {only}", lambda: _drawn(held, brokers, only))
    shape, dot = start(asked, "shape"), start(asked, "dot")
    facts = {
        "lead": held.lead,
        "path": held.path,
        "drawn": drawn,
        "names": {one.number: held.value(one.kind, one.via) for one in drawn.shapes},
        "labels": _labels(held, drawn, asked.language),
        "kinds": kinds,
        "only": only,
        "sure": sure,
        "shape": shape,
        "dot": dot,
        "evidence": _evidence(held, drawn, shape, dot),
        "brokers": [(one, held.value(one.kind, one.node), held.says()(one.apart)) for one in brokers],
    }
    return Shown("graph.html", "graph", facts)


def sure(kind: str, weight: int) -> str:
    """How a line is drawn: what is a text or a picture alone is dashed, what is rare is thick, what is common thin."""
    alone = "alone " if kind in ("template", "picture") else ""
    return alone + ("rare" if weight >= RARE else "common" if weight < COMMON else "middling")


def _kinds(held: Opened) -> list[tuple[str, int]]:
    ties = held.ties()
    few = ties.filter(_open(ties)).group_by("via_kind").aggregate([([], "count_all")])
    return sorted(zip(few["via_kind"].to_pylist(), few["count_all"].to_pylist(), strict=True))


def _open(ties: pa.Table) -> pa.ChunkedArray:
    return pc.invert(ties["capped"])


def _brokers(held: Opened) -> list[Broker]:
    rows = held.desk.reader.part("brokers", "network_id", [held.lead.network_id]).to_pylist()
    rows.sort(key=lambda row: (-row["reach"], -row["score"], row["node_kind"], row["node"]))
    names = ("score", "parts", "largest_part", "apart")
    return [Broker(row["node_kind"], row["node"], *(row[name] for name in names)) for row in rows[:10]]


def _drawn(held: Opened, brokers: Sequence[Broker], only: str) -> Drawing:
    ties = held.ties()
    rows = ties.filter(_open(ties)).to_pylist()
    few = (row for row in rows if not only or row["via_kind"] == only)
    return draw((Tie(row["record_id"], row["via_kind"], row["via"], row["weight"]) for row in few), brokers)


def _labels(held: Opened, drawn: Drawing, language: str) -> dict[int, str]:
    """What stands beside a shape: masked where that is asked for."""
    if not held.masked:
        return {one.number: one.label for one in drawn.shapes if one.label}
    named = {one.kind: tongue.word(language, "kind", one.kind) for one in drawn.shapes}
    return {one.number: f"{named[one.kind]} …{one.via[-redact.KEEP :]}" for one in drawn.shapes if one.label}


def _evidence(held: Opened, drawn: Drawing, number: int, dot: int) -> dict[str, Any] | None:
    """The records that show the shared thing with this number, or only those of one dot."""
    chosen = next((one for one in drawn.shapes if one.number == number), None)
    if not chosen:
        return None
    if 0 < dot <= len(drawn.dots):
        ids = list(drawn.dots[dot - 1].members)
    else:
        ties = held.ties().to_pylist()
        ids = sorted(row["record_id"] for row in ties if (row["via_kind"], row["via"]) == (chosen.kind, chosen.via))
    found = shown_by(held, ids[:MOST_SHOWN], chosen.via)
    rows = [(one, pieces(one.text, [Mark(one.start, one.end, "hit")] if one.end else [], most=220)) for one in found]
    what = tie(held.desk, chosen.kind, chosen.via)
    return {"shape": chosen, "rows": rows, "many": len(ids), "what": what}


PAGE = Page(
    name="graph",
    says="The network of a lead, drawn and as tables; each line opens what shows it.",
    routes=(Route("/leads/{lead_id}/graph", "read", graph),),
    view=3,
)

"""What a decision would do, as the pages show it: no more than somebody may see."""

from typing import Any

from undertow.foreseeing import Effect
from undertow.review.pairs import Said
from undertow.web.desk import Desk

MOST = 12  # networks, and parts of each, that are listed


def facts(desk: Desk, effect: Effect) -> dict[str, Any]:
    """The effect on networks that are not out of sight, as `effect.html` draws it, and the leads of those listed."""
    veil = desk.reader.veil
    seen = [one for one in effect.networks if not veil or not veil.hides("network_id", one.network_id)]
    few = [one.network_id for one in seen[:MOST]]
    rows = desk.reader.part("leads", "network_id", few, ["network_id", "lead_id"])
    leads = dict(zip(rows["network_id"].to_pylist(), rows["lead_id"].to_pylist(), strict=True))
    return {"effect": Effect(seen), "leads": leads, "most": MOST}


def words_of(desk: Desk) -> list[Said]:
    """What was said of records and stands, the latest first; who sees few leads sees their own words alone."""
    words = desk.workspace.said().words
    return [word for word in reversed(words) if not desk.reader.veil or word.judgement.who == desk.who]

"""What a decision would do, as the pages show it: no more than somebody may see."""

from collections.abc import Sequence

from undertow.foreseeing import Before, Effect
from undertow.review.pairs import Said
from undertow.web.desk import Desk

MOST = 12  # networks, and parts of each, that are listed


def seen_of(desk: Desk, effect: Effect) -> Sequence[Before]:
    """The networks that would change and are not out of sight."""
    veil = desk.reader.veil
    return [one for one in effect.networks if not veil or not veil.hides("network_id", one.network_id)]


def leads_of(desk: Desk, effect: Effect) -> dict[str, str]:
    """The leads of the networks that are listed."""
    networks = [one.network_id for one in effect.networks[:MOST]]
    rows = desk.reader.part("leads", "network_id", networks, ["network_id", "lead_id"])
    return dict(zip(rows["network_id"].to_pylist(), rows["lead_id"].to_pylist(), strict=True))


def words_of(desk: Desk) -> list[Said]:
    """What was said of records and stands, the latest first; who sees few leads sees their own words alone."""
    words = desk.workspace.said().words
    return [word for word in reversed(words) if not desk.reader.veil or word.judgement.who == desk.who]

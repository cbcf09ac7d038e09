"""Decisions on many leads at once, each with the records that it was seen with, and their undoing together."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence

from undertow.errors import UserError
from undertow.review import judged
from undertow.review.store import LEAD
from undertow.share.contract import CLASSES
from undertow.web.contract import Asked
from undertow.web.desk import Desk

MOST = 100  # at once


def judge(desk: Desk, asked: Asked, leads: Sequence[str], looks: str, because: str) -> str:
    """Judges each lead by its class: what is organised is confirmed, all else rejected. Gives the name of the batch.

    Raises `UserError` where nothing was chosen, the class is none, a reason is missing, or a lead is gone.
    """
    if looks not in CLASSES:
        raise UserError("say what they look like", hint="go back and choose one of the five, or press 1 to 5")
    if not leads or len(leads) > MOST:
        raise UserError(f"choose 1 to {MOST} leads", hint="go back; x chooses the one that has the focus")
    if not because.strip():
        raise UserError("to judge leads needs a reason", hint="go back and write it in a few words, without names")
    rows = desk.reader.part("leads", "lead_id", leads, ["lead_id", "network_id"])
    network = dict(zip(rows["lead_id"].to_pylist(), rows["network_id"].to_pylist(), strict=True))
    if len(network) < len(set(leads)):
        raise UserError("some of these leads are gone", hint="a run made them anew meanwhile; go back to the inbox")
    members = _members(desk, list(network.values()))
    answer, batch = "confirm" if looks == CLASSES[0] else "reject", secrets.token_hex(6)
    details = {"purpose": asked.session.purpose, "class": looks, "batch": batch}
    for lead in sorted(network):
        said = {"because": because, "who": desk.who, "place": asked.place, "details": details}
        desk.workspace.decisions.judge_lead(lead, answer, members[network[lead]], **said)
    return batch


def undo(desk: Desk, asked: Asked, batch: str) -> int:
    """Takes back each judgement of a batch that still stands; gives how many. A later decision stays."""
    store = desk.workspace.decisions
    details, last = store.details(), {}
    for one in store.judgements():
        if one.subject_kind == LEAD:
            last[one.subject] = one
    own = {lead: details.get(one.number, {}) for lead, one in last.items() if one.who == desk.who}
    mine = [lead for lead, said in own.items() if batch and said.get("batch") == batch]
    because = f"the decisions of batch {batch} were taken back together"
    for lead in sorted(mine):
        said = {"who": desk.who, "place": asked.place, "details": {"purpose": asked.session.purpose}}
        store.judge_lead(lead, "undo", (), because=because, **said)
    return len(mine)


def answers(desk: Desk) -> Mapping[str, bool]:
    """Which networks are judged; reads the members of those that judged records are in, and no others."""
    store = desk.workspace.decisions
    judgements = [one for one in store.judgements() if one.subject_kind == LEAD]
    if not judgements:
        return {}
    records, columns = store.records(), ["network_id", "record_id"]
    seen = sorted({record for one in judgements for record in records.get(one.number, ())})
    networks = desk.reader.part("network_members", "record_id", seen, columns)["network_id"].unique().to_pylist()
    members = desk.reader.part("network_members", "network_id", networks, columns)
    return judged.standing(judgements, records, members).networks


def _members(desk: Desk, networks: Sequence[str]) -> Mapping[str, list[str]]:
    rows = desk.reader.part("network_members", "network_id", networks, ["network_id", "record_id"])
    held: dict[str, list[str]] = defaultdict(list)
    for network, record in zip(rows["network_id"].to_pylist(), rows["record_id"].to_pylist(), strict=True):
        held[network].append(record)
    return held

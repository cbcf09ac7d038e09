"""What cannot be taken back is proposed by one person and approved by another: a referral, the deletion of a case.

Both are decisions, so both are sealed and stand in the trail. Where nobody but one person works here there is no other
to ask: they approve their own, and the decision says so.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from undertow.errors import UserError
from undertow.review import cases
from undertow.review.audit import Add
from undertow.review.people import By
from undertow.review.sealing import CASE
from undertow.review.store import Judgement, Store, told_within

PROPOSAL = "proposal"  # the kind of subject of an answer
DEEDS = ("delete", "refer")
ANSWERS = ("approve", "decline", "withdraw")
_PROPOSE = "propose to "


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one person proposed to do with a case, `to` whom where it is referred; `answer` is empty while it waits."""

    number: int
    deed: str
    case_id: str
    at: str
    who: str
    because: str
    to: str = ""
    answer: str = ""
    by: str = ""


def propose(store: Store, deed: str, case: cases.Case, because: str, by: By, *, to: str = "") -> Judgement:
    """Proposes to delete or refer a case; raises `UserError` where it is protected, or the same waits already."""
    if deed not in DEEDS:
        raise UserError(f"{deed!r} is nothing that is proposed", hint="there are " + ", ".join(DEEDS))
    if deed == "delete" and case.kept:
        raise UserError(f"the case is protected by: {', '.join(case.kept)}", hint="a case lead can take the label off")
    if deed == "refer" and not to.strip():
        raise UserError("to whom is it referred?", hint="name the authority, not a person")
    if any((one.deed, one.case_id) == (deed, case.case_id) for one in waiting(store)):
        raise UserError("this is proposed already", hint="somebody else approves or declines it")
    details: Mapping[str, str] = {"to": to.strip()} if to.strip() else {}
    return store.judge(
        _PROPOSE + deed, CASE, case.case_id, because=because, who=by.who, place=by.place, details=details
    )


def answer(store: Store, number: int, said: str, because: str, by: By, *, alone: bool = False) -> Proposal:
    """Approves or declines a proposal of somebody else, or withdraws one's own; an approved deletion is done at once.

    `alone`: nobody else works here. Raises `UserError` for one's own proposal otherwise, and where it was answered.
    """
    if said not in ANSWERS:
        raise UserError(f"{said!r} is no answer", hint="there are " + ", ".join(ANSWERS))
    one = next((one for one in waiting(store) if one.number == number), None)
    trail = store.trail
    if not one or not trail:
        raise UserError("this waits for no answer", hint="it may have been answered meanwhile")
    if not because.strip():
        raise UserError(f"to {said} needs a reason", hint="say it in a few words, without names")
    own = one.who.casefold() == by.who.casefold()
    if said == "approve" and own and not alone:
        raise UserError("nobody approves what they proposed", hint="ask somebody with the right to approve")
    if said == "withdraw" and not own:
        raise UserError("this was proposed by somebody else", hint="decline it instead")

    def work(connection: sqlite3.Connection, add: Add) -> None:
        if _answered(connection, number):
            raise UserError("this waits for no answer", hint="it was answered meanwhile")
        told_within(connection, add, (by.who, said, PROPOSAL, str(number), because.strip()), details, by.place)
        if said == "approve" and one.deed == "delete":
            cases.delete(connection, add, one.case_id, by, because)

    details = {"case": one.case_id, "deed": one.deed} | ({"alone": "yes"} if own and said == "approve" else {})
    trail.within(work)
    return one


def every(store: Store) -> Sequence[Proposal]:
    """Every proposal with its answer, the latest first."""
    details, judgements = store.details(), store.judgements()
    answers = {one.subject: one for one in judgements if one.subject_kind == PROPOSAL}
    found = []
    for one in reversed(judgements):
        if one.subject_kind == CASE and one.verb.startswith(_PROPOSE):
            said, to = answers.get(str(one.number)), details.get(one.number, {}).get("to", "")
            deed = one.verb.removeprefix(_PROPOSE)
            end = (said.verb, said.who) if said else ("", "")
            found.append(Proposal(one.number, deed, one.subject, one.at, one.who, one.because, to, *end))
    return found


def waiting(store: Store) -> Sequence[Proposal]:
    """The proposals that nobody answered yet, the latest first."""
    return [one for one in every(store) if not one.answer]


def _answered(connection: sqlite3.Connection, number: int) -> bool:
    rows = connection.execute(
        "SELECT 1 FROM judgements WHERE subject_kind = ? AND subject = ?", (PROPOSAL, str(number))
    )
    return rows.fetchone() is not None

"""What waits for a second person: referrals and deletions, approved, declined or withdrawn."""

from undertow.errors import UserError
from undertow.review import proposals
from undertow.review.cases import Case
from undertow.review.people import By
from undertow.web.contract import Answer, Asked, Goto, Page, Route, Shown
from undertow.web.desk import Desk

MOST = 50


def approvals(desk: Desk, asked: Asked) -> Answer:
    """What waits, and what was answered, as far as the cases may be seen; of a deleted case only its id is left."""
    desk.tell(asked, "read", "approvals")
    seen = {case.case_id: case for case in desk.cases.all() if desk.opens(case, asked.person)}
    every = [one for one in proposals.every(desk.workspace.decisions) if _shows(desk, asked, one.case_id, seen)]
    own = [one.number for one in every if one.who.casefold() == desk.who.casefold()]
    facts = {
        "waiting": [one for one in every if not one.answer],
        "done": [one for one in every if one.answer][:MOST],
        "titles": {name: case.about["title"] for name, case in seen.items()},
        "own": own,
        "alone": not desk.team,
    }
    return Shown("approvals.html", "approvals", facts)


def approve(desk: Desk, asked: Asked) -> Answer:
    """Approves what somebody else proposed; a deletion is done at once."""
    return _answer(desk, asked, "approve")


def decline(desk: Desk, asked: Asked) -> Answer:
    """Declines it."""
    return _answer(desk, asked, "decline")


def withdraw(desk: Desk, asked: Asked) -> Answer:
    """Withdraws one's own."""
    return _answer(desk, asked, "withdraw")


def _answer(desk: Desk, asked: Asked, said: str) -> Answer:
    text = asked.path["number"]
    number = int(text) if text.isdecimal() and len(text) < 16 else 0
    held = desk.workspace.decisions
    one = next((one for one in proposals.waiting(held) if one.number == number), None)
    if not one or not desk.opens(desk.cases.one(one.case_id), asked.person):
        raise UserError("this waits for no answer", hint="it may have been answered meanwhile")
    by = By(desk.who, asked.place)
    proposals.answer(held, number, said, asked.form.get("because", ""), by, alone=not desk.team)
    return Goto("/approvals")


def _shows(desk: Desk, asked: Asked, case_id: str, seen: dict[str, Case]) -> bool:
    """Whether a proposal is shown: the case is seen, or is gone and nothing limits what is seen."""
    if case_id in seen or asked.person.only_cases:
        return case_id in seen
    return all(one.case_id != case_id for one in desk.cases.all())


PAGE = Page(
    name="approvals",
    says="What cannot be taken back waits here for a second person.",
    routes=(
        Route("/approvals", "propose", approvals),
        Route("/approvals/{number}/approve", "approve", approve, "POST"),
        Route("/approvals/{number}/decline", "approve", decline, "POST"),
        Route("/approvals/{number}/withdraw", "propose", withdraw, "POST"),
    ),
    menu=4,
)

"""The audit trail: who looked, searched, decided and exported; and whether it is as it was written."""

from undertow import auditing
from undertow.errors import OutsideError
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk

MOST = 100


def trail(desk: Desk, asked: Asked) -> Answer:
    """The latest lines, or those before a number."""
    before = asked.query.get("before", "")
    desk.tell(asked, "read", "audit")
    return _shown(desk, int(before) if before.isdecimal() and len(before) < 16 else 0)


def verify(desk: Desk, asked: Asked) -> Answer:
    """Checks every line and decision, and says what does not fit."""
    try:
        many, wrong = auditing.verify(desk.workspace), ""
        desk.tell(asked, "verified", "audit")
    except OutsideError as error:
        many, wrong = 0, error.message
    return _shown(desk, 0, verified=many, wrong=wrong)


def _shown(desk: Desk, before: int, *, verified: int = 0, wrong: str = "") -> Answer:
    lines = auditing.listed(desk.workspace, most=MOST, before=before)
    return Shown("audit.html", "audit", {"lines": lines, "most": MOST, "verified": verified, "wrong": wrong})


PAGE = Page(
    name="audit",
    says="Who looked, searched and decided, and whether that is as it was written.",
    routes=(Route("/audit", "audit", trail), Route("/audit/verify", "audit", verify, "POST")),
    menu=3,
)

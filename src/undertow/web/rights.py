"""Which role has which rights. Who has several roles has the rights of each. `nobody` is who has not signed in.

An administrator keeps the people and sees no case by that; an auditor sees the trail and no case. `owner` is whoever
came in by the link that `undertow serve` prints, alone on their own machine: they could read its disk anyway.
`child protection` is a second role: alone it opens nothing; beside another it shows what may be about minors.
"""

from collections.abc import Collection, Mapping
from typing import get_args

from undertow.review.people import OWNER
from undertow.web.contract import Right

RIGHTS: tuple[Right, ...] = get_args(Right)


def _rights(*names: Right) -> frozenset[Right]:
    return frozenset(names)


_VIEWER: frozenset[Right] = _rights("enter", "sit", "read")
_ANALYST: frozenset[Right] = _VIEWER | _rights("search", "unmask", "decide", "work", "propose")
_REVIEWER: frozenset[Right] = _ANALYST | _rights("export", "approve")
ROLES: Mapping[str, frozenset[Right]] = {
    OWNER: frozenset(RIGHTS),
    "viewer": _VIEWER,
    "analyst": _ANALYST,
    "reviewer": _REVIEWER,
    "case lead": _REVIEWER | _rights("lead"),
    "auditor": frozenset({"enter", "sit", "audit"}),
    "administrator": frozenset({"enter", "sit", "people"}),
    "child protection": frozenset({"enter", "sit"}),
    "nobody": frozenset({"enter"}),
}


def allows(roles: Collection[str], right: Right) -> bool:
    """Whether one of the roles has the right."""
    return any(right in ROLES.get(role, frozenset()) for role in roles)

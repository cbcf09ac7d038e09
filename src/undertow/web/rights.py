"""Which role has which rights. There is one role so far: the owner, alone on their own machine, who has them all."""

from collections.abc import Mapping
from typing import get_args

from undertow.web.contract import Right

RIGHTS: tuple[Right, ...] = get_args(Right)
OWNER, NOBODY = "owner", "nobody"
ROLES: Mapping[str, frozenset[Right]] = {OWNER: frozenset(RIGHTS), NOBODY: frozenset({"enter"})}


def allows(role: str, right: Right) -> bool:
    """Whether a role has the right; `nobody` is who has not signed in."""
    return right in ROLES.get(role, frozenset())

"""The door to the audit trail: what pages and the command line tell it, list of it, and check."""

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson

from undertow.review.audit import Entry

if TYPE_CHECKING:
    from undertow.workspace import Workspace


def tell(workspace: "Workspace", verb: str, subject: tuple[str, str] = ("", ""), *, why: str, **more: Any) -> None:
    """Adds a line: `subject` is a kind and an id, `why` the purpose; `who`, `place` and `detail` may be said too."""
    who = more.pop("who", "") or getpass.getuser()
    workspace.audit.add(Entry(who, verb, *subject, why=why, **more))


def listed(
    workspace: "Workspace", *, most: int = 0, before: int = 0, who: str = "", verb: str = "", subject: str = ""
) -> Sequence[Mapping[str, Any]]:
    """Lines of the trail, the latest first, with `detail` as a dict; `before` is a line's number to go on from."""
    lines = workspace.audit.lines(most=most, before=before, who=who, verb=verb, subject=subject)
    return [asdict(line) | {"detail": orjson.loads(line.detail)} for line in lines]


def verify(workspace: "Workspace") -> int:
    """How many lines there are; raises `OutsideError` that names the first thing that does not fit."""
    workspace.decisions.verify()
    return workspace.audit.verify()

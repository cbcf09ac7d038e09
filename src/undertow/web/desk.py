"""What every page works with: the workspace, its tables, the sessions, and the audit trail."""

import getpass
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undertow import auditing
from undertow.review.sessions import Sessions
from undertow.web.reading import Reader
from undertow.workspace import Workspace

if TYPE_CHECKING:
    from undertow.web.contract import Asked


@dataclass(frozen=True, slots=True)
class Desk:
    """One workspace and who works in it."""

    workspace: Workspace
    reader: Reader
    sessions: Sessions
    who: str

    def tell(self, asked: "Asked", verb: str, kind: str = "", subject: str = "", **detail: Any) -> None:
        """Tells the audit trail what is about to be shown or done, with the purpose of the session."""
        why = asked.session.purpose
        auditing.tell(self.workspace, verb, (kind, subject), why=why, who=self.who, place=asked.place, detail=detail)

    def sealed(self, text: str) -> str:
        """A text as the trail may hold it: the same text gives the same letters, which do not give it back."""
        return hmac.new(self.workspace.key, text.encode("utf-8", "replace"), "sha256").hexdigest()[:32]


def desk(workspace: Workspace) -> Desk:
    """The desk of whoever is logged in on this machine."""
    return Desk(workspace, Reader(workspace.catalogue), Sessions(workspace.decisions.path), getpass.getuser())

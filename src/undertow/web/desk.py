"""What every page works with: the workspace, its tables as somebody may see them, the sessions, and the audit trail."""

import getpass
import hmac
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from undertow import auditing
from undertow.errors import UserError
from undertow.review.cases import Case, Cases
from undertow.review.people import OWNER, People, Person, owner
from undertow.review.sessions import IDLE, LASTS, SHOWN, WHOLE, Session, Sessions
from undertow.seeing import Seer
from undertow.web.reading import Reader
from undertow.web.sight import Sight, sight
from undertow.workspace import Workspace

if TYPE_CHECKING:
    from undertow.web.contract import Asked

HINT_LEAD = "it may have had this id in an earlier run; see the inbox"
OPENED = ("lead", "record", "case", "picture")  # pages about people
MOST_READERS = 32  # kept at once, each with the small tables as one sight has them


@dataclass(frozen=True, slots=True)
class Desk:
    """One workspace and who works in it: one person on their own machine, or a `team`."""

    workspace: Workspace
    reader: Reader
    sessions: Sessions
    who: str
    team: bool = False
    _readers: dict[Sight, Reader] = field(default_factory=dict)
    _opened: Counter[str] = field(default_factory=Counter)
    _viewed: dict[tuple[str, float, str], tuple[float, bool]] = field(default_factory=dict)

    @property
    def people(self) -> People:
        """The people of the team."""
        return People(self.workspace.audit)

    @property
    def cases(self) -> Cases:
        """The cases of the workspace, whoever may see them."""
        return Cases(self.workspace.audit)

    def opens(self, case: Case, person: Person) -> bool:
        """Whether a person sees a case: by its marking, and by being on it where they see no others."""
        return self.reader.sight.sees(case.about["marking"]) and (not person.only_cases or case.has(person.person_id))

    def person(self, person_id: str) -> Person | None:
        """Who a session is of; None where they were taken away, locked or are past their last day."""
        if not self.team:
            return owner(self.who) if person_id == OWNER else None  # a session of a team opens nothing here
        found = next((one for one in self.people.all() if one.person_id == person_id), None)
        return None if not found or found.closed else found

    def seat(self, person: Person) -> "Desk":
        """The desk as this person has it: under their name, and with no more than they may see."""
        if not self.team:
            return self
        of = sight(person, *(self.cases.holds(person.person_id) if person.only_cases else ()))
        reader = self._readers.get(of)
        if not reader:
            if len(self._readers) >= MOST_READERS:
                self._readers.clear()
            reader = self._readers.setdefault(of, Reader(self.reader.catalogue, of))
        return replace(self, who=person.name, reader=reader)

    def check(self, named: Mapping[str, str], person: Person) -> None:
        """Raises `UserError` where an address names what is out of sight, in the words for what does not exist."""
        if "case_id" in named and not self.opens(self.cases.one(named["case_id"]), person):
            raise UserError("there is no such case", hint="`undertow cases list` lists them")
        hides = self.reader.veil
        if not hides:
            return
        if "lead_id" in named:
            here = self.reader.part("leads", "lead_id", [named["lead_id"]])
            known = self.reader.where("leads", "lead_id", pa.array([named["lead_id"]], pa.string()))
            if known.num_rows and not here.num_rows:
                raise UserError("there is no such lead now", hint=HINT_LEAD)
        if "network_id" in named and hides.hides("network_id", named["network_id"]):
            raise UserError("there is no such network", hint="see the inbox")
        if "record_id" in named and hides.hides("record_id", named["record_id"]):
            raise UserError("there is no such record", hint="the search finds records by what stands in them")

    def begin(self, person: Person, purpose: str) -> str:
        """A new session of this person; gives its cookie."""
        lasts, idle = (WHOLE, IDLE) if self.team else (LASTS, LASTS)
        return self.sessions.begin(person.person_id, purpose, lasts=lasts, idle=idle)

    def tell(self, asked: "Asked", verb: str, kind: str = "", subject: str = "", **detail: Any) -> None:
        """Tells the audit trail what is about to be shown or done, with the purpose of the session."""
        why = asked.session.purpose
        if verb == "read" and kind in OPENED:
            self._opened.update([asked.session.token])
        auditing.tell(self.workspace, verb, (kind, subject), why=why, who=self.who, place=asked.place, detail=detail)

    def opened(self, session: Session) -> int:
        """How many pages about people a sitting opened, since the workbench was started."""
        return self._opened[session.token]

    def look(self, session: Session, pictures: Iterable[str], *, colour: bool) -> None:
        """Lets a sitting see these pictures as they are, for as long as names are shown where they are asked for."""
        now = time.time()
        for name in [name for name, (until, _) in self._viewed.items() if until < now]:
            del self._viewed[name]
        until = now + SHOWN
        self._viewed.update({(session.person_id, session.begun, one): (until, colour) for one in pictures})

    def looks(self, session: Session, picture: str) -> Literal["", "grey", "colour"]:
        """How a sitting may see a picture now: not but as a blur, where nobody asked."""
        until, colour = self._viewed.get((session.person_id, session.begun, picture), (0.0, False))
        return "" if until < time.time() else "colour" if colour else "grey"

    @property
    def seer(self) -> Seer:
        """Opens pictures of the workspace."""
        return self.reader.kept("seer", lambda: Seer(self.workspace))

    def sealed(self, text: str) -> str:
        """A text as the trail may hold it: the same text gives the same letters, which do not give it back."""
        return hmac.new(self.workspace.key, text.encode("utf-8", "replace"), "sha256").hexdigest()[:32]


def desk(workspace: Workspace, *, team: bool = False) -> Desk:
    """The desk of whoever is logged in on this machine, or of a team."""
    sessions = Sessions(workspace.decisions.path)
    return Desk(workspace, Reader(workspace.catalogue), sessions, getpass.getuser(), team)

"""What the views of a lead share: finding it, telling the trail, its members and ties, and masks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from undertow.errors import UserError
from undertow.share import gather, redact
from undertow.share.contract import Lead
from undertow.web.contract import Asked
from undertow.web.desk import Desk

TIE = ["record_id", "via_kind", "via", "weight", "capped"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A lead that somebody looks at; `masked` unless they said what they need names for."""

    desk: Desk
    lead: Lead
    masked: bool

    @property
    def path(self) -> str:
        """The address of the lead."""
        return f"/leads/{self.lead.lead_id}"

    def members(self) -> Sequence[str]:
        """The ids of its records, sorted."""
        network = self.lead.network_id
        return self.desk.reader.lately(f"members {network}", lambda: _members(self.desk, network))

    def ties(self) -> pa.Table:
        """What its records hold, hubs too."""
        network = self.lead.network_id
        return self.desk.reader.lately(
            f"ties {network}", lambda: self.desk.reader.part("ties", "record_id", self.members(), TIE)
        )

    def value(self, kind: str, value: str) -> str:
        """A shared value as it may be shown."""
        return redact.mask(value) if self.masked and redact.names_someone(kind) else value

    def says(self) -> Callable[[str], str]:
        """Masks what the network's records share, wherever it stands in a text of ours."""
        return redact.masker(self.known()) if self.masked else str

    def known(self) -> Sequence[str]:
        """Values of its steps that tell who somebody is."""
        network = self.lead.network_id
        return self.desk.reader.lately(f"known {network}", lambda: _known(self.desk, network))


def opened(desk: Desk, asked: Asked, view: str = "") -> Opened:
    """The lead of the address, after the trail was told; raises `UserError` where there is none now."""
    lead = found(desk, asked.path["lead_id"])
    masked = not asked.session.shows
    desk.tell(asked, "read", "lead", lead.lead_id, masked=masked, **({"view": view} if view else {}))
    return Opened(desk, lead, masked)


def found(desk: Desk, lead_id: str) -> Lead:
    """The lead of that id; raises `UserError` where there is none now."""
    rows = desk.reader.part("leads", "lead_id", [lead_id]).to_pylist()
    if not rows:
        raise UserError("there is no such lead now", hint="it may have had this id in an earlier run; see the inbox")
    network = desk.reader.part("networks", "network_id", [rows[0]["network_id"]]).to_pylist()
    return gather.lead(rows[0], network[0] if network else {})


def _members(desk: Desk, network: str) -> list[str]:
    rows = desk.reader.part("network_members", "network_id", [network], ["record_id"])
    held: list[str] = rows["record_id"].to_pylist()
    return sorted(held)


def _known(desk: Desk, network: str) -> list[str]:
    rows = desk.reader.part("network_members", "network_id", [network], ["via_kind", "via"])
    told = {(kind, via) for kind, via in _pairs(rows) if redact.names_someone(kind)}
    return sorted({value for _, via in told for value in via.split(" + ")})


def _pairs(rows: pa.Table) -> set[tuple[str, str]]:
    few = rows.group_by(["via_kind", "via"]).aggregate([])
    return set(zip(few["via_kind"].to_pylist(), few["via"].to_pylist(), strict=True))


def start(asked: Asked, name: str = "from") -> int:
    """The number in the address from which a list goes on; 0 where there is none."""
    said = asked.query.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def tie(desk: Desk, kind: str, value: str) -> str:
    """How a shared value stands in an address: as a keyed digest."""
    return desk.sealed(f"tie {kind} {value}")

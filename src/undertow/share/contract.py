"""What a report is made of: frozen values that `gather` fills from tables and the templates only lay out.

Every text here may come from a stranger's post. Nothing is escaped, clipped or defanged yet: the templates do that.
Spans are [start, end) in characters of the named field as received.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from undertow.share.casefile import CaseFile

CLASSES = ("organised_risk", "spam", "scam", "business", "independent")
"""The classes of a lead, in the order of the columns of `leads`: points in 1,000."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a record a sign was seen; `end` 0 is the record as a whole."""

    record_id: str
    field: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign that speaks for a look at the lead, or against: how much, on whose word, why it may be nothing.

    `base_rate` is the share of all networks of this workspace that show it, None where it was not worked out;
    `points` are those that count in the sum, `raw` those before a cap (None: the same). Points against are positive
    too, and are taken off.
    """

    indicator: str
    says: str
    why: str = ""
    points: float = 0
    raw: float | None = None
    family: str = ""
    grade: str = ""
    source: str = ""
    harmless: str = ""
    base_rate: float | None = None
    records: int = 0
    speaks_to: Sequence[str] = ()
    examples: Sequence[Span] = ()


class Sign(Protocol):
    """What a report tells of an indicator: what it says, how well founded, on whose word."""

    @property
    def says(self) -> str: ...

    @property
    def grade(self) -> str: ...

    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Family:
    """Signs that are not independent of each other, and what they add to the sum together."""

    name: str
    indicators: Sequence[str]
    raw: float
    points: float


@dataclass(frozen=True, slots=True)
class Original:
    """A file as received."""

    original_id: str
    name: str = ""
    origin: str = ""
    marking: str = ""
    lawful_basis: str = ""
    collected_at: datetime | None = None
    rows: int = 0
    rejects: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One record as found; `fields` holds its texts by column, and `original` the file it stands in."""

    record_id: str
    original: Original
    position: str = ""
    site: str = ""
    account: str = ""
    at: datetime | None = None
    at_text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A record's place in a template: slots are (number, start, end) in its text."""

    record: Record
    slots: Sequence[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Template:
    """A text that posts were made from; `pattern` holds its constants and, between them, the numbers of its slots.

    `values` gives for each slot how many different values the lead's own posts hold and the most frequent of them.
    """

    template_id: str
    pattern: Sequence[str | int]
    posts: int
    rows: Sequence[Row]
    more: int
    values: Mapping[int, tuple[int, Sequence[tuple[str, int]]]]
    saving: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """A record and something it shares."""

    record_id: str
    kind: str
    via: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """How a record came into the network: by its strongest tie to a record that was in it."""

    record_id: str
    from_record: str
    kind: str
    via: str
    weight: int
    why: str


@dataclass(frozen=True, slots=True)
class Broker:
    """A node without which parts of the network would not meet."""

    kind: str
    node: str
    score: int
    parts: int
    largest_part: int
    apart: str


@dataclass(frozen=True, slots=True)
class Hub:
    """Something shared by too many to prove anything, or cut by a person."""

    kind: str
    via: str
    records: int
    why: str
    here: int = 0  # records of this lead that hold it


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place that records name, and how many do; `point` where it is known."""

    name: str
    records: int
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """What an analyst should open next: counts as in the tables `leads` and `networks`."""

    lead_id: str
    network_id: str = ""
    score: int = 0
    band: str = ""
    speaks_to: Mapping[str, int] = field(default_factory=dict)  # act, means, purpose: points
    classes: Mapping[str, int] = field(default_factory=dict)  # points in 1,000
    records: int = 0
    accounts: int = 0
    sites: int = 0
    places: int = 0
    selectors: int = 0
    templates: int = 0
    weakest: int = 0
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    reasons: Sequence[Reason] = ()
    against: Sequence[Reason] = ()
    weights: str = ""


@dataclass(frozen=True, slots=True)
class LeadPage:
    """A lead with everything that shows why; `records` are those that reasons point at, then some of the rest.

    `spans` gives for a record what was found in it: field, start, end, kind.
    """

    lead: Lead
    families: Sequence[Family] = ()
    records: Sequence[Record] = ()
    more_records: int = 0
    spans: Mapping[str, Sequence[tuple[str, int, int, str]]] = field(default_factory=dict)
    templates: Sequence[Template] = ()
    more_templates: int = 0
    ties: Sequence[Tie] = ()
    dates: Sequence[tuple[datetime, str, str]] = ()  # when, the site, the record
    undated: int = 0
    places: Sequence[Place] = ()
    brokers: Sequence[Broker] = ()
    steps: Sequence[Step] = ()
    hubs: Sequence[Hub] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """How common an indicator is in the user's own data."""

    indicator: str
    says: str
    grade: str
    source: str
    subjects: int
    share: float


@dataclass(frozen=True, slots=True)
class Overview:
    """All leads in short, and what they rest on."""

    leads: Sequence[Lead]
    more_leads: int
    rates: Sequence[Rate]
    originals: Sequence[Original]
    counts: Mapping[str, int]  # files, records, rejects, networks, leads
    rejects: Mapping[str, int]  # by stage and reason
    hubs: Sequence[Hub]
    more_hubs: int
    assumed: Sequence[tuple[str, str]]  # file, what was assumed


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the report: shown at its end, so that it can be made again. Times are given, never looked up."""

    run_id: str = ""
    generated_at: str = ""
    settings_digest: str = ""
    weights: str = ""
    versions: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One file: an overview, leads, or both, and the case that they are of.

    `note` says in plain words what its figures mean or were tested on.
    """

    provenance: Provenance
    pages: Sequence[LeadPage] = ()
    overview: Overview | None = None
    note: str = ""
    redacted: bool = False
    workspace: str = ""
    case: "CaseFile | None" = None

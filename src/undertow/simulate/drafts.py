"""Records before they are written into a file: what somebody posts, pays, books or reports, with its truth."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A value that stands in a field; `start` and `end` count characters."""

    field: str
    kind: str
    value: str
    start: int
    end: int
    disguise: str


@dataclass(frozen=True, slots=True)
class Who:
    """Who is behind a record: a person, the network that he belongs to (his own name where he is alone), its sort."""

    person: str
    network: str
    sort: str
    role: str
    careful: float = 0.0


@dataclass(slots=True)
class Draft:
    """One record: `fields` are the columns that its file has, by the names of `undertow.tables`; `at` is epoch seconds.

    `place` says which of a site's files it goes to, where it has several: a chat, a channel.
    """

    table: str
    site: str
    at: float
    who: Who
    fields: dict[str, str]
    spans: list[Span] = field(default_factory=list)
    template: str = ""
    language: str = ""
    country: str = ""
    why: str = ""
    place: str = ""

    def add(self, before: str, kind: str, value: str) -> None:
        """A line of its own at the end of the text, with a value in it."""
        text = self.fields["text"]
        start = len(text) + 1 + len(before)
        self.fields = self.fields | {"text": f"{text}\n{before}{value}"}
        self.spans = [*self.spans, Span("text", kind, value, start, start + len(value), "plain")]

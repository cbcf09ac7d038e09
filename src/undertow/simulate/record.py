"""Writes down what is true of one shard while its files are written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from undertow import truth
from undertow.simulate.drafts import Draft, Who
from undertow.simulate.family import Family
from undertow.simulate.scene import Scene

_UNKNOWN = -1  # a place in a text that the reader of the file makes anew


def _columns(table: str) -> dict[str, list[object]]:
    return {name: [] for name in truth.TABLES[table].names}


def _append(columns: dict[str, list[object]], *row: object) -> None:
    for column, cell in zip(columns.values(), row, strict=True):
        column.append(cell)


@dataclass(slots=True)
class Record:
    """The columns of the truth, in the making."""

    family: Family
    records: dict[str, list[object]] = field(default_factory=lambda: _columns("records"))
    spans: dict[str, list[object]] = field(default_factory=lambda: _columns("spans"))
    people: dict[str, Who] = field(default_factory=dict)

    def add(self, draft: Draft, file: str, position: str, *, exact: bool) -> None:
        """A record that now stands in a file; `exact`: its text stands there letter by letter."""
        who = draft.who
        self.people.setdefault(who.person, who)
        row = (file, position, draft.table, who.person, who.network, who.sort, draft.template, draft.language)
        _append(self.records, *row, draft.site, draft.country, draft.why)
        for span in draft.spans:
            place = (span.start, span.end) if exact else (_UNKNOWN, _UNKNOWN)
            found = (file, position, span.field, span.kind, span.value)
            _append(self.spans, *found, *place, span.disguise, draft.language)

    def write(self, folder: Path, part: int, scene: Scene) -> Iterator[Path]:
        """Writes the tables of this shard; gives their paths."""
        yield truth.write(folder, "records", part, self.records)
        yield truth.write(folder, "spans", part, self.spans)
        yield truth.write(folder, "people", part, self._people())
        yield truth.write(folder, "networks", part, self._networks())
        yield truth.write(folder, "brokers", part, _brokers(scene))
        yield truth.write(folder, "routes", part, _routes(scene))

    def _people(self) -> dict[str, list[object]]:
        held = [self.people[name] for name in sorted(self.people)]
        return {name: [getattr(who, name) for who in held] for name in truth.TABLES["people"].names}

    def _networks(self) -> dict[str, list[object]]:
        records = Counter(self.records["network"])
        people = Counter(who.network for who in self.people.values())
        sorts = {who.network: who.sort for who in self.people.values()}
        names = sorted(sorts)
        return {
            "network": list(names),
            "sort": [sorts[name] for name in names],
            "organised": [sorts[name] == truth.ORGANISED for name in names],
            "people": [people[name] for name in names],
            "records": [records[name] for name in names],
        }


def _brokers(scene: Scene) -> dict[str, list[object]]:
    columns = _columns("brokers")
    for broker in scene.brokers:
        held = broker.contact
        selectors = [("phone", held.phone.e164)] if held.phone else []
        selectors += [("handle", f"{platform}:{name}") for platform, name in sorted(held.handles.items())]
        for network in broker.serves:
            for kind, value in selectors:
                _append(columns, broker.who.person, network, kind, value)
    return columns


def _routes(scene: Scene) -> dict[str, list[object]]:
    columns = _columns("routes")
    for *row, at in scene.legs:
        _append(columns, *row, datetime.fromtimestamp(int(at), UTC))
    return columns

"""Writes down what is true of one shard while its files are written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from undertow import truth
from undertow.simulate.drafts import Draft, Who
from undertow.simulate.scene import Scene

_NETWORK = truth.TABLES["records"].get_field_index("network")
_UNKNOWN = -1  # a place in a text that the reader of the file makes anew


def _columns(table: str, rows: Sequence[tuple[object, ...]]) -> dict[str, list[object]]:
    names = truth.TABLES[table].names
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {name: [] for name in names}


@dataclass(slots=True)
class Record:
    """The rows of the truth, in the making."""

    records: list[tuple[object, ...]] = field(default_factory=list)
    spans: list[tuple[object, ...]] = field(default_factory=list)
    people: dict[str, Who] = field(default_factory=dict)

    def add(self, draft: Draft, file: str, position: str, *, exact: bool) -> None:
        """A record that now stands in a file; `exact`: its text stands there letter by letter."""
        who = draft.who
        self.people.setdefault(who.person, who)
        whose = (who.person, who.network, who.sort)
        about = (draft.template, draft.language, draft.site, draft.country, draft.why)
        self.records.append((file, position, draft.table, *whose, *about))
        for column, kind, value, start, end, how in draft.spans:
            place = (start, end) if exact else (_UNKNOWN, _UNKNOWN)
            self.spans.append((file, position, column, kind, value, *place, how, draft.language))

    def write(self, folder: Path, part: int, scene: Scene) -> Iterator[Path]:
        """Writes the tables of this shard; gives their paths."""
        yield truth.write(folder, "records", part, _columns("records", self.records))
        yield truth.write(folder, "spans", part, _columns("spans", self.spans))
        yield truth.write(folder, "people", part, self._people())
        yield truth.write(folder, "networks", part, self._networks())
        yield truth.write(folder, "brokers", part, _brokers(scene))
        yield truth.write(folder, "routes", part, _routes(scene))

    def _people(self) -> dict[str, list[object]]:
        held = [self.people[name] for name in sorted(self.people)]
        return {name: [getattr(who, name) for who in held] for name in truth.TABLES["people"].names}

    def _networks(self) -> dict[str, list[object]]:
        records = Counter(row[_NETWORK] for row in self.records)
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
    rows: list[tuple[object, ...]] = []
    for broker in (one for one in scene.brokers if len(one.serves) > 1):  # who serves one network is its member
        held = broker.contact
        selectors = [("phone", held.phone.e164)] if held.phone else []
        selectors += [("handle", f"{platform}:{name}") for platform, name in sorted(held.handles.items())]
        rows += [(broker.who.person, network, *selector) for network in broker.serves for selector in selectors]
    return _columns("brokers", rows)


def _routes(scene: Scene) -> dict[str, list[object]]:
    return _columns("routes", [(*leg, datetime.fromtimestamp(int(at), UTC)) for *leg, at in scene.legs])

"""Which networks new records belong to, by the values that they share with networks and with each other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from undertow.watch.known import Key

_NETWORK = -1  # stands beside the number of a network, where a digest has its other half


@dataclass(slots=True)
class Part:
    """Values and records that hang together: the numbers of the networks that they lead to, the smallest new record."""

    networks: frozenset[int]
    first_record: str


@dataclass(slots=True)
class Parts:
    """Parts of what was collected since the last run; records are added as they come."""

    above: dict[Key, Key] = field(default_factory=dict)
    held: dict[Key, Part] = field(default_factory=dict)

    def add(self, record: str, values: Iterable[tuple[Key, int]]) -> None:
        """A record that holds `values`, each with the network that it leads to; below zero: none."""
        first, *others = [node for key, number in values for node in (key, *_node(number))]
        top = self._top(first)
        for other in others:
            top = self._tie(top, self._top(other))
        self.held[top].first_record = _smaller(self.held[top].first_record, record)

    def of(self, value: Key) -> Part:
        """The part that a value belongs to."""
        return self.held[self._top(value)]

    def _top(self, key: Key) -> Key:
        if key not in self.above:
            self.above[key] = key
            self.held[key] = Part(frozenset(key[:1] if key[1] == _NETWORK else ()), "")
        while self.above[key] != key:
            self.above[key] = self.above[self.above[key]]
            key = self.above[key]
        return key

    def _tie(self, one: Key, other: Key) -> Key:
        if one != other:
            gone, kept = self.held.pop(other), self.held[one]
            self.above[other] = one
            kept.networks |= gone.networks
            kept.first_record = _smaller(kept.first_record, gone.first_record)
        return one


def _node(number: int) -> tuple[Key, ...]:
    return ((number, _NETWORK),) if number >= 0 else ()


def _smaller(one: str, other: str) -> str:
    return min(one or other, other or one)

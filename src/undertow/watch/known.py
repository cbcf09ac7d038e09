"""What a first look knows of the last run: which network a value leads to, and what that network has already.

A run writes it once, as digests in order, so that a look costs a few searches however much is stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from struct import unpack
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from undertow import tables
from undertow.engine.base import Engine
from undertow.tables import SELECTORS

SHARED = -1  # the number that stands for a hub, or a value cut by a person
UNKNOWN = -2

Key = tuple[int, int]
Ints = npt.NDArray[np.int64]

_NETWORKS = """
WITH held AS (SELECT network_id, count(*) AS records, min(record_id) AS first_record FROM network_members
              GROUP BY network_id),
led AS (SELECT DISTINCT network_id FROM leads)
SELECT h.network_id, h.records, h.first_record, l.network_id IS NOT NULL AS is_lead
FROM held AS h LEFT JOIN led AS l ON l.network_id = h.network_id"""

# A value that is no hub leads to one network, for it holds its records together. None leads to a network that would
# come apart without a contact that stands mostly beside others: a run soon takes that for a shared one. Where a text
# alone holds records, only those lead that say whom to reach or pay: a new contact can take such records out. A contact
# on few records of a network, between two organised sides of it, is one side short of joining none: it is `beside` too.
# The network that it meets counts there as no larger than its own.
_TIES = """
WITH held AS (SELECT record_id, via_kind, via, capped, records FROM ties WHERE via_kind IN ({strong})),
several AS (
    SELECT record_id FROM held WHERE via_kind IN ({contacts}) AND NOT capped GROUP BY record_id HAVING count(*) > 1
),
given AS (
    SELECT t.via_kind, t.via, t.via_kind IN ({contacts}) AND 2 * count(s.record_id) + 1 > count(*) AS beside
    FROM held AS t LEFT JOIN several AS s ON s.record_id = t.record_id GROUP BY t.via_kind, t.via
),
shaky AS (
    SELECT DISTINCT b.network_id FROM brokers AS b
    JOIN given AS g ON g.via_kind = b.node_kind AND g.via = b.node WHERE g.beside
),
by_text AS (SELECT DISTINCT network_id FROM network_members WHERE via_kind = 'template'),
middle AS (
    SELECT DISTINCT b.node_kind, b.node FROM brokers AS b JOIN watch_networks AS n ON n.network_id = b.network_id
    JOIN held AS t ON t.via_kind = b.node_kind AND t.via = b.node
    WHERE b.node_kind IN ({contacts}) AND b.reach >= {organised} AND {few} * t.records < 2 * n.records
),
led AS (
    SELECT t.via_kind, t.via, min(CASE WHEN t.capped THEN '' ELSE m.network_id END) AS found
    FROM held AS t LEFT JOIN network_members AS m ON m.record_id = t.record_id
    LEFT JOIN shaky AS k ON k.network_id = m.network_id LEFT JOIN by_text AS x ON x.network_id = m.network_id
    WHERE t.capped OR (m.network_id IS NOT NULL AND k.network_id IS NULL
                       AND (x.network_id IS NULL OR t.via_kind IN ({personal})))
    GROUP BY t.via_kind, t.via
)
SELECT l.via_kind AS kind, l.via AS value, l.found, g.beside OR b.node IS NOT NULL AS beside
FROM led AS l JOIN given AS g ON g.via_kind = l.via_kind AND g.via = l.via
LEFT JOIN middle AS b ON b.node_kind = l.via_kind AND b.node = l.via"""
_ORGANISED = 4  # the reach of a contact between two sides that two voices or more speak for on each

_HELD = f"""
WITH led AS (
    SELECT m.network_id, m.record_id FROM network_members AS m
    JOIN (SELECT DISTINCT network_id FROM leads) AS l ON l.network_id = m.network_id
)
SELECT DISTINCT l.network_id AS found, t.kind, t.value FROM led AS l JOIN mentions AS t ON t.record_id = l.record_id
WHERE t.kind IN {(*SELECTORS, "place")}
UNION ALL
SELECT DISTINCT l.network_id AS found, 'site' AS kind, p.site AS value
FROM led AS l JOIN posts AS p ON p.post_id = l.record_id"""


@dataclass(frozen=True, slots=True)
class Network:
    """A network of the last run; `first_record` is its smallest."""

    network_id: str
    records: int
    first_record: str
    is_lead: bool


_ABOUT = ("network_id", "records", "first_record", "is_lead")


@dataclass(frozen=True, slots=True)
class Known:
    """Digests in order, each with the number of a network, and the rows of `watch_networks` by number.

    All stays in columns, about 22 bytes a digest: a look asks for a few, however many there are. `beside` marks
    contacts that a next run may take for shared ones (`undertow.link.beside` and `undertow.link.between`).
    """

    first: Ints
    second: Ints
    network: npt.NDArray[np.int32]
    beside: npt.NDArray[np.bool_]
    networks: pa.Table

    def about(self, number: int) -> Network:
        """The network with this number."""
        return Network(*(self.networks[name][number].as_py() for name in _ABOUT))

    def find(self, keys: Sequence[Key]) -> list[tuple[int, bool]]:
        """For each key the number of its network, `SHARED` or `UNKNOWN`; and whether it stands mostly beside others."""
        if not keys or not len(self.first):
            return [(UNKNOWN, False)] * len(keys)
        wanted = np.array(keys, np.int64)
        at = np.minimum(np.searchsorted(self.first, wanted[:, 0]), len(self.first) - 1)
        same = (self.first[at] == wanted[:, 0]) & (self.second[at] == wanted[:, 1])
        numbers: list[int] = np.where(same, self.network[at], UNKNOWN).tolist()
        beside: list[bool] = (same & self.beside[at]).tolist()
        return list(zip(numbers, beside, strict=True))


def tie(kind: str, value: str) -> Key:
    """The key of a value that ties records."""
    return _halves("tie", kind, value)


def has(network_id: str, kind: str, value: str) -> Key:
    """The key of a place, a site or a selector that a network has."""
    return _halves("has", network_id, kind, value)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of tie: the strong ones, of these those that say whom to reach or pay, and of these those to reach.

    A contact stands between sides where less than one in `few` of the records that it ties hold it.
    """

    strong: Sequence[str]
    personal: Sequence[str]
    contacts: Sequence[str]
    few: int


def write(engine: Engine, kinds: Kinds) -> None:
    """Writes `watch_keys` and `watch_networks` of a run whose other tables are written."""
    networks = engine.fetch(engine.query(_NETWORKS)).sort_by("network_id")
    numbers = {name: number for number, name in enumerate(networks["network_id"].to_pylist())}
    engine.write("watch_networks", networks.append_column("network", pa.array(range(len(numbers)), pa.int32())))
    listed = {name: _listed(getattr(kinds, name)) for name in ("strong", "personal", "contacts")}
    limits = {"few": kinds.few, "organised": _ORGANISED}
    ties, held = (engine.fetch(engine.query(sql)) for sql in (_TIES.format(**listed, **limits), _HELD))
    keys = [tie(*row) for row in _rows(ties, "kind", "value")]
    keys += [has(*row) for row in _rows(held, "found", "kind", "value")]
    found = [numbers.get(name, SHARED) for table in (ties, held) for name in table["found"].to_pylist()]
    columns = {"network": found, "beside": ties["beside"].to_pylist() + [False] * held.num_rows}
    engine.write("watch_keys", _in_order(np.array(keys, np.int64).reshape(-1, 2), columns))


def _listed(kinds: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(kinds))


def read(engine: Engine) -> Known:
    """What the last run wrote."""
    keys = engine.fetch(engine.read("watch_keys"))
    networks = engine.fetch(engine.read("watch_networks")).combine_chunks()
    first, second, network, beside = (keys[name].to_numpy() for name in ("first", "second", "network", "beside"))
    return Known(first, second, network, beside, networks)


def _in_order(keys: Ints, columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    schema = tables.TABLES["watch_keys"].schema
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    made = {name: pa.array(cells, schema.field(name).type).take(pa.array(order)) for name, cells in columns.items()}
    return pa.table({"first": keys[order, 0], "second": keys[order, 1], **made}, schema)


def _rows(table: pa.Table, *names: str) -> Iterable[tuple[str, ...]]:
    return zip(*(table[name].to_pylist() for name in names), strict=True)


def _halves(*parts: str) -> Key:
    """128 bits of digest: a chance meeting of two values is not to be expected among any number that is stored."""
    held = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    one, two = unpack("<qq", held)
    return one, two

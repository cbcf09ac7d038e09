"""Records and what they hold, as numbers: the form in which hubs, networks and middlemen are found.

Numbers are given by the data alone: records by the order of their ids, values by kind and then by value, both in the
order of their UTF-8 bytes. What is tied to numbers (the smallest record of a network, ties broken by number) is
therefore the same at every run, in any order of input.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NONE = -1
"""No record, no value, no link."""

_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Graph:
    """`total` records are known, of which `records` hold something; value `v` of kind `kinds[kind[v]]` is `vias[v]`.

    The records that hold value `v` are `members[starts[v]:starts[v + 1]]`, ascending.
    """

    total: int
    records: pa.Array
    kinds: tuple[str, ...]
    kind: Ints
    vias: pa.Array
    starts: Ints
    members: Ints

    @property
    def shared(self) -> Ints:
        """How many records hold each value."""
        return np.diff(self.starts)

    @property
    def weight(self) -> Ints:
        """How much each value proves; see `rarity`."""
        return rarity(self.total, self.shared)

    def name(self, via: int) -> tuple[str, str]:
        """Kind and value of one value."""
        return self.kinds[self.kind[via]], self.vias[via].as_py()

    def via_of_members(self) -> Ints:
        """The value of every entry of `members`."""
        return np.repeat(np.arange(len(self.vias), dtype=np.int64), self.shared)

    def of(self, wanted: frozenset[str]) -> Flags:
        """Which values are of the wanted kinds."""
        chosen = np.array([name in wanted for name in self.kinds], dtype=np.bool_)
        return chosen[self.kind] if len(self.kinds) else np.zeros(0, np.bool_)


def rarity(total: int, shared: Ints) -> Ints:
    """Weight of agreeing on a value that `shared` of `total` records hold: thousandths of a nat, ln(total / shared).

    The log of the chance that two records agree by accident, as in Fellegi and Sunter (1969).
    """
    if not len(shared):
        return np.zeros(0, np.int64)
    counts = np.maximum(np.arange(int(shared.max()) + 1), 1)
    weights: Ints = np.rint(1000 * np.log(np.maximum(total / counts, 1.0))).astype(np.int64)
    return weights[shared]


def offsets(sizes: Ints) -> Ints:
    """Where each of some spans that stand one after the other begins, and where the last ends."""
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def build(rows: pa.Table, total: int) -> Graph:
    """The graph of (record_id, via_kind, via) rows, of `total` records known; repeats are folded."""
    records, record = _ranked(rows["record_id"])
    keys, via = _ranked(pc.binary_join_element_wise(rows["via_kind"], rows["via"], _BETWEEN))
    parts = pc.split_pattern(keys, _BETWEEN, max_splits=1)
    kind, value = (pc.list_element(parts, place) if len(keys) else keys for place in (0, 1))
    coded = kind.dictionary_encode()
    via, members = _folded(*sorted_pairs(via, record, len(records)))
    return Graph(
        total,
        records,
        tuple(coded.dictionary.to_pylist()),
        coded.indices.to_numpy(zero_copy_only=False).astype(np.int64),
        value,
        offsets(np.bincount(via, minlength=len(keys))),
        members,
    )


def _folded(via: Ints, record: Ints) -> tuple[Ints, Ints]:
    if not len(via):
        return via, record
    new = np.append(True, (via[1:] != via[:-1]) | (record[1:] != record[:-1]))
    return via[new], record[new]


def sorted_pairs(first: Ints, second: Ints, seconds: int) -> tuple[Ints, Ints]:
    """Pairs of numbers, sorted; those in `second` are below `seconds`. One sort of one number beats lexsort by far."""
    keys = np.sort(first * max(seconds, 1) + second)
    return keys // max(seconds, 1), keys % max(seconds, 1)


def _ranked(column: pa.ChunkedArray) -> tuple[pa.Array, Ints]:
    """The distinct values in byte order, and the rank of every row's value among them."""
    coded = column.combine_chunks().dictionary_encode()
    order = pc.sort_indices(coded.dictionary).to_numpy()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return coded.dictionary.take(pa.array(order)), rank[coded.indices.to_numpy(zero_copy_only=False)]

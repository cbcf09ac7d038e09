"""Connected components by union-find: one pass over the edges, and each component is named by its smallest node."""

import numba as nb
import numpy as np
import numpy.typing as npt


@nb.njit(cache=True, nogil=True)
def root(parents, node):  # type: ignore[no-untyped-def]
    """The smallest node known to be joined with `node`; halves the path on its way (Tarjan and van Leeuwen 1984)."""
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node


@nb.njit(cache=True, nogil=True)
def join(parents, one, other):  # type: ignore[no-untyped-def]
    """Joins two nodes under the smaller root; True where they were apart before."""
    one, other = root(parents, one), root(parents, other)
    if one == other:
        return False
    if one > other:
        one, other = other, one
    parents[other] = one
    return True


@nb.njit(cache=True, nogil=True)
def settle(parents):  # type: ignore[no-untyped-def]
    """Makes `parents[n]` the smallest node of n's component, for every n."""
    for node in range(parents.size):  # a parent is never larger than its child: one pass in order is enough
        parents[node] = parents[parents[node]]


@nb.njit(cache=True, nogil=True)
def _components(parents, left, right):  # type: ignore[no-untyped-def]
    for edge in range(left.size):
        join(parents, left[edge], right[edge])
    settle(parents)


def components(nodes: int, left: npt.ArrayLike, right: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """For each of `nodes` nodes the smallest node of its component, over the edges `left[i]` - `right[i]`.

    The answer does not depend on the order or direction of edges. Memory: 8 bytes a node, besides the edges.
    """
    parents = np.arange(nodes, dtype=np.int64)
    one, other = np.asarray(left, np.int64), np.asarray(right, np.int64)
    if one.size != other.size:
        raise ValueError(f"{one.size} left ends of edges and {other.size} right ends")
    if one.size and (min(one.min(), other.min()) < 0 or max(one.max(), other.max()) >= nodes):
        raise ValueError(f"an edge names a node outside 0 to {nodes - 1}")
    _components(parents, one, other)
    return parents

"""Connected components of edges that an engine holds: in memory while they fit, by portable SQL where they do not.

The SQL contracts the graph: every node points to the smallest of itself and its neighbours, pointers are followed until
they end, and the edges between the ends are the next round's graph. Each round at least halves what is left of a part
(Boruvka 1926, in the form of Kiveris et al. 2014 and of Splink); each step is written down, so nothing is collected and
a lost machine costs one step.
"""

from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from undertow.engine.base import Dataset, Engine
from undertow.engine.components import components

FITS = 5_000_000
"""Edges that are joined in memory: some hundred megabytes, and the answer goes to every worker. A guess, not tuned."""

_BOTH_WAYS = "SELECT a, b FROM edges WHERE a <> b UNION SELECT b AS a, a AS b FROM edges WHERE a <> b"
_NODES = "SELECT a AS node FROM edges UNION SELECT b AS node FROM edges"
_ALONE = "SELECT node, node AS component FROM nodes"
_POINTERS = "SELECT a AS node, least(a, min(b)) AS parent FROM edges GROUP BY a"
_FOLLOWED = "SELECT p.node, q.parent FROM pointers AS p JOIN pointers AS q ON q.node = p.parent"
_MOVING = f"{_FOLLOWED} WHERE q.parent <> p.parent"
_LEFT = """
SELECT DISTINCT p.parent AS a, q.parent AS b
FROM edges AS e JOIN pointers AS p ON p.node = e.a JOIN pointers AS q ON q.node = e.b
WHERE p.parent <> q.parent"""
_LABELS = """
SELECT l.node, coalesce(p.parent, l.component) AS component
FROM labels AS l LEFT JOIN pointers AS p ON p.node = l.component"""


def joined(engine: Engine, edges: Dataset, *, fits: int = FITS) -> Dataset:
    """For every node of `edges` (columns `a` and `b`, of one type, no nulls) its component: rows (node, component).

    A component is named by its smallest node, a text by the order of its UTF-8 bytes. Up to `fits` edges are joined in
    memory; the answer is the same.
    """
    nodes = engine.query(_NODES, edges=edges)
    return _in_memory(engine, edges, nodes) if edges.rows <= fits else _contracted(engine, edges, nodes)


def _in_memory(engine: Engine, edges: Dataset, nodes: Dataset) -> Dataset:
    held, names = engine.fetch(edges), engine.fetch(nodes)["node"].combine_chunks()
    names = names.take(pc.sort_indices(names))  # texts by their bytes, as SQL does
    left, right = (pc.index_in(held[name], value_set=names).to_numpy() for name in ("a", "b"))
    labels = names.take(pa.array(components(len(names), left, right)))
    schema = pa.schema([("node", names.type), ("component", names.type)])
    return engine.map_batches(partial(_labelled, names, labels), nodes, schema)


def _labelled(names: pa.Array, labels: pa.Array, rows: pa.Table) -> pa.Table:
    found = labels.take(pc.index_in(rows["node"], value_set=names))
    return pa.table({"node": rows["node"], "component": found})


def _contracted(engine: Engine, edges: Dataset, nodes: Dataset) -> Dataset:
    labels = engine.query(_ALONE, nodes=nodes)
    while (edges := engine.query(_BOTH_WAYS, edges=edges)).rows:
        pointers = engine.query(_POINTERS, edges=edges)
        while engine.query(_MOVING, pointers=pointers).rows:
            pointers = engine.query(_FOLLOWED, pointers=pointers)
        labels = engine.query(_LABELS, labels=labels, pointers=pointers)
        edges = engine.query(_LEFT, edges=edges, pointers=pointers)
    return labels

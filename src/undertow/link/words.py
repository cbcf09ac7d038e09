"""Sentences about values: what a record does with one, and how one is named."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow.link.contract import Evidence
from undertow.link.graph import Graph, Ints
from undertow.link.ties import kinds

_GAP = "{via}"


def thing(kind: str, via: str) -> str:
    """How a value is named in a sentence: "the phone +12025550123"."""
    known = kinds().get(kind)
    return known.thing.replace(_GAP, via) if known else f"the {kind} {via}"


def does(kind: str, via: str) -> str:
    """What a record that holds a value does: "gives the phone +12025550123"."""
    known = kinds().get(kind)
    return _does(known).replace(_GAP, via) if known else f"shares the {kind} {via}"


def phrases(graph: Graph, codes: Ints) -> pa.Array:
    """`does` for many values of a graph at once."""
    return _filled(graph, codes, _does)


def things(graph: Graph, codes: Ints) -> pa.Array:
    """`thing` for many values of a graph at once."""
    return _filled(graph, codes, lambda one: one.thing)


def _does(one: Evidence) -> str:
    return f"{one.says} {one.thing}"


def _filled(graph: Graph, codes: Ints, form: Callable[[Evidence], str]) -> pa.Array:
    forms = [form(kinds()[name]).split(_GAP) for name in graph.kinds]
    kind = pa.array(graph.kind[codes] if len(codes) else np.zeros(0, np.int64))
    before = pa.array([one[0] for one in forms], pa.string()).take(kind)
    after = pa.array([one[-1] for one in forms], pa.string()).take(kind)
    return pc.binary_join_element_wise(before, graph.vias.take(pa.array(codes)), after, "")

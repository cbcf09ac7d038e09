"""The drawing of a network: records as dots, what they share as numbered shapes, drawn smaller where it is large."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin, sqrt
from unicodedata import east_asian_width

import numpy as np

from undertow.share.contract import Broker, Tie
from undertow.share.layout import place
from undertow.share.show import LINKS, plain

WIDTH, HEIGHT, MARGIN = 760, 460, 46
MOST_NODES = 150
MOST_SHARED, MOST_DOTS = 30, 90  # in an aggregated drawing
MOST_LABELS = 14
LABEL_LETTERS = 26
SIDES = {  # shape by kind, so that no colour carries meaning alone: corners and turn in degrees
    "template": (4, 0),
    "phone": (4, 45),
    "email": (3, -90),
    "handle": (5, -90),
    "url": (6, 0),
    "domain": (6, 0),
    "wallet": (8, 22.5),
    "bank": (8, 22.5),
    "account": (16, 0),
    "judgement": (3, 90),
}

Node = tuple[str, str]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Line:
    """From a dot to a shape, each by its place in the drawing; `weight` is the heaviest tie that it stands for."""

    x1: float
    y1: float
    x2: float
    y2: float
    dot: int
    shape: int
    weight: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A record, or `records` records that share exactly the same; `members` are their ids."""

    x: float
    y: float
    radius: float
    records: int
    members: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """Something shared: its number in the key, its outline, and where its label goes ("" where there is no room)."""

    number: int
    kind: str
    via: str
    x: float
    y: float
    points: str
    records: int
    broker: bool
    label_x: float = 0
    label_y: float = 0
    label_width: float = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes to lay into an SVG of `width` by `height`, and what was left out of it."""

    dots: Sequence[Dot]
    shapes: Sequence[Shape]
    lines: Sequence[Line]
    aggregated: bool
    records: int  # drawn
    hidden_records: int
    hidden_shared: int
    width: int = WIDTH
    height: int = HEIGHT


def draw(ties: Iterable[Tie], brokers: Iterable[Broker] = (), *, names: Mapping[Node, str] | None = None) -> Drawing:
    """The drawing of these ties; `names` gives the label of a shared thing where it is not its value.

    What only one record holds is not drawn. Above 150 nodes records that share exactly the same become one dot, and
    only what most records share is drawn.
    """
    held: dict[str, set[Node]] = {}
    weight: dict[Node, int] = {}
    for tie in ties:
        node = tie.kind, tie.via
        held.setdefault(tie.record_id, set()).add(node)
        weight[node] = max(tie.weight, weight.get(node, 0))
    count = Counter(node for nodes in held.values() for node in nodes)
    shared = sorted((node for node in count if count[node] > 1), key=lambda node: (-count[node], node))
    aggregated = len(held) + len(shared) > MOST_NODES
    drawn = shared[:MOST_SHARED] if aggregated else shared
    groups = _groups(held, set(drawn), together=aggregated)
    tied = {node for nodes, _ in groups for node in nodes}
    drawn = [node for node in drawn if node in tied]
    at, lines = _positions(drawn, groups, weight)
    middle = {(broker.kind, broker.node) for broker in brokers}
    shapes = [
        _shape(number, node, tuple(at[number - 1]), count[node], broker=node in middle)
        for number, node in enumerate(drawn, 1)
    ]
    dots = [
        Dot(float(at[len(drawn) + spot, 0]), float(at[len(drawn) + spot, 1]), _radius(len(ids)), len(ids), ids)
        for spot, (_, ids) in enumerate(groups)
    ]
    records = sum(len(ids) for _, ids in groups)
    return Drawing(
        dots, _labelled(shapes, names or {}), lines, aggregated, records, len(held) - records, len(count) - len(drawn)
    )


def _groups(held: Mapping[str, set[Node]], drawn: set[Node], *, together: bool) -> list[tuple[list[Node], list[str]]]:
    """What each dot is tied to, and the records that it stands for."""
    each = {name: tuple(sorted(held[name] & drawn)) for name in sorted(held)}
    if not together:
        return [(list(nodes), [name]) for name, nodes in each.items() if nodes]
    alike: dict[tuple[Node, ...], list[str]] = {}
    for name, nodes in each.items():
        if nodes:
            alike.setdefault(nodes, []).append(name)
    order = sorted(alike, key=lambda nodes: (-len(alike[nodes]), nodes))
    rank = {nodes: spot for spot, nodes in enumerate(order)}
    first = {node: nodes for nodes in reversed(order) for node in nodes}  # the largest group of each shared thing
    kept = dict.fromkeys([*sorted(set(first.values()), key=lambda nodes: rank[nodes]), *order])
    return [(list(nodes), alike[nodes]) for nodes in list(kept)[:MOST_DOTS]]


def _positions(
    drawn: Sequence[Node], groups: Sequence[tuple[list[Node], list[str]]], weight: Mapping[Node, int]
) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], list[Line]]:
    spot = {node: number for number, node in enumerate(drawn)}
    pairs = [(row, spot[node]) for row, (nodes, _) in enumerate(groups) for node in nodes]
    edges = np.array([(len(drawn) + row, end) for row, end in pairs], np.int64).reshape(-1, 2)
    at = place(len(drawn) + len(groups), edges, width=WIDTH - 2 * MARGIN, height=HEIGHT - 2 * MARGIN) + MARGIN
    ends = [(*at[len(drawn) + row].tolist(), *at[end].tolist()) for row, end in pairs]
    lines = [
        Line(x1, y1, x2, y2, row, end, weight[drawn[end]])
        for (x1, y1, x2, y2), (row, end) in zip(ends, pairs, strict=True)
    ]
    return at, lines


def _radius(records: int) -> float:
    return round(min(14.0, 3.5 + 1.1 * sqrt(records - 1)), 1)


def _shape(number: int, node: Node, at: tuple[float, ...], records: int, *, broker: bool) -> Shape:
    kind, via = node
    sides, turn = SIDES.get(kind, (4, 45))
    x, y = float(at[0]), float(at[1])
    size = 13 if sides == 4 else 12
    turns = [pi * turn / 180 + 2 * pi * side / sides for side in range(sides)]
    points = " ".join(f"{x + size * cos(angle):.1f},{y + size * sin(angle):.1f}" for angle in turns)
    return Shape(number, kind, via, x, y, points, records, broker)


def _labelled(shapes: Sequence[Shape], names: Mapping[Node, str]) -> list[Shape]:
    """Labels for the most shared, each where it covers no shape and no other label; the key names them all."""
    taken = [(shape.x - 14, shape.y - 14, shape.x + 14, shape.y + 14) for shape in shapes]
    made = []
    for shape in shapes:
        own = "" if shape.kind == "template" else f"{shape.kind} {shape.via}"  # a template's id says nothing
        label = short(names.get((shape.kind, shape.via)) or plain(own, link=shape.kind in LINKS), LABEL_LETTERS)
        width = 8 + _width(label)
        spot = next((box for box in _spots(shape, width) if _free(box, taken)), None)
        if spot is None or not label or shape.number > MOST_LABELS:
            made.append(shape)
            continue
        taken.append(spot)
        made.append(
            replace(
                shape, label=label, label_x=round(spot[0], 1), label_y=round(spot[1], 1), label_width=round(width, 1)
            )
        )
    return made


def short(text: str, most: int) -> str:
    """`text` on one line with its middle left out, so that its end can still be told from another's."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most // 2]}…{flat[-(most - most // 2 - 1) :]}"


def _width(text: str) -> float:
    """About how wide a text is at 11 pixels."""
    return sum(11.5 if east_asian_width(letter) in "WF" else 5.9 for letter in text)


def _spots(shape: Shape, width: float) -> Iterator[Box]:
    for x, y in (
        (shape.x + 16, shape.y - 9),
        (shape.x - 16 - width, shape.y - 9),
        (shape.x - width / 2, shape.y + 16),
        (shape.x - width / 2, shape.y - 34),
    ):
        yield x, y, x + width, y + 18


def _free(box: Box, taken: Iterable[Box]) -> bool:
    inside = box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= HEIGHT - 2
    return inside and all(
        box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1] for other in taken
    )

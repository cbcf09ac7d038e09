"""Places the nodes of a drawing by forces, the same at every run (Fruchterman and Reingold 1991)."""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

ROUNDS = 300
GOLDEN = 2.399963229728653  # radians: points of a spiral at this angle spread evenly, so no chance is needed to begin
EVEN = 0.4  # share of even spacing in the final positions; tuned by eye
GRAVITY = 0.06  # pulls parts that share nothing back into the picture; tuned by eye on stars, chains and rings


def place(nodes: int, edges: NDArray[np.int64], *, width: float, height: float) -> Points:
    """Positions in a box of `width` by `height` for nodes 0 to `nodes` - 1; `edges` has a pair of nodes a row.

    Time grows with the square of `nodes`: meant for hundreds.
    """
    if nodes == 0:
        return np.zeros((0, 2))
    at = _spiral(nodes)
    ideal = 1.0 / np.sqrt(nodes)
    for step in range(ROUNDS):
        moves = _repel(at, ideal) + _attract(at, edges, ideal) - GRAVITY * at
        length = np.maximum(np.hypot(moves[:, 0], moves[:, 1]), 1e-9)
        heat = 0.1 * (1.0 - step / ROUNDS) + 0.001
        at = at + moves * (np.minimum(length, heat) / length)[:, None]
    return _fit(at, width, height)


def _spiral(nodes: int) -> Points:
    number = np.arange(nodes)
    radius = np.sqrt((number + 0.5) / nodes)
    return np.column_stack([radius * np.cos(GOLDEN * number), radius * np.sin(GOLDEN * number)])


def _repel(at: Points, ideal: float) -> Points:
    apart = at[:, None, :] - at[None, :, :]
    square = np.maximum((apart**2).sum(axis=2), 1e-6)
    moved: Points = (apart * (ideal**2 / square)[:, :, None]).sum(axis=1)
    return moved


def _attract(at: Points, edges: NDArray[np.int64], ideal: float) -> Points:
    moves = np.zeros_like(at)
    if len(edges):
        apart = at[edges[:, 1]] - at[edges[:, 0]]
        pull = apart * (np.hypot(apart[:, 0], apart[:, 1]) / ideal)[:, None]
        np.add.at(moves, edges[:, 0], pull)
        np.add.at(moves, edges[:, 1], -pull)
    return moves


def _fit(at: Points, width: float, height: float) -> Points:
    """Stretched to the box along its own longest axis, which is laid flat."""
    middle = at - at.mean(axis=0)
    _, axes = np.linalg.eigh(middle.T @ middle)
    turned = middle @ axes[:, ::-1]
    turned = turned * np.where(turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1, 1)  # eigenvectors have no sign
    span = np.maximum(turned.max(axis=0) - turned.min(axis=0), 1e-9)
    linear = (turned - turned.min(axis=0)) / span
    rank = turned.round(6).argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(1, len(at) - 1)
    mixed = (1 - EVEN) * linear + EVEN * rank  # opens a dense core without changing what lies left or above
    return np.where(span < 1e-6, [0.5, 0.5], mixed).round(4) * [width, height]

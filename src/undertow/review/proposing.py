"""The lead to judge next: the one whose answer would teach most.

What an answer teaches is how open it is (the entropy of the stated chance, in bits), times how many unjudged leads are
alike, over how many judged ones are: "information density" (Settles and Craven 2008, "An analysis of active learning
strategies for sequence labeling tasks"), with what is judged already counted against it. Two leads are alike where at
least half of the signs that either shows are shown by both.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa

Signs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A lead, and why it: `chance` in thousandths, leads `alike` and not judged, and alike and `judged`."""

    lead_id: str
    network_id: str
    score: int
    chance: int
    alike: int
    judged: int
    bits: float
    teaches: float
    why: str


def propose(leads: pa.Table, judged_leads: Collection[str], judged_networks: Collection[str]) -> Proposal | None:
    """The one of these leads (highest score first where equal) to judge next; None where all are judged."""
    rows = leads.to_pylist()
    signs = [_signs(row) for row in rows]
    done = [row["lead_id"] in judged_leads or row["network_id"] in judged_networks for row in rows]
    alike = _alike(sorted(set(signs)), Counter(s for s, d in zip(signs, done, strict=True) if not d))
    known = _alike(sorted(set(signs)), Counter(s for s, d in zip(signs, done, strict=True) if d))
    made = [
        _proposal(row, alike[shown] - 1, known[shown])
        for row, shown, seen in zip(rows, signs, done, strict=True)
        if not seen
    ]
    return min(made, key=lambda one: (-one.teaches, -one.score, one.lead_id), default=None)


def _signs(row: dict[str, str]) -> Signs:
    told = [reason for side in ("reasons", "against") for reason in orjson.loads(row[side] or "[]")]
    return tuple(sorted({reason["indicator"] for reason in told}))


def _alike(kinds: Sequence[Signs], leads: Counter[Signs]) -> dict[Signs, int]:
    """Of every set of signs, how many leads show one that is alike; a set is alike to itself."""
    names = sorted({name for kind in kinds for name in kind})
    shows = np.array([[name in kind for name in names] for kind in kinds], np.float32).reshape(len(kinds), len(names))
    many = np.array([leads[kind] for kind in kinds], np.int64)
    sizes = shows.sum(axis=1)
    return {kind: _near(shows, sizes, many, at) for at, kind in enumerate(kinds)}


def _near(shows: npt.NDArray[np.float32], sizes: npt.NDArray[np.float32], many: npt.NDArray[np.int64], at: int) -> int:
    both = shows @ shows[at]
    return int(many[2 * both >= sizes + sizes[at] - both].sum())


def _proposal(row: dict[str, int | str], alike: int, judged: int) -> Proposal:
    stated = row["organised_risk"] if row["chance"] is None else row["chance"]
    chance = min(max(int(stated), 1), 999)
    bits = -sum(part * log2(part) for part in (chance / 1000, 1 - chance / 1000))
    teaches = bits * (1 + alike) / (1 + judged)
    why = (
        f"Its chance is {chance / 10:.1f} %, so the answer is worth {bits:.2f} bits of at most 1; {alike:,} other "
        f"unjudged leads show much the same signs, and {judged:,} judged ones do."
    )
    return Proposal(
        str(row["lead_id"]),
        str(row["network_id"]),
        int(row["score"]),
        chance,
        alike,
        judged,
        round(bits, 4),
        round(teaches, 4),
        why,
    )

"""What other weights change: which leads move, which are no more, which come in."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from undertow.assess.weights import Weights

Row = dict[str, Any]


def between(before: pa.Table, after: pa.Table, weights: Weights) -> tuple[list[Row], list[Row], list[Row]]:
    """Leads that moved, that are no more, and that came in; `weights` are those of `after`.

    Moved are leads whose band or rank is another, the most bands first, then the most ranks.
    """
    old, new = _ranked(before), _ranked(after)
    bands = [name for _, name in weights.bands]
    moved = [
        {"lead_id": lead, **_pair(old[lead], new[lead])}
        for lead in sorted(old.keys() & new.keys())
        if (old[lead]["band"], old[lead]["rank"]) != (new[lead]["band"], new[lead]["rank"])
    ]
    moved.sort(key=lambda row: (-_jump(row, bands), -abs(row["rank"] - row["rank_before"]), row["lead_id"]))
    dropped, added = (
        [{"lead_id": lead, **about} for lead, about in one.items() if lead not in other]
        for one, other in ((old, new), (new, old))
    )
    return moved, dropped, added


def _ranked(leads: pa.Table) -> dict[str, Row]:
    rows = leads.select(["lead_id", "score", "band"]).to_pylist()
    return {
        row["lead_id"]: {"rank": rank, "score": row["score"], "band": row["band"]} for rank, row in enumerate(rows, 1)
    }


def _pair(old: Row, new: Row) -> Row:
    return {name: value for key in old for name, value in ((f"{key}_before", old[key]), (key, new[key]))}


def _jump(row: Row, bands: Sequence[str]) -> int:
    names = (row["band_before"], row["band"])
    return abs(bands.index(names[0]) - bands.index(names[1])) if all(name in bands for name in names) else 0

"""Journeys from a ticket seller's system."""

from collections.abc import Sequence
from pathlib import Path

from undertow.simulate.delimited import moment, write
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed

HEADER = ("passenger", "payer", "origin", "destination", "departure")


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One file."""
    name = f"{start}.csv"
    write(folder / name, HEADER, (_row(draft) for draft in drafts))
    return ((draft, name, str(number)) for number, draft in enumerate(drafts, 1))


def _row(draft: Draft) -> tuple[str, ...]:
    of = draft.fields
    return of["traveller"], of["payer"], of["origin_text"], of["destination_text"], moment(draft.at, "%Y-%m-%d %H:%M")


EXPORT = Export(name="bookings_csv", write=export)

"""Short messages that people handed in, as a hotline's form saves them."""

from collections.abc import Sequence
from pathlib import Path

from undertow.simulate.delimited import moment, write
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed

HEADER = ("date received", "sender", "country", "sms")


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One file."""
    name = f"{start}.csv"
    write(folder / name, HEADER, (_row(draft) for draft in drafts))
    return ((draft, name, str(number)) for number, draft in enumerate(drafts, 1))


def _row(draft: Draft) -> tuple[str, ...]:
    return moment(draft.at, "%Y-%m-%d %H:%M"), draft.fields["account"], draft.country, draft.fields["text"]


EXPORT = Export(name="messages_csv", write=export, titles=False)

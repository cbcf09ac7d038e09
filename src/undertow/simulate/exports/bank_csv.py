"""A bank's export with German headers and decimal commas."""

from collections.abc import Sequence
from pathlib import Path

from undertow.simulate.delimited import moment, write
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed

HEADER = ("Buchungstag", "Auftraggeber", "Empfänger", "Betrag", "Währung", "Verwendungszweck")


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One file."""
    name = f"{start}.csv"
    write(folder / name, HEADER, (_row(draft) for draft in drafts), sign=";")
    return ((draft, name, str(number)) for number, draft in enumerate(drafts, 1))


def _row(draft: Draft) -> tuple[str, ...]:
    of = draft.fields
    amount = of["amount"].replace(".", ",")
    return moment(draft.at, "%d.%m.%Y"), of["payer"], of["payee"], amount, of["currency"], of["text"]


EXPORT = Export(name="bank_csv", write=export)

"""A listing site's export as spreadsheets of Europe write it: semicolons, day before month, a byte-order mark."""

from collections.abc import Sequence
from pathlib import Path

from undertow.simulate.delimited import moment, write
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed

HEADER = ("Ad ID", "Date posted", "Ad title", "Ad text", "City", "Poster", "Link")


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One file."""
    name = f"{start}.csv"
    rows = ((str(number), moment(draft.at, "%d/%m/%Y %H:%M"), *_texts(draft)) for number, draft in enumerate(drafts, 1))
    write(folder / name, HEADER, rows, sign=";", encoding="utf-8-sig")
    return ((draft, name, str(number)) for number, draft in enumerate(drafts, 1))


def _texts(draft: Draft) -> tuple[str, ...]:
    get = draft.fields.get
    return get("title", ""), get("text", ""), get("place_text", ""), get("account", ""), get("url", "")


EXPORT = Export(name="listing_csv", write=export)

"""A listing site's export with Spanish headers, tabs, in UTF-16 as a mail program saves it."""

from collections.abc import Sequence
from pathlib import Path

from undertow.simulate.delimited import moment, write
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed

HEADER = ("anuncio", "título", "descripción", "ciudad", "usuario", "fecha de publicación", "enlace")


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One file."""
    name = f"{start}.tsv"
    rows = ((str(number), *_texts(draft)) for number, draft in enumerate(drafts, 1))
    write(folder / name, HEADER, rows, sign="\t", encoding="utf-16")
    return ((draft, name, str(number)) for number, draft in enumerate(drafts, 1))


def _texts(draft: Draft) -> tuple[str, ...]:
    get = draft.fields.get
    posted = moment(draft.at, "%d-%m-%Y %H:%M:%S")
    return get("title", ""), get("text", ""), get("place_text", ""), get("account", ""), posted, get("url", "")


EXPORT = Export(name="listing_tsv", write=export)

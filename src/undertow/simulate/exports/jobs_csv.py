"""A job board's export: commas, month before day, a twelve-hour clock."""

from collections.abc import Sequence
from pathlib import Path

from undertow.simulate.delimited import moment, write
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed

HEADER = ("job id", "job title", "job description", "job location", "employer", "posted", "url")


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One file."""
    name = f"{start}.csv"
    rows = ((str(number), *_texts(draft)) for number, draft in enumerate(drafts, 1))
    write(folder / name, HEADER, rows)
    return ((draft, name, str(number)) for number, draft in enumerate(drafts, 1))


def _texts(draft: Draft) -> tuple[str, ...]:
    get = draft.fields.get
    posted = moment(draft.at, "%m/%d/%Y %I:%M %p")
    return get("title", ""), get("text", ""), get("place_text", ""), get("account", ""), posted, get("url", "")


EXPORT = Export(name="jobs_csv", write=export)

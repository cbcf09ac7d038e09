"""A social site's export: one JSON object a line, under names that programmers choose."""

from collections.abc import Sequence
from pathlib import Path

import orjson

from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed

_NAMES = (
    ("title", "headline"),
    ("text", "body"),
    ("account", "author"),
    ("url", "permalink"),
    ("place_text", "location"),
)


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One file."""
    name = f"{start}.jsonl"
    with (folder / name).open("wb") as file:
        file.writelines(_line(draft) for draft in drafts)
    return ((draft, name, str(number)) for number, draft in enumerate(drafts, 1))


def _line(draft: Draft) -> bytes:
    told: dict[str, object] = {shown: draft.fields.get(name, "") for name, shown in _NAMES}
    return orjson.dumps(told | {"created_utc": int(draft.at), "likes": len(draft.fields["text"]) % 23}) + b"\n"


EXPORT = Export(name="feed_jsonl", write=export)

"""Accounts as a platform hands them over: one JSON object a line."""

from collections.abc import Sequence
from pathlib import Path

import orjson

from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One file, the accounts of all sites together."""
    name = f"{start}.jsonl"
    with (folder / name).open("wb") as file:
        file.writelines(
            orjson.dumps(
                {"username": draft.fields["handle"], "platform": draft.site, "registered": int(draft.at)}
                | {key: draft.fields[key] for key in ("phone", "email", "device", "ip")}
            )
            + b"\n"
            for draft in drafts
        )
    return ((draft, name, str(number)) for number, draft in enumerate(drafts, 1))


EXPORT = Export(name="accounts_jsonl", write=export)

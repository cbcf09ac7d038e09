"""Channels as Telegram's program exports them, all in one file."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import orjson

from undertow.simulate.delimited import moment
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One file with every channel."""
    name = f"{start}_result.json"
    chats, placed = [], []
    for number, (channel, some) in enumerate(groupby(sorted(drafts, key=attrgetter("place")), key=attrgetter("place"))):
        lines = list(some)
        messages = [_message(place, draft) for place, draft in enumerate(lines, 1)]
        chats.append({"name": channel, "type": "public_channel", "id": number, "messages": messages})
        placed += [(draft, name, f"{channel}/{place}") for place, draft in enumerate(lines, 1)]
    (folder / name).write_bytes(orjson.dumps({"chats": {"about": "made up", "list": chats}}))
    return iter(placed)


def _message(number: int, draft: Draft) -> dict[str, object]:
    return {
        "id": number,
        "type": "message",
        "date": moment(draft.at, "%Y-%m-%dT%H:%M:%S"),
        "date_unixtime": str(int(draft.at)),
        "from": draft.fields["account"],
        "from_id": f"user{draft.fields['account']}",
        "text": draft.fields["text"],
    }


EXPORT = Export(name="telegram", write=export, titles=False)

"""Chats exported from telephones, one file a chat."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from undertow.simulate.delimited import moment
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """One file a chat."""
    by_chat = sorted(drafts, key=attrgetter("place"))
    for number, (chat, some) in enumerate(groupby(by_chat, key=attrgetter("place")), 1):
        name = f"{start}_WhatsApp Chat with {chat.rpartition(' ')[0]} {number}.txt"
        lines = list(some)
        text = "".join(
            f"{moment(draft.at, '%d/%m/%Y, %H:%M')} - {draft.fields['account']}: {draft.fields['text']}\n"
            for draft in lines
        )
        (folder / name).write_text(text, "utf-8", newline="\n")
        for place, draft in enumerate(lines, 1):
            yield draft, name, str(place)


EXPORT = Export(name="whatsapp", write=export, titles=False)

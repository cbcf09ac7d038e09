"""Telegram exports (`result.json`): one chat, or all chats of an account."""

import re
from collections.abc import Iterator, Mapping

import ijson

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Opened, Reject, Source
from undertow.collect.encoding import Encoding, decide, head_text
from undertow.collect.jsontext import json_stream

_MESSAGE = re.compile(r'"type"\s*:\s*"(?:message|service)"')
_LIST = re.compile(r'"messages"\s*:\s*\[')
_NAMES = ("name", "chats.list.item.name", "left_chats.list.item.name")
_KEPT_ELSEWHERE = frozenset({"from", "text", "text_entities", "date_unixtime"})
_FILES = ("photo", "file", "thumbnail")  # paths below the export's folder
_DAMAGE = (ijson.JSONError, UnicodeDecodeError, ValueError, OverflowError)


def sniff(opened: Opened) -> float:
    """Sure where the head has the words of such an export."""
    text = head_text(opened.head)
    if not text.lstrip().startswith("{"):
        return 0.0
    return 0.97 if _LIST.search(text) and _MESSAGE.search(text) and '"date' in text else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """Every message; the position is `chat/message id`. Notices, and pictures without words, are posts without text.

    Pictures are files of the export's folder: collected with it, they are tied to their messages.
    """
    encoding = decide(opened)
    yield from encoding.notes()
    yield from batched(_messages(opened, encoding), "posts")


def _messages(opened: Opened, encoding: Encoding) -> Iterator[One | Reject]:
    chat, number, taken = "", 0, set[str]()
    with json_stream(opened, encoding) as stream:
        try:
            for chat, message in _found(stream):
                number += 1
                position = f"{chat}/{message.get('id', number)}" if chat else str(message.get("id", number))
                while position in taken:  # two chats of one name
                    position += "+"
                taken.add(position)
                yield One(position, _fields(message, chat))
        except _DAMAGE as error:
            yield Reject(f"after {number}", "the export breaks off or is not valid", str(error).split("\n", 1)[0][:200])


def _found(stream: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Each message and the name of its chat, which an export puts before the messages."""
    chat, builder = "", None
    for prefix, event, value in ijson.parse(stream, use_float=True):
        if builder is not None:
            builder.event(event, value)
            if event == "end_map" and prefix.endswith("messages.item"):
                yield chat, builder.value
                builder = None
        elif event == "start_map" and prefix.endswith("messages.item"):
            builder = ijson.ObjectBuilder()
            builder.event(event, value)
        elif prefix in _NAMES and isinstance(value, str):
            chat = value


def _fields(message: Mapping[str, object], chat: str) -> dict[str, object]:
    rest = {key: value for key, value in message.items() if key not in _KEPT_ELSEWHERE}
    who = message.get("from") or message.get("actor") or message.get("from_id")
    return {
        **rest,
        "site": "telegram.org",
        "kind": "message",
        "account": who or "",
        "posted_at": message.get("date_unixtime") or message.get("date") or "",
        "text": _text(message.get("text")),
        "chat": chat,
        "media": [message[key] for key in _FILES if isinstance(message.get(key), str)],
    }


def _text(value: object) -> str:
    """A text is a string, or a list of strings and marked pieces; the link behind a piece follows it in brackets."""
    return "".join(map(_piece, value)) if isinstance(value, list) else _piece(value)


def _piece(part: object) -> str:
    if not isinstance(part, dict):
        return part if isinstance(part, str) else ""
    text, link = str(part.get("text", "")), str(part.get("href") or "")
    return f"{text} ({link})" if link and link not in text else text


_EXPORT = b"""{"name": "Work", "type": "public_channel", "id": 1, "messages": [
 {"id": 1, "type": "service", "date": "2024-01-05T10:00:00", "actor": "Ana", "action": "create_channel", "text": ""},
 {"id": 2, "type": "message", "date": "2024-01-05T10:01:00", "from": "Ana", "from_id": "user1",
  "text": ["Cook wanted, see ", {"type": "text_link", "text": "here", "href": "https://example.org/a"}]}]}"""

SOURCE = Source(
    name="telegram",
    version=2,
    sniff=sniff,
    read=read,
    media_type="application/json",
    examples=(
        ("result.json", _EXPORT, ["", "Cook wanted, see here (https://example.org/a)"]),
        ("posts.json", b'[{"text": "Room to let"}]', None),
        ("chat.json", b'{"messages": [{"sender_name": "Ana", "timestamp_ms": 1579294140000, "content": "Hi"}]}', None),
    ),
)

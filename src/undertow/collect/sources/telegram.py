"""Telegram exports (`result.json`): one chat, or all chats of an account."""

from collections.abc import Iterator

import orjson

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Note, Opened, Reject, Source
from undertow.collect.encoding import decide, head_text, utf8_stream


def sniff(opened: Opened) -> float:
    """Sure where the head has the words of such an export."""
    text = head_text(opened.head)
    if not text.lstrip().startswith("{"):
        return 0.0
    single = '"messages"' in text and '"type"' in text and ('"date"' in text or '"from_id"' in text)
    return 0.97 if single or ('"chats"' in text and '"list"' in text) else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """Every message with text; the position is `chat/message`. Messages of the service are counted in a note."""
    encoding = decide(opened)
    yield from encoding.notes()
    with utf8_stream(opened, encoding) as stream:
        try:
            whole = orjson.loads(stream.read())
        except orjson.JSONDecodeError as error:
            yield Reject("", f"the export breaks off: {str(error).splitlines()[0]}")
            return
    chats = whole.get("chats", {}).get("list", []) if isinstance(whole.get("chats"), dict) else [whole]
    yield from batched((item for chat in chats if isinstance(chat, dict) for item in _chat(chat)), "posts")


def _chat(chat: dict[str, object]) -> Iterator[One | Reject | Note]:
    silent = 0
    name, messages = str(chat.get("name") or chat.get("id") or ""), chat.get("messages")
    for number, message in enumerate(messages if isinstance(messages, list) else [], 1):
        if not isinstance(message, dict):
            yield Reject(f"{name}/{number}", "the message is no object", str(message)[:200])
            continue
        text, links = _text(message.get("text"))
        if not text:
            silent += 1
            continue
        yield One(f"{name}/{message.get('id', number)}", _fields(message, name, text, links))
    if silent:
        yield Note(f"{silent} messages of {name or 'the chat'} have no text: calls, joins, pictures")


def _fields(message: dict[str, object], chat: str, text: str, links: list[str]) -> dict[str, object]:
    kept = ("id", "from_id", "forwarded_from", "reply_to_message_id")
    rest: dict[str, object] = {key: message[key] for key in kept if key in message}
    unix = message.get("date_unixtime")
    return {
        "site": "telegram.org",
        "kind": "message",
        "account": str(message.get("from") or message.get("from_id") or ""),
        "posted_at": str(unix) if unix else str(message.get("date") or ""),
        "text": text,
        "chat": chat,
        "links": links,
        **rest,
    }


def _text(value: object) -> tuple[str, list[str]]:
    """The text of a message, which is a string or a list of strings and marked pieces, and the links behind pieces."""
    parts = value if isinstance(value, list) else [value]
    text = "".join(
        part if isinstance(part, str) else str(part.get("text", "")) for part in parts if isinstance(part, str | dict)
    )
    return text, [str(part["href"]) for part in parts if isinstance(part, dict) and part.get("href")]


_EXPORT = b"""{"name": "Work", "type": "public_channel", "id": 1, "messages": [
 {"id": 1, "type": "service", "date": "2024-01-05T10:00:00", "text": ""},
 {"id": 2, "type": "message", "date": "2024-01-05T10:01:00", "from": "Ana", "from_id": "user1",
  "text": ["Cook wanted, see ", {"type": "text_link", "text": "here", "href": "https://example.org/a"}]}]}"""

SOURCE = Source(
    name="telegram",
    version=1,
    sniff=sniff,
    read=read,
    media_type="application/json",
    examples=(("result.json", _EXPORT, ["Cook wanted, see here"]), ("posts.json", b'[{"text": "Room to let"}]', None)),
)

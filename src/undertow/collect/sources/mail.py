"""E-mail: single messages (.eml) and mailboxes (mbox)."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Note, Opened, Reject, Source
from undertow.collect.pages import page

_HEADER = re.compile(
    rb"^(?:Return-Path|Received|From|To|Subject|Date|Message-ID|MIME-Version|Delivered-To|X-[\w-]+):", re.I | re.M
)
_NEXT = b"From "


def sniff(opened: Opened) -> float:
    """Sure where it begins with mail headers, or with the line that opens a message of a mailbox."""
    head = opened.head[:4000]
    first = head.split(b"\n\n", 1)[0].replace(b"\r\n\r\n", b"\n\n")
    known = {hit[0].lower() for hit in _HEADER.finditer(first)}
    if head.startswith(_NEXT) and len(known) >= 2:
        return 0.95
    begins = _HEADER.match(head) is not None
    return 0.9 if begins and len(known) >= 3 and b"from:" in known else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """One message a record; the position is its number. Names of attachments are kept, their content is not read."""
    yield from batched(_messages(opened), "posts")


def _messages(opened: Opened) -> Iterator[One | Reject | Note]:
    limit = opened.limits.line_characters
    for number, raw in enumerate(_split(opened), 1):
        if len(raw) > limit:
            yield Reject(str(number), "refused: a message without end", raw[:200].decode("utf-8", "replace"))
            continue
        try:
            message = message_from_bytes(raw, policy=default)
            yield One(str(number), _fields(message))
        except (ValueError, LookupError, AttributeError, TypeError, IndexError, KeyError) as error:
            reason = f"the message cannot be read ({type(error).__name__})"
            yield Reject(str(number), reason, raw[:200].decode("utf-8", "replace"))


def _split(opened: Opened) -> Iterator[bytes]:
    limit = opened.limits.line_characters
    held: list[bytes] = []
    size, blank = 0, True
    with opened.open() as stream:
        mailbox = opened.head.startswith(_NEXT)
        while line := stream.readline(limit):
            if mailbox and blank and line.startswith(_NEXT):
                if held:
                    yield b"".join(held)
                held, size = [], 0
            elif size <= limit:
                held.append(line)
                size += len(line)
            blank = not line.strip()
    if held:
        yield b"".join(held)


def _fields(message: EmailMessage) -> dict[str, object]:
    body = message.get_body(("plain", "html"))
    text = body.get_content() if body else ""
    text = text if isinstance(text, str) else ""
    if body is not None and body.get_content_type() == "text/html":
        text = str(page(text)["text"])
    return {
        "site": "e-mail",
        "kind": "message",
        "account": str(message.get("From") or ""),
        "posted_at": str(message.get("Date") or ""),
        "title": str(message.get("Subject") or ""),
        "text": text.rstrip("\r\n"),
        "to": str(message.get("To") or ""),
        "message_id": str(message.get("Message-ID") or ""),
        "attachments": [part.get_filename() or part.get_content_type() for part in message.iter_attachments()],
    }


_MAIL = (
    b"From: Ana <ana@example.org>\nTo: b@example.org\nSubject: Room\nDate: Fri, 05 Jan 2024 10:00:00 +0000\n\n"
    b"The room is free.\n"
)

SOURCE = Source(
    name="mail",
    version=1,
    sniff=sniff,
    read=read,
    media_type="message/rfc822",
    examples=(
        ("one.eml", _MAIL, ["The room is free."]),
        ("box.mbox", b"From a Fri Jan 5\n" + _MAIL + b"\nFrom b Fri Jan 5\n" + _MAIL, ["The room is free."] * 2),
        ("letter.txt", b"From here: the room is free.\n", None),
    ),
)

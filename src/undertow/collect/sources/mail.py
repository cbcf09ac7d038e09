"""E-mail: single messages (.eml) and mailboxes (mbox), with the pictures that are attached or stand in them."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Opened, Reject, Source
from undertow.collect.encoding import head_text
from undertow.collect.pages import page
from undertow.collect.picturing import is_picture, record

_HEADER = re.compile(
    rb"^(?:Return-Path|Received|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Delivered-To|Reply-To|X-[\w-]+):",
    re.I | re.M,
)
_NEXT = b"From "
_BEGINS = re.compile(rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b")  # "From here on" in a text begins no message
_QUOTED = re.compile(rb"^>(>*From )", re.M)
_KEPT = {"to": "To", "cc": "Cc", "reply_to": "Reply-To", "message_id": "Message-ID", "in_reply_to": "In-Reply-To"}
_PARSER_TROUBLE = (ValueError, LookupError, AttributeError, TypeError, MessageError, AssertionError)  # email's own bugs


def sniff(opened: Opened) -> float:
    """Sure where it begins with mail headers, or with the line that opens a message of a mailbox."""
    first = re.split(rb"\r?\n\r?\n", opened.head[:16_000].lstrip(b"\xef\xbb\xbf"), maxsplit=1)[0]
    known = {hit[0].lower() for hit in _HEADER.finditer(first)}
    if first.startswith(_NEXT):
        return 0.95 if len(known) >= 2 else 0.0
    needed = 2 if opened.name.lower().endswith((".eml", ".mbox")) else 3
    return 0.9 if _HEADER.match(first) and len(known) >= needed and b"from:" in known else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """One message a record; the position is its number. An attached picture is a record of its own, `number/place`.

    Names of attachments are kept; what is no picture is not read.
    """
    yield from batched(_messages(opened), "posts")


def _messages(opened: Opened) -> Iterator[One | Reject]:
    for number, raw in enumerate(_split(opened), 1):
        if len(raw) > opened.limits.message_bytes:
            yield Reject(str(number), "refused: a message without end", raw[:200].decode("utf-8", "replace"))
            continue
        try:
            message = message_from_bytes(raw, policy=policy.default)
            yield One(str(number), _fields(message))
            yield from _pictures(opened, message, number)
        except _PARSER_TROUBLE as error:
            reason = f"the message cannot be read: {type(error).__name__}"
            yield Reject(str(number), reason, raw[:200].decode("utf-8", "replace"))


def _split(opened: Opened) -> Iterator[bytes]:
    """The messages, each at most a little longer than the limit."""
    limit = opened.limits.message_bytes
    held: list[bytes] = []
    size, blank = 0, True
    mailbox = opened.head.startswith(_NEXT)
    with opened.open() as stream:
        while line := stream.readline(1 << 20):
            if mailbox and blank and _BEGINS.match(line):
                if held:
                    yield _QUOTED.sub(rb"\1", b"".join(held))
                held, size = [], 0
            elif size <= limit:
                held.append(line)
                size += len(line)
            blank = not line.strip(b"\r\n")
    if held:
        yield _QUOTED.sub(rb"\1", b"".join(held)) if mailbox else b"".join(held)


def _fields(message: EmailMessage) -> dict[str, object]:
    plain, html, others = _parts(message)
    return {
        "site": "e-mail",
        "kind": "message",
        "account": _header(message, "From"),
        "posted_at": _header(message, "Date"),
        "title": _header(message, "Subject"),
        "text": "\n".join(plain or [str(page(each)["text"]) for each in html]).rstrip("\r\n"),
        **{name: _header(message, header) for name, header in _KEPT.items()},
        "received": [str(value) for name, value in message.raw_items() if name.lower() == "received"],
        "attachments": others,
    }


def _parts(message: EmailMessage) -> tuple[list[str], list[str], list[str]]:
    """The plain texts, the HTML texts, and the names of everything else."""
    plain: list[str] = []
    html: list[str] = []
    others: list[str] = []
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            (plain if kind == "text/plain" else html).append(_content(part))
        else:
            others.append(part.get_filename() or kind)
    return plain, html, others


def _pictures(opened: Opened, message: EmailMessage, number: int) -> Iterator[One | Reject]:
    for place, part in enumerate(message.walk()):
        raw = b"" if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(raw, bytes) and is_picture(raw):
            known = {"site": "e-mail", "account": _header(message, "From"), "name": part.get_filename() or ""}
            yield record(opened, raw, f"{number}/{place}", part_of=str(number), **known)


def _content(part: EmailMessage) -> str:
    """The text of a part; where its own encoding is unknown or untrue, the likeliest."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return str(raw or "")
    try:
        return raw.decode(part.get_content_charset("utf-8")).replace("\r\n", "\n")
    except (LookupError, ValueError):
        return head_text(raw).replace("\r\n", "\n") or raw.decode("utf-8", "replace")


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except _PARSER_TROUBLE:
        return next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")


_MAIL = (
    b"From: Ana <ana@example.org>\nTo: b@example.org\nSubject: Room\nDate: Fri, 05 Jan 2024 10:00:00 +0000\n\n"
    b"The room is free.\n"
)

SOURCE = Source(
    name="mail",
    version=2,
    sniff=sniff,
    read=read,
    media_type="message/rfc822",
    examples=(
        ("one.eml", _MAIL, ["The room is free."]),
        ("box.mbox", b"From a Fri Jan 5\n" + _MAIL + b"\nFrom b Fri Jan 5\n" + _MAIL, ["The room is free."] * 2),
        ("letter.txt", b"From here: the room is free.\n", None),
    ),
)

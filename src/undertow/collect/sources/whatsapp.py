"""WhatsApp chats exported as text, with the date layouts of Android and iOS; Signal's text exports look the same."""

import re
from collections.abc import Iterator

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Note, Opened, Reject, Source
from undertow.collect.encoding import decide, head_text, text_stream
from undertow.collect.lines import EXCERPT, Lines

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2069\ufeff"))
_SPACES = {0x202F: " ", 0xA0: " "}
_HALF = r"(?:[AaPp]\.?\s?[Mm]\b\.?|[^\W\d_a-zA-Z]{1,8}\.?)"
_TIME = rf"\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\s?{_HALF})?"
_DATE = r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\.?"
_BEGINS = re.compile(rf"(\[)?({_DATE}),?\s+(?:[^\W\d]{{1,3}}\s+)?({_TIME})(?(1)\]|(?:\s[-–]))\s+(.*)", re.DOTALL)
_SAYS = re.compile(r'([^:"“”«»\n]{1,80}):(?!//)\s?(.*)', re.DOTALL)
_FILE = r"[^\s<>:/\\][^<>:/\\\n]{0,120}\.[A-Za-z0-9]{2,5}"
_ATTACHED = re.compile(rf"(?:^|\n)({_FILE}) \([^()\n]{{3,40}}\)|<[^<>:\n]{{3,30}}: ?({_FILE})>")  # Android; iOS
_LOOKED_AT = 20  # lines


def sniff(opened: Opened) -> float:
    """Sure where the first line begins with a date, a time and a dash or brackets."""
    lines = [_clean(line) for line in head_text(opened.head).splitlines()[:_LOOKED_AT] if line.strip()]
    begun = [hit for line in lines if (hit := _BEGINS.match(line))]
    if not begun or not _BEGINS.match(lines[0]) or not any(_SAYS.match(hit[4]) for hit in begun):
        return 0.0
    return 0.95 if len(begun) * 3 >= len(lines) else 0.6


def read(opened: Opened) -> Iterator[Item]:
    """One message a record, lines that follow belong to it; the position counts messages. A notice has no account.

    A file that a message says is attached is tied to it where it was collected beside the chat.
    """
    encoding = decide(opened)
    yield from encoding.notes()
    with text_stream(opened, encoding) as stream:
        yield from batched(_messages(Lines(stream, opened.limits.line_characters)), "posts")


def _messages(lines: Lines) -> Iterator[One | Reject | Note]:
    number = notices = 0
    begun: re.Match[str] | None = None
    more: list[str] = []
    for line in lines:
        lines.taken()
        begins = _BEGINS.match(_clean(line))
        if begins is not None:
            if begun is not None:
                yield _one(number, begun, more)
            number += 1
            notices += _SAYS.match(begins[4]) is None
            begun, more = begins, []
        elif begun is not None:
            more.append(line)
        elif line.strip():
            yield Reject(f"line {lines.number}", "the line belongs to no message", line[:EXCERPT])
    if begun is not None:
        yield _one(number, begun, more)
    yield from lines.rejects
    if notices:
        yield Note(f"{notices} messages are notices of the chat itself and have no account")


def _one(number: int, begun: re.Match[str], more: list[str]) -> One:
    says = _SAYS.match(begun[4])
    text = (says[2] if says else begun[4]) + "".join(more)
    return One(
        str(number),
        {
            "site": "whatsapp.com",
            "kind": "message",
            "account": says[1].strip() if says else "",
            "posted_at": f"{begun[2]} {begun[3]}",
            "text": text.rstrip("\r\n"),
            "media": [hit[1] or hit[2] for hit in _ATTACHED.finditer(_clean(text))],
        },
    )


def _clean(line: str) -> str:
    return line.translate(_MARKS).translate(_SPACES)


SOURCE = Source(
    name="whatsapp",
    version=2,
    sniff=sniff,
    read=read,
    media_type="text/plain",
    examples=(
        (
            "chat.txt",
            b"13/01/2024, 18:20 - Ana: Hello\nand a second line\n13/01/2024, 18:21 - Ben: Hi\n",
            ["Hello\nand a second line", "Hi"],
        ),
        ("chat.txt", "[1/13/24, 6:20:01\u202fPM] Ana: \u200eHello\n".encode(), ["Hello"]),
        (
            "chat.txt",
            b"13.01.24, 18:20 - Ana created the group\n13.01.24, 18:21 - Ana: Hi\n",
            ["Ana created the group", "Hi"],
        ),
        ("letter.txt", b"On 13/01/2024, 18:20 we met: it rained.\n", None),
    ),
)

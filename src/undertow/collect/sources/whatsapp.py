"""WhatsApp chats exported as text, with the date layouts of Android and iOS."""

import re
from collections.abc import Iterator

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Note, Opened, Reject, Source
from undertow.collect.encoding import decide, head_text, text_stream
from undertow.collect.lines import Lines

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202c\ufeff"))
_SPACES = {0x202F: " ", 0xA0: " "}
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_BEGINS = re.compile(rf"\[?(\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}),?\s+({_TIME})\]?(?:\s+-)?\s+(.*)", re.DOTALL)
_SAYS = re.compile(r"([^:]{1,80}): (.*)", re.DOTALL)


def sniff(opened: Opened) -> float:
    """Sure where the first lines begin with a date, a time and a dash or bracket."""
    lines = [_clean(line) for line in head_text(opened.head).splitlines()[:20] if line.strip()]
    begun = [line for line in lines if _BEGINS.match(line)]
    if not lines or not _BEGINS.match(lines[0]) or not any(_SAYS.match(_BEGINS.match(line)[3]) for line in begun):  # type: ignore[index]
        return 0.0
    return 0.95 if len(begun) * 3 >= len(lines) else 0.6


def read(opened: Opened) -> Iterator[Item]:
    """One message a record, lines that follow belong to it; the position is the line. Notices are counted in a note."""
    encoding = decide(opened)
    yield from encoding.notes()
    with text_stream(opened, encoding) as stream:
        yield from batched(_messages(Lines(stream, opened.limits.line_characters)), "posts")


def _messages(lines: Lines) -> Iterator[One | Reject | Note]:
    open_: tuple[int, str, str, str] | None = None
    notices = 0
    for line in lines:
        lines.taken()
        begins = _BEGINS.match(_clean(line))
        if begins is None:
            if open_ is not None:
                open_ = (*open_[:3], open_[3] + line)
            elif line.strip():
                yield Reject(f"line {lines.number}", "the line belongs to no message", line[:200])
            continue
        if open_ is not None:
            yield _one(*open_)
        says = _SAYS.match(begins[3])
        notices += says is None
        open_ = (lines.number, f"{begins[1]} {begins[2]}", says[1], says[2]) if says else None
    if open_ is not None:
        yield _one(*open_)
    yield from lines.rejects
    if notices:
        yield Note(f"{notices} notices of the chat itself are no messages")


def _one(number: int, when: str, who: str, text: str) -> One:
    fields = {"site": "whatsapp.com", "kind": "message", "account": who, "posted_at": when, "text": text.rstrip("\r\n")}
    return One(str(number), fields)


def _clean(line: str) -> str:
    return line.translate(_MARKS).translate(_SPACES)


SOURCE = Source(
    name="whatsapp",
    version=1,
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
        ("letter.txt", b"On 13/01/2024, 18:20 we met: it rained.\n", None),
    ),
)

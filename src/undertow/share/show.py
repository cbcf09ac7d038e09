"""Texts of strangers made fit to look at: cut to what matters, marked, defanged, invisible letters made visible.

Nothing here escapes HTML: the templates escape everything.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

LINK = re.compile(r"(?:https?|ftp)://[^\s<>\"]{1,2000}|\bwww\.[^\s<>\"]{1,2000}", re.IGNORECASE)
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
LINKS = ("url", "domain")  # kinds that are links though nothing in them may say so
HOST_ENDS = re.compile(r"[/?#]")
TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MOST_SPANS = 200  # pointed out in one text
MOST_ACCENTS = 4  # kept on one letter; a stack of hundreds would cover the lines around it


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to point out: `kind` is a class of the style sheet, `label` what stands before it in small."""

    start: int
    end: int
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one mark or none."""

    text: str
    kind: str = ""
    label: str = ""


def pieces(
    text: str, marks: Iterable[Mark] = (), *, most: int = 400, links: Iterable[tuple[int, int]] = ()
) -> list[Piece]:
    """The part of `text` around its first mark, at most about `most` characters, in pieces that join up.

    Where two marks overlap, the one given first is shown. `links` are spans known to be links or domains though they do
    not begin with http or www.
    """
    kept = _apart(marks, len(text))
    first, last = _window(len(text), kept, most)
    shown = _visible(text, first, last, links)
    made = [Piece("… ")] if first else []
    at = first
    for mark in kept:
        start, end = max(mark.start, first), min(mark.end, last)
        if start >= end:
            continue
        made.extend(_plain(shown, at - first, start - first))
        made.append(Piece("".join(shown[start - first : end - first]), mark.kind, mark.label))
        at = end
    made.extend(_plain(shown, at - first, last - first))
    return [*made, Piece(" …")] if last < len(text) else made


def plain(text: str, most: int = 400, *, link: bool = False) -> str:
    """`text` without marks, cut, defanged (all of it where it is a `link` as a whole), with hidden letters shown."""
    whole = ((0, len(text)),) if link else ()
    return "".join(piece.text for piece in pieces(text, most=most, links=whole))


def _plain(shown: Sequence[str], start: int, end: int) -> Iterator[Piece]:
    if start < end:
        yield Piece("".join(shown[start:end]))


def _apart(marks: Iterable[Mark], length: int) -> list[Mark]:
    """The marks that fit, in order of the text: the one given first wins a place."""
    kept: list[Mark] = []
    for mark in islice(marks, MOST_SPANS):
        inside = 0 <= mark.start < mark.end <= length
        if inside and all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)


def _window(length: int, marks: Sequence[Mark], most: int) -> tuple[int, int]:
    if length <= most:
        return 0, length
    lead = next((mark for mark in marks if mark.kind == "hit"), marks[0] if marks else None)
    first = max(0, min(lead.start - most // 3, length - most)) if lead else 0
    return first, min(length, max(first + most, min(lead.end, first + 2 * most) if lead else 0))


def _visible(text: str, first: int, last: int, links: Iterable[tuple[int, int]]) -> list[str]:
    shown = [_letter(letter) for letter in text[first:last]]
    stack = 0
    for at, letter in enumerate(text[first:last]):
        stack = stack + 1 if unicodedata.category(letter) == "Mn" else 0
        if stack > MOST_ACCENTS:
            shown[at] = ""
    for at, instead in _fangs(text, max(0, first - 2100), last, links):
        if first <= at < last:
            shown[at - first] = instead
    return shown


def _letter(letter: str) -> str:
    """Itself, or a name in brackets for what would act on the line without being seen."""
    if letter in TURNING:
        return f"⟦{unicodedata.name(letter).replace('-', ' ').title()}⟧"
    if letter in "\n\t\r":
        return letter
    code = ord(letter)
    if code < 32:
        return chr(0x2400 + code)
    return "\ufffd" if 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE else letter


def _fangs(text: str, first: int, last: int, links: Iterable[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Positions that make a link a link, with what stands there instead."""
    part = text[first : last + 2100]
    for hit in LINK.finditer(part):
        yield from _defang(hit[0], first + hit.start())
    for start, end in links:
        yield from _defang(text[start:end], start)
    for hit in ADDRESS.finditer(part):
        yield first + hit.start() + hit[0].index("@"), "[@]"


def _defang(link: str, start: int) -> Iterator[tuple[int, str]]:
    scheme, colon, rest = link.partition("://")
    if colon and scheme.lower() in ("http", "https"):
        yield start + 1, "x"
        yield start + 2, "x"
    host = HOST_ENDS.split(rest if colon else link, maxsplit=1)[0]
    offset = start + (len(scheme) + 3 if colon else 0)
    yield from ((offset + at, "[.]") for at, letter in enumerate(host) if letter == ".")

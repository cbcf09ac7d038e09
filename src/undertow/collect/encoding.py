"""Turns bytes into text: finds the encoding, says which was assumed, keeps what does not decode visible."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO, TextIO

from charset_normalizer import from_bytes

from undertow.collect.contract import Note, Opened
from undertow.collect.streams import chunked

_CHUNK = 1 << 20
_SAMPLE = 1 << 15
_FEW = 8  # control characters that a short text may hold
_ENOUGH = 24  # bytes above ASCII below which a detector only guesses; our own choice
NUL = "\N{SYMBOL FOR NULL}"

_MARKS = (  # the longer first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_SCRIPT = 0.5  # share of bytes above ASCII in words that have any: Latin words have few, others hardly less
_OTHER_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_WESTERN = frozenset({"cp1252", "latin_1", "iso8859_15", "cp1250", "cp1254", "cp437", "cp850", "cp858", "mac_roman"})
_PLAIN = frozenset({"utf-8", "utf-8-sig"})


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become text: a codec's name, why it was chosen, and whether NULs or damage must be made visible."""

    codec: str
    why: str = ""
    damaged: int = 0  # bytes that the codec cannot read, each replaced by U+FFFD
    nuls: int = 0  # NUL characters, each shown as U+2400
    endless: bool = False  # whether a line may be longer than the limit

    def notes(self) -> Iterator[Note]:
        """What the user should know of it; nothing for clean UTF-8."""
        if self.why:
            yield Note(f"read as {self.codec}: {self.why}")
        if self.damaged:
            yield Note(
                f"{self.damaged} places do not decode as {self.codec} and are shown as \N{REPLACEMENT CHARACTER}"
            )
        if self.nuls:
            yield Note(f"{self.nuls} NUL characters are shown as {NUL}")


@lru_cache(maxsize=16)
def head_text(head: bytes) -> str:
    """The beginning of a file as text, good enough to look at; "" where it is not text."""
    if _is_binary(head):
        return ""
    codec = _of_head(head) or _of_sample(head)[0]
    return codecs.getincrementaldecoder(codec)("replace").decode(head).removeprefix("\ufeff")


def best_text(data: bytes, declared: str = "") -> str:
    """A piece of bytes as text: UTF-8 where it is that, else as declared, else the likeliest."""
    for codec in ("utf-8-sig", _known(declared)):
        if codec:
            try:
                return data.decode(codec).replace("\0", NUL)
            except UnicodeDecodeError:
                continue
    return data.decode(_of_head(data) or _of_sample(data[:_SAMPLE])[0], "replace").replace("\0", NUL)


def decide(opened: Opened, declared: str = "") -> Encoding:
    """The encoding of a whole thing; `declared` is what its own words say, believed where the bytes allow it.

    Reads it once from end to end: a byte that is not UTF-8 may come late.
    """
    codec = _of_head(opened.head)
    if codec in _PLAIN or not codec:
        return _survey(opened, codec or "utf-8", declared)
    why = "its byte order mark" if _mark(opened.head) else "NUL bytes at every second place"
    return _count(opened, codec, why)


def text_stream(opened: Opened, encoding: Encoding) -> TextIO:
    """The text, line ends as they are."""
    if encoding.codec in _PLAIN and not encoding.damaged and not encoding.nuls:
        return io.TextIOWrapper(opened.open(), encoding.codec, newline="")
    return io.TextIOWrapper(utf8_stream(opened, encoding), "utf-8", newline="")


def utf8_stream(opened: Opened, encoding: Encoding) -> BinaryIO:
    """The same text as UTF-8 bytes without mark, for parsers that want bytes."""
    if encoding.codec == "utf-8" and not encoding.damaged and not encoding.nuls:
        return opened.open()
    stream = opened.open()
    return chunked(_as_utf8(stream, encoding.codec), closing=stream.close)


def _as_utf8(stream: BinaryIO, codec: str) -> Iterator[bytes]:
    for text in _decoded(stream, codec):
        yield text.replace("\0", NUL).encode("utf-8", "replace")


def _decoded(stream: BinaryIO, codec: str, watch: "_LineWatch | None" = None) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    while chunk := stream.read(_CHUNK):
        if watch is not None:
            watch.see(chunk)
        yield decoder.decode(chunk)
    yield decoder.decode(b"", True)


@dataclass(slots=True)
class _LineWatch:
    """Watches whether a line may be longer than the limit; errs on the side of yes by one chunk."""

    limit: int
    run: int = 0
    endless: bool = False

    def see(self, chunk: bytes) -> bytes:
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self.run = self.run + len(chunk) if end < 0 else len(chunk) - end - 1
        self.endless = self.endless or self.run + _CHUNK > self.limit
        return chunk


def _survey(opened: Opened, codec: str, declared: str) -> Encoding:
    """Reads a thing that may be UTF-8 from end to end, and falls back where it is not."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    watch = _LineWatch(opened.limits.line_characters)
    nuls = 0
    with opened.open() as stream:
        while chunk := watch.see(stream.read(_CHUNK)):
            nuls += chunk.count(0)
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                sample = error.object[max(0, error.start - _SAMPLE) : error.start + _SAMPLE]
                return _fallback(opened, sample, declared)
    try:
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return _count(opened, codec, "")
    return Encoding(codec, "", 0, nuls, watch.endless)


def _fallback(opened: Opened, sample: bytes, declared: str) -> Encoding:
    codec, why = _of_sample(sample)
    if codec != "utf-8" and (known := _known(declared)):
        codec, why = known, f"it says {declared}"
    return _count(opened, codec, why)


def _count(opened: Opened, codec: str, why: str) -> Encoding:
    damaged = nuls = 0
    watch = _LineWatch(opened.limits.line_characters)
    with opened.open() as stream:
        for text in _decoded(stream, codec, watch):
            damaged += text.count("\N{REPLACEMENT CHARACTER}")
            nuls += text.count("\0")
    return Encoding(codec, why, damaged, nuls, watch.endless)


def _of_head(head: bytes) -> str:
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    half = max(1, min(len(head), 4096) // 2)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.1 * half else ""


def _mark(head: bytes) -> bool:
    return any(head.startswith(mark) for mark, _ in _MARKS)


def _of_sample(sample: bytes) -> tuple[str, str]:
    """The likeliest codec of bytes, with the reason ("" for UTF-8 without doubt)."""
    text = sample.decode("utf-8", "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    good = sum(letter > "\x7f" for letter in text) - bad
    if bad <= max(3, good // 4) and good >= bad:
        return "utf-8", "most of it is valid UTF-8" if bad else ""
    words = b" ".join(_OTHER_WORD.findall(sample))
    high = sum(byte > 0x7F for byte in words)
    best = from_bytes(words).best() if high >= max(_ENOUGH, len(words) * _OTHER_SCRIPT) else None
    if best is None or best.encoding in _WESTERN or best.encoding in {"ascii", "utf_8"}:
        return "cp1252", "it is not UTF-8, and nothing speaks for another script"
    return best.encoding, "it is not UTF-8, and its letters fit this best"


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _is_binary(head: bytes) -> bool:
    """Whether bytes hold too many control characters to be text of any encoding."""
    if _of_head(head):
        return False
    controls = sum(head.count(code) for code in range(32) if code not in (0, 9, 10, 12, 13, 27))
    return controls > max(_FEW, len(head) // 50) or head.count(0) > len(head) // 10

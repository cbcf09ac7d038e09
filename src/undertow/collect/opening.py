"""Opens what was received: plain files, .gz, .zst and the members of .zip; whatever is refused is said."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from undertow.collect import streams
from undertow.collect.contract import Opened, Reject
from undertow.collect.limits import Limits

HEAD = 1 << 16
_LAYERS = 2  # a .gz of a .gz occurs; more is a trick
_ENDINGS = re.compile(r"\.(gz|gzip|zst|zstd)$", re.IGNORECASE)
_DRIVE = re.compile(r"^[A-Za-z]:")
_OFFICE = (b"[Content_Types].xml", b"xl/workbook.xml", b"mimetypeapplication/vnd.oasis")
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class _Thing:
    """Bytes that may still be packed."""

    name: str
    member: str
    size: int  # as packed
    open: Callable[[], BinaryIO]
    path: Path | None
    trouble: list[Reject]


def open_original(path: Path, name: str, limits: Limits) -> Iterator[Opened | Reject]:
    """Everything to read in one original: itself unpacked, or each member of a zip archive."""
    thing = _Thing(name, "", path.stat().st_size, lambda: path.open("rb"), path, [])
    head = _head(thing)
    if head.startswith(streams.ZIP_MAGICS) and not _is_office(head):
        yield from _members(path, limits)
    else:
        yield from _open(thing, head, limits, _LAYERS)


def _open(thing: _Thing, head: bytes, limits: Limits, layers: int) -> Iterator[Opened | Reject]:
    unpack = _unpacker(head)
    if head.startswith(streams.ZIP_MAGICS) and not _is_office(head):
        yield Reject(thing.member, "refused: a zip archive inside another packed file; unpack the outer one first")
    elif unpack is None:
        yield Opened(thing.name, head, thing.open, thing.path, thing.member, limits, thing.trouble)
    elif layers == 0:
        yield Reject(thing.member, "refused: packed more than twice")
    else:
        inner = _layer(thing, unpack, limits)
        yield from _open(inner, _head(inner), limits, layers - 1)


def _layer(thing: _Thing, unpack: Callable[[BinaryIO], Iterator[bytes]], limits: Limits) -> _Thing:
    def opened() -> BinaryIO:
        source = thing.open()
        return streams.unpacked(unpack(source), thing.size, limits, thing.trouble, closing=source.close)

    name = _ENDINGS.sub("", thing.name)
    return _Thing(name, thing.member, thing.size, opened, None, thing.trouble)


def _members(path: Path, limits: Limits) -> Iterator[Opened | Reject]:
    try:
        archive = ZipFile(path)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Reject("", "the zip archive cannot be read", str(error))
        return
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > limits.members:
        yield Reject("", f"refused: the zip archive holds more than {limits.members:,} members")
        return
    if not members:
        yield Reject("", "the zip archive is empty")
    seen: set[str] = set()
    left = min(limits.unpacked_bytes, max(limits.grace_bytes, path.stat().st_size * limits.ratio))
    for info in members:
        left -= info.file_size
        refused = _refusal(info, seen) or ("refused: the archive unpacks to too much" if left < 0 else "")
        seen.add(info.orig_filename)
        if refused:
            yield Reject(_printable(info.orig_filename), refused)
        else:
            yield from _member(archive, info, limits)


def _member(archive: ZipFile, info: ZipInfo, limits: Limits) -> Iterator[Opened | Reject]:
    trouble: list[Reject] = []

    def opened() -> BinaryIO:  # the archive stays open for as long as a member may be read
        chunks = streams.unzip(archive, info)
        return streams.unpacked(chunks, info.compress_size, limits, trouble, closing=chunks.close)

    name = info.filename.rsplit("/", 1)[-1]
    thing = _Thing(name, info.filename, info.compress_size, opened, None, trouble)
    yield from _open(thing, _head(thing), limits, _LAYERS - 1)


def _refusal(info: ZipInfo, seen: set[str]) -> str:
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/") or "\0" in name:
        return "refused: the member's name leads out of the archive"
    if info.flag_bits & _ENCRYPTED:
        return "the member is encrypted: unpack it with its password first"
    if info.orig_filename in seen:
        return "refused: a second member with this name"
    return ""


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)


def _unpacker(head: bytes) -> Callable[[BinaryIO], Iterator[bytes]] | None:
    if head.startswith(streams.GZIP_MAGIC):
        return streams.gunzip
    return streams.unzstd if head.startswith(streams.ZSTD_MAGIC) else None


def _is_office(head: bytes) -> bool:
    return any(sign in head for sign in _OFFICE)


def _head(thing: _Thing) -> bytes:
    with thing.open() as stream:
        return stream.read(HEAD) or b""


def seekable(opened: Opened) -> BinaryIO:
    """A stream that can be read from any place, for formats that need it: the file itself, or a temporary copy."""
    if opened.path is not None:
        return opened.path.open("rb")
    copy = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 (handed to the caller)
    with opened.open() as stream:
        shutil.copyfileobj(stream, copy, 1 << 20)
    copy.seek(0)
    return copy

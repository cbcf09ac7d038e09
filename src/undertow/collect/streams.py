"""Unpacks gzip, zstd and zip members as they are read: bounded, and never raising for what is broken inside."""

import io
import zlib
from collections.abc import Callable, Generator, Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

import zstandard

from undertow.collect.contract import Reject
from undertow.collect.limits import Limits

_CHUNK = 1 << 20
_LARGEST_PAGE = 1 << 26
_ZSTD_PIECE = 2048  # 4 bytes of zstd can hold 128 KiB, and its decompressor knows no limit: at most 64 MiB a piece
_ZSTD_WINDOW = 1 << 27  # what zstd itself accepts without --long

GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")

_CUT = "the packed data is cut: what followed is lost, and the record before may be incomplete"
_BROKEN = "the packed data is broken: what followed is lost, and the record before may be incomplete"
_TAIL = "after the packed data stands something that is not packed data"


class _Broken(Exception):
    """The packed data cannot be read further; the message is the reason."""


class _Chunks(io.RawIOBase):
    """A raw stream over chunks of bytes."""

    def __init__(self, chunks: Iterator[bytes], closing: Callable[[], None]) -> None:
        super().__init__()
        self._chunks, self._closing, self._rest = chunks, closing, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def close(self) -> None:
        if not self.closed:
            self._closing()
        super().close()


def chunked(chunks: Iterator[bytes], *, closing: Callable[[], None]) -> BinaryIO:
    """A buffered stream over chunks of bytes."""
    return io.BufferedReader(_Chunks(chunks, closing), _CHUNK)


def unpacked(
    chunks: Iterator[bytes], packed: int, limits: Limits, trouble: list[Reject], *, closing: Callable[[], None]
) -> BinaryIO:
    """A buffered stream over unpacked `chunks`; where they break or become too much it ends, and `trouble` says so."""
    return chunked(_bounded(chunks, packed, limits, trouble), closing=closing)


def _bounded(chunks: Iterator[bytes], packed: int, limits: Limits, trouble: list[Reject]) -> Iterator[bytes]:
    most = min(limits.unpacked_bytes, max(limits.grace_bytes, packed * limits.ratio))
    size, why = 0, ""
    try:
        for chunk in chunks:
            if size + len(chunk) > most:
                why = f"refused: it unpacks to more than {most:,} bytes, too much for its packed size"
                break
            size += len(chunk)
            yield chunk
    except _Broken as broken:
        why = str(broken)
    found = Reject(f"byte {size}", why)
    if why and found not in trouble:
        trouble.append(found)


def gunzip(source: BinaryIO) -> Iterator[bytes]:
    """The unpacked chunks of gzip data, member after member."""
    member, inside = zlib.decompressobj(wbits=31), False
    data = source.read(_CHUNK)
    while data:
        try:
            chunk = member.decompress(data, _CHUNK)
        except zlib.error as error:
            raise _Broken(_BROKEN) from error
        if chunk:
            yield chunk
        inside = not member.eof
        data = member.unconsumed_tail or member.unused_data or source.read(_CHUNK)
        if member.eof:
            data = data.lstrip(b"\0")  # gzip pads a tape with zeros
            member = zlib.decompressobj(wbits=31)
            if data and not data.startswith(GZIP_MAGIC[: len(data)]):
                raise _Broken(_TAIL)
    if inside:
        raise _Broken(_CUT)


def unzstd(source: BinaryIO) -> Iterator[bytes]:
    """The unpacked chunks of zstd data, frame after frame."""
    frame, inside = None, False
    data = source.read(_ZSTD_PIECE)
    while data:
        if frame is None:
            frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        try:
            chunk = frame.decompress(data)
        except zstandard.ZstdError as error:
            raise _Broken(_BROKEN) from error
        if chunk:
            yield chunk
        inside = not frame.eof
        rest = frame.unused_data if frame.eof else b""
        frame = None if frame.eof else frame
        data = rest or source.read(_ZSTD_PIECE)
    if inside:
        raise _Broken(_CUT)


def unzip(archive: ZipFile, member: ZipInfo) -> Generator[bytes, None, None]:
    """The unpacked chunks of one member of a zip archive."""
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise _Broken(_BROKEN) from error
    except NotImplementedError as error:
        raise _Broken("the member is packed in a way that cannot be read") from error
    except RuntimeError as error:
        raise _Broken("the member is encrypted") from error


def inflated(data: bytes, encoding: str) -> bytes:
    """What a server sent, without the packing it named; at most 64 MiB, and as sent where that is not what it is."""
    wbits = {"gzip": 31, "x-gzip": 31, "deflate": 15}.get(encoding.strip().lower())
    if wbits is None:
        return data
    try:
        return zlib.decompressobj(wbits).decompress(data, _LARGEST_PAGE)
    except zlib.error:
        return data

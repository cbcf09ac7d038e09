"""Bodies in memory and nowhere else: a stranger's picture is never written to a file, not even to a temporary one."""

import asyncio
from collections.abc import AsyncGenerator

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from undertow.service.guard import Limits, Refused


async def read(request: Request, limits: Limits) -> bytes:
    """The whole body; raises `Refused` where it is too large, too slow, cut off or empty."""
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said) > limits.size:
        raise _too_large(limits)
    held = bytearray()
    try:
        async with asyncio.timeout(limits.seconds):
            async for some in request.stream():
                held += some
                if len(held) > limits.size:
                    raise _too_large(limits)
    except TimeoutError as error:
        raise Refused(408, "the body comes too slowly", f"send it within {limits.seconds:g} seconds") from error
    except ClientDisconnect as error:
        raise Refused(400, "the body ends too early", "send it again") from error
    if not held:
        raise Refused(400, "the body is empty", "send the bytes of a picture")
    return bytes(held)


async def photo(request: Request, limits: Limits) -> bytes:
    """The part `photo` of a multipart body; raises `Refused` where there is none."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Refused(415, "this is no multipart form", "send multipart/form-data with a part photo")
    body = await read(request, limits)

    async def once() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = await _parser(len(body))(request.headers, once(), max_files=1, max_fields=8).parse()
    except (MultiPartException, KeyError, ValueError, LookupError, AttributeError) as error:
        raise Refused(400, "this form cannot be read", "send one part, photo, with a file name") from error
    held = form.get("photo")
    try:
        data = await held.read() if isinstance(held, UploadFile) else b""
    finally:
        await form.close()
    if not data:
        raise Refused(400, "there is no photo in the form", "send one part, photo, with a file name")
    return data


def _parser(size: int) -> type[MultiPartParser]:
    """Starlette moves parts above 1 MiB to a temporary file; here none is larger than the limit of the spool."""

    class InMemory(MultiPartParser):
        spool_max_size = size + 1

    return InMemory


def _too_large(limits: Limits) -> Refused:
    return Refused(413, "the body is too large", f"send at most {limits.size:,} bytes")
